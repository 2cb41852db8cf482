"""Nobody sees or moves another customer's case, whatever they press or forge."""

from collections.abc import Iterator

import pytest

from cases.case import Case
from handlers import ACTIONS
from tests.journeys.acting import commit, fill_p1, only
from tests.journeys.conftest import MORNING
from tests.journeys.trying import asked, button, carrying, only_error, press_pinned, told
from workspace.acting import answer, card, form_of, said
from workspace.api_views import clear_screen
from workspace.model import Message, View
from workspace.people import Person
from workspace.stage import Stage

SUPPORT_ONLY = "Only the support team can"
UNKNOWN = "I don't know a case C-"
EVERY_BUTTON = [
    "case_claim",
    "case_give_back",
    "case_resolve",
    "case_priority",
    "case_why",
    "wish_ask",
    "wish_grant",
    "wish_refuse",
    "case_reply",
    "case_status",
    "check_in_available",
    "check_in_hand_over",
    "solution_helps",
    "solution_reopen",
    "solution_rate",
    "naming_ask",
    "case_call",
    "waiting_ask",
    "waiting_go_on",
    "waiting_still_needed",
    "waiting_close_it",
    "lease_on_it",
]
"""All whose value is a case number."""
OTHERS = {
    "case_open",
    "open_form_changed",
    "open_form_title",
    "open_form_answered",
    "setup_changed",
    "priority_form_changed",
    "wish_form_changed",
    "case_plan",
    "home_claim",
    "home_previous",
    "home_next",
    "contacts_change",
    "add_on_asked_again",
    "meeting_held",
    "review_ask",
    "home_review",
    "review_private",
    "announced_refresh",
}
"""In a view of one's own, on Home, or about an account: each has stories of its own."""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Acme's C-1, Priority 1, in the channel that it shares with Bolt; Dana is named, Bob her backup."""
    with Stage(tmp_path_factory.mktemp("shared"), MORNING) as running:
        dana = running.person("Dana")
        press_pinned(running, dana, "C0BOTH")
        fill_p1(running, dana)
        assert commit(running, dana).outcome == "updated"
        yield running


@pytest.fixture
def stage(opened: Stage) -> Iterator[Stage]:
    """Whatever is tried, the case stays as it was, and it stays the only one."""
    before = remembered(opened)
    yield opened
    opened.quiet()
    assert remembered(opened) == before
    with opened.units() as uow:
        assert [case.number for case in uow.cases.listing()] == [1]
    with opened.slack.state.change():
        for name in ("Dana", "Boris", "Erin"):
            clear_screen(opened.slack.world, opened.person(name).id)


def remembered(stage: Stage) -> Case:
    with stage.units() as uow:
        return uow.cases.get(1)


def test_every_button_is_among_those_that_are_tried() -> None:
    assert set(ACTIONS) == {*EVERY_BUTTON, *OTHERS}


def check_in(stage: Stage, channel: str = "C0BOTH") -> Message:
    return only(said(stage, channel, "Are you available?"))


def press(stage: Stage, who: Person, message: Message, action: str, number: int) -> str:
    """What they are told after a button with this case number in it, made by themselves where need be."""
    words = told(stage, who, lambda: who.press(button(message, action, str(number)), action))
    stage.quiet()
    return words


@pytest.mark.parametrize("action", EVERY_BUTTON)
def test_the_other_customer_of_a_shared_channel_presses_in_vain(stage: Stage, action: str) -> None:
    boris = stage.person("Boris")
    theirs = press(stage, boris, card(stage, "C0BOTH"), action, 1)
    missing = press(stage, boris, card(stage, "C0BOTH"), action, 99)
    assert theirs.replace("C-1", "C-99") == missing
    assert missing.startswith((UNKNOWN, SUPPORT_ONLY))
    assert stage.slack.view_for(boris) is None


@pytest.mark.parametrize("name", ["Why this time?", "I'm available", "Hand over to…"])
def test_the_buttons_that_the_other_customer_sees_tell_them_nothing(stage: Stage, name: str) -> None:
    boris = stage.person("Boris")
    message = card(stage, "C0BOTH") if name == "Why this time?" else check_in(stage)
    assert UNKNOWN in told(stage, boris, lambda: boris.press(message, name))
    assert stage.slack.view_for(boris) is None


def test_from_their_own_channel_another_customers_case_is_as_unknown_as_none(stage: Stage) -> None:
    boris = stage.person("Boris")
    own = stage.slack.messages("C0BOLT")[0]
    for action in EVERY_BUTTON:
        assert press(stage, boris, own, action, 1).replace("C-1", "C-99") == press(stage, boris, own, action, 99)


@pytest.mark.parametrize(("who", "field"), [("U0BORIS", "available"), ("U0BORIS", "backup"), ("U0ERIN", "available")])
def test_nobody_else_can_be_named_as_reachable(stage: Stage, who: str, field: str) -> None:
    dana = stage.person("Dana")
    press_pinned(stage, dana, "C0BOTH")
    fill_p1(stage, dana)
    named = {"open:available": dana.id, "open:backup": None} | {f"open:{field}": who}
    dana.fill(form_of(stage, dana), {"open:consent": ["yes"], **named})
    done = dana.submit(form_of(stage, dana))
    assert done.outcome == "errors"
    assert set(done.errors) == {f"open:{field}"}
    assert "someone of Acme" in done.errors[f"open:{field}"]


