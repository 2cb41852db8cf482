"""The buttons of a case, pressed by those who may and by those who may not."""

import pytest

from cases.case import Case, State
from handlers import ids
from tests.handlers.conftest import Bot
from workspace.model import Message


def the_case(bot: Bot) -> Case:
    with bot.front.units() as uow:
        return uow.cases.get(1)


@pytest.fixture
def triage(bot: Bot) -> Message:
    """The triage card of C-1."""
    bot.opens_case()
    return bot.slack.messages("C0TRIAGE")[0]


@pytest.fixture
def committed(bot: Bot) -> Message:
    """C-1 is of Priority 1, and Dana is asked whether she is available."""
    view = bot.answered(bot.form(), reach="none")
    bot.modal("Dana", "Do you agree?")
    dana = bot.someone("Dana")
    dana.fill(view, {"Do you agree?": ["yes"], "Who can be reached?": "U0DANA"})
    assert dana.submit(view).outcome == "updated"
    bot.settle()
    return next(m for m in bot.slack.messages("C0ACME") if ids.AVAILABLE in str(m.blocks))


def test_an_engineer_claims_and_gives_back_by_button(bot: Bot, triage: Message) -> None:
    erin = bot.someone("Erin")
    erin.press(triage, "Claim")
    assert the_case(bot).state is State.CLAIMED
    bot.settle()
    erin.press(bot.slack.messages("C0TRIAGE")[0], "Give back")
    assert the_case(bot).state is State.OPEN


def test_a_second_engineer_hears_whose_it_is(bot: Bot, triage: Message) -> None:
    bot.someone("Erin").press(triage, "Claim")
    bot.someone("Frank").press(triage, "Claim")
    bot.whispered("Frank", "C-1 is already with <@U0ERIN>")


def test_a_colleague_outside_support_cannot_claim(bot: Bot, triage: Message) -> None:
    bot.someone("Hanna").press(triage, "Claim")
    bot.whispered("Hanna", "Only the support team can claim a case.")
    assert the_case(bot).state is State.OPEN


def test_why_this_time_is_answered_in_the_readers_zone_and_to_them_alone(bot: Bot, triage: Message) -> None:
    bot.someone("Dana").press(bot.card("C0ACME"), "Why this time?")
    bot.whispered("Dana", "New York time")
    bot.someone("Erin").press(bot.card("C0ACME"), "Why this time?")
    bot.whispered("Erin", "Jerusalem time")


def test_a_changed_priority_is_told_to_the_customer_with_its_reason(bot: Bot, triage: Message) -> None:
    erin = bot.someone("Erin")
    erin.press(triage, ids.PRIORITY)
    view = bot.modal("Erin", "From now on")
    erin.fill(view, {"From now on": "2", "Why?": "More people are affected."})
    assert erin.submit(view).outcome == "closed"
    bot.settle()
    assert the_case(bot).promise.priority == 2
    assert "More people are affected." in bot.said("C0ACME")


def test_a_reason_too_long_keeps_the_form_open_and_says_by_how_much(bot: Bot, triage: Message) -> None:
    erin = bot.someone("Erin")
    erin.press(triage, ids.PRIORITY)
    view = bot.modal("Erin", "From now on")
    erin.fill(view, {"From now on": "2", "Why?": "x" * 2000})
    assert "The reason has 2,000 characters" in str(erin.submit(view).errors)
    assert the_case(bot).promise.priority == 3


def test_the_named_person_confirms_that_they_are_available(bot: Bot, committed: Message) -> None:
    bot.someone("Dana").press(committed, "I'm available")
    commitment = the_case(bot).commitment
    assert commitment is not None
    assert commitment.confirmed_at == bot.clock.now()


def test_another_person_is_told_who_is_named(bot: Bot, committed: Message) -> None:
    bot.someone("Bob").press(committed, "I'm available")
    bot.whispered("Bob", "<@U0DANA> is the one named for C-1")


def test_the_customer_hands_over_to_a_colleague_and_not_to_the_support_team(bot: Bot, committed: Message) -> None:
    dana = bot.someone("Dana")
    dana.press(committed, "Hand over to…")
    view = bot.modal("Dana", "from now on")
    dana.fill(view, {"Who can be reached from now on?": "U0ERIN"})
    assert "This person isn't one of this customer's people" in str(dana.submit(view).errors)
    dana.fill(view, {"Who can be reached from now on?": "U0BOB"})
    assert dana.submit(view).outcome == "closed"
    commitment = the_case(bot).commitment
    assert commitment is not None
    assert commitment.available.user == "U0BOB"


def test_an_external_persons_click_never_counts_as_supports(bot: Bot) -> None:
    """The payload names the host's team beside the person's own; even a place in the user group doesn't help them."""
    bot.slack.state.groups["S0ONCALL"].users.append("U0DANA")
    bot.slack.state.channels["C0TRIAGE"].members.append("U0DANA")
    bot.opens_case()
    bot.someone("Dana").press(bot.slack.messages("C0TRIAGE")[0], "Claim")
    bot.whispered("Dana", "Only the support team can claim a case.")
    assert the_case(bot).state is State.OPEN