@pytest.mark.parametrize("to", ["U0BORIS", "U0ERIN"])
def test_nothing_is_handed_over_to_anybody_else(stage: Stage, to: str) -> None:
    dana = stage.person("Dana")
    form = asked(stage, dana, lambda: dana.press(check_in(stage), "Hand over to…"))
    dana.fill(form, {"Who can be reached from now on?": to})
    done = dana.submit(form)
    assert set(done.errors) == {"case:to"}
    assert "choose a colleague" in done.errors["case:to"]


class TestForgedForms:
    """A form sent back with another id than it was given."""

    def boris_form(self, stage: Stage) -> tuple[Person, View]:
        boris = stage.person("Boris")
        form = press_pinned(stage, boris, "C0BOLT")
        boris.fill(form, {"Title": "Mine", "What happens?": "Mine", "Which tenant?": "eu"})
        answer(stage, boris, "Is this tenant in production?", "Yes")
        return boris, answer(stage, boris, "What is the impact in production?", "A component misbehaves")

    def test_another_customers_request_opens_nothing(self, stage: Stage) -> None:
        dana = stage.person("Dana")
        acmes = press_pinned(stage, dana, "C0ACME")
        boris, form = self.boris_form(stage)
        done = boris.submit(carrying(form, str(acmes.body["private_metadata"])))
        assert done.outcome == "errors"
        assert "match you to a customer" in done.errors["open:title"]

    def test_a_request_that_never_was_opens_nothing(self, stage: Stage) -> None:
        boris, form = self.boris_form(stage)
        done = boris.submit(carrying(form, "never"))
        assert "start again" in done.errors["open:title"]

    def test_another_customers_button_shows_no_form(self, stage: Stage) -> None:
        dana, boris = stage.person("Dana"), stage.person("Boris")
        acmes = press_pinned(stage, dana, "C0ACME")
        words = told(
            stage,
            boris,
            lambda: boris.press(
                button(stage.slack.messages("C0BOLT")[0], "case_open", str(acmes.body["private_metadata"])), "case_open"
            ),
        )
        assert "match you to a customer" in words
        assert stage.slack.view_for(boris) is None

    def test_another_customers_commitment_cannot_be_handed_over(self, stage: Stage) -> None:
        dana, boris = stage.person("Dana"), stage.person("Boris")
        form = asked(stage, dana, lambda: dana.press(check_in(stage), "Hand over to…"))
        theirs, missing = (self.hand_over(stage, boris, form, number) for number in ("1", "99"))
        assert theirs.replace("C-1", "C-99") == missing
        assert missing.startswith(UNKNOWN)

    def hand_over(self, stage: Stage, boris: Person, seen: View, number: str) -> str:
        """Boris sends a form of his own making: his open form's place on the screen, the other's content."""
        form = press_pinned(stage, boris, "C0BOLT")
        with stage.slack.state.change():
            form.body = {**seen.body, "private_metadata": number}
            form.values = {"case:to": {"form_value": {"type": "users_select", "selected_user": boris.id}}}
        return only_error(boris.submit(form))

    @pytest.mark.parametrize(("word", "field"), [("priority", "reason"), ("resolve", "note")])
    def test_a_customer_cannot_send_a_form_of_support(self, stage: Stage, word: str, field: str) -> None:
        dana, erin = stage.person("Dana"), stage.person("Erin")
        seen = asked(stage, erin, lambda: erin.command("/case", f"{word} C-1", "C0TRIAGE"))
        form = press_pinned(stage, dana, "C0BOTH")
        typed = {f"case:{field}": {"form_value": {"type": "plain_text_input", "value": "because"}}}
        with stage.slack.state.change():
            form.body, form.values = seen.body, seen.values | typed
        assert SUPPORT_ONLY in only_error(dana.submit(form))


def test_what_one_customer_asked_for_in_a_shared_channel_is_not_the_others_to_open(stage: Stage) -> None:
    dana, boris = stage.person("Dana"), stage.person("Boris")
    asks = dana.post("C0BOTH", "<@U0BOT> it hangs")
    stage.quiet()
    offer = stage.slack.thread("C0BOTH", asks.ts)[-1]
    refusal = told(stage, boris, lambda: boris.press(offer, "Open a case"))
    assert refusal.startswith("Somebody of another organisation here asked for that")
    assert told(stage, boris, lambda: boris.react(asks, "ticket")) == refusal
    assert stage.slack.view_for(boris) is None
    asked(stage, dana, lambda: dana.press(offer, "Open a case"))


def test_someone_of_an_unknown_team_gets_no_case(stage: Stage) -> None:
    stage.slack.channel("C0ACME").teams.append("T0ORCHARD")
    olga = stage.person("Olga")
    stage.slack.channel("C0ACME").members.append(olga.id)
    refusal = told(stage, olga, lambda: olga.press(stage.slack.messages("C0ACME")[0], "Open a case"))
    assert "match you to a customer" in refusal
    mention = told(stage, olga, lambda: olga.post("C0ACME", "<@U0BOT> it hangs"))
    assert mention == refusal
    assert stage.slack.view_for(olga) is None
    assert len(said(stage, "C0ACME")) == 1
