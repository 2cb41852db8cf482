"""Claiming, giving back and resolving by reaction; writing in the thread. Each event counts once, and none is lost."""

import sqlite3

import pytest

from cases.case import Case, State
from cases.queues import Json, Received
from handlers.events import Events
from tests.handlers.conftest import Bot
from workspace.model import Message


def the_case(bot: Bot) -> Case:
    with bot.front.units() as uow:
        return uow.cases.get(1)


@pytest.fixture
def asked(bot: Bot) -> Message:
    """Dana's message, with C-1 open for it."""
    bot.opens_case()
    return bot.slack.messages("C0ACME")[0]


def test_an_engineer_claims_on_the_customers_message_and_the_thread_hears_who(bot: Bot, asked: Message) -> None:
    bot.clock.advance(minutes=7)
    bot.someone("Erin").react(asked, "eyes")
    bot.settle()
    case = the_case(bot)
    assert case.assignee is not None
    assert (case.assignee.user, case.claimed_at) == ("U0ERIN", bot.clock.now())
    assert "<@U0ERIN> has begun work" in bot.said("C0ACME")


def test_the_claim_counts_from_the_reaction_though_it_is_handled_later(bot: Bot, asked: Message) -> None:
    bot.someone("Erin").react(asked, "eyes")
    reacted = bot.clock.now()
    bot.slack.settled()
    bot.clock.advance(hours=3)
    bot.settle()
    response = the_case(bot).response
    assert response is not None
    assert response.at == reacted


def test_a_claim_on_the_triage_card_counts_as_well(bot: Bot, asked: Message) -> None:
    bot.someone("Frank").react(bot.slack.messages("C0TRIAGE")[0], "eyes")
    bot.settle()
    assert the_case(bot).state is State.CLAIMED


def test_taking_the_reaction_off_gives_the_case_back(bot: Bot, asked: Message) -> None:
    erin = bot.someone("Erin")
    erin.react(asked, "eyes")
    bot.settle()
    erin.unreact(asked, "eyes")
    bot.settle()
    assert the_case(bot).waits_for_response


@pytest.mark.parametrize("name", ["Dana", "Hanna"])
def test_the_eyes_of_someone_outside_support_claim_nothing_and_are_told_so(bot: Bot, asked: Message, name: str) -> None:
    bot.someone(name).react(asked, "eyes")
    bot.settle()
    assert the_case(bot).state is State.OPEN
    bot.whispered(name, "yours changed nothing")


def test_an_engineers_reply_in_the_thread_is_a_first_response_and_a_customers_is_not(bot: Bot, asked: Message) -> None:
    bot.someone("Bob").post("C0ACME", "same here", thread_ts=asked.ts)
    bot.settle()
    assert the_case(bot).response is None
    bot.someone("Erin").post("C0ACME", "looking", thread_ts=asked.ts)
    bot.settle()
    response = the_case(bot).response
    assert response is not None
    assert response.person.user == "U0ERIN"


def test_an_engineer_who_only_corrects_an_earlier_message_has_not_responded(bot: Bot) -> None:
    message = bot.someone("Dana").post("C0ACME", "SSO fails")
    early = bot.someone("Erin").post("C0ACME", "hello", thread_ts=message.ts)
    bot.settle()
    bot.someone("Dana").react(message, "ticket")
    bot.settle()
    bot.someone("Dana").press(bot.card("C0ACME"), "Open a case")
    bot.someone("Dana").submit(bot.answered(bot.modal("Dana", "Which product?")))
    bot.someone("Erin").edit(early, "hello Dana")
    bot.settle()
    assert the_case(bot).response is None


def test_the_check_mark_offers_the_engineer_the_resolve_button(bot: Bot, asked: Message) -> None:
    bot.someone("Erin").react(asked, "white_check_mark")
    bot.settle()
    offer = bot.whispered("Erin", "C-1")
    bot.someone("Erin").press(offer, "Resolve…")
    view = bot.modal("Erin", "what solved it")
    bot.someone("Erin").fill(view, {"What was the matter, and what solved it?": "A certificate had run out."})
    assert bot.someone("Erin").submit(view).outcome == "closed"
    bot.settle()
    assert "A certificate had run out." in bot.said("C0ACME")


def test_an_event_that_cannot_be_stored_is_sent_again_until_it_is(bot: Bot, asked: Message) -> None:
    other = sqlite3.connect(bot.database)
    other.execute("BEGIN IMMEDIATE")
    bot.someone("Erin").react(asked, "eyes")
    bot.slack.wait_until(lambda: any(envelope.retries for envelope in bot.slack.hub.under_way))
    other.rollback()
    other.close()
    bot.settle()
    assert the_case(bot).state is State.CLAIMED


def test_an_event_that_slack_sends_twice_is_handled_once(bot: Bot, asked: Message) -> None:
    erin = bot.someone("Erin")
    erin.react(asked, "eyes")
    bot.settle()
    bot.someone("Erin").press(bot.slack.messages("C0TRIAGE")[0], "Give back")
    bot.settle()
    bot.slack.deliver_again()
    bot.settle()
    assert the_case(bot).state is State.OPEN


def test_a_reaction_whose_person_slack_does_not_name_now_is_tried_again(bot: Bot, asked: Message) -> None:
    bot.slack.faults.server_error("users.info")
    bot.someone("Frank").react(asked, "eyes")
    bot.settle()
    assert the_case(bot).state is State.OPEN
    bot.clock.advance(seconds=31)
    bot.settle()
    assert the_case(bot).state is State.CLAIMED


def test_a_resolved_case_is_neither_claimed_nor_offered_for_resolving(bot: Bot, asked: Message) -> None:
    erin = bot.someone("Erin")
    bot.front.desk.resolve(1, "Fixed.", bot.front.directory.actor(erin.id, erin.user.team), bot.clock.now())
    for emoji in ("eyes", "white_check_mark"):
        erin.react(asked, emoji)
        bot.settle()
    assert the_case(bot).state is State.OFFERED
    bot.whispered("Erin", "C-1 has a solution offered already.")
    assert len(bot.slack.ephemerals("Erin")) == 1


def test_a_claim_taken_back_before_either_was_handled_leaves_the_case_free(bot: Bot, asked: Message) -> None:
    erin = bot.someone("Erin")
    erin.react(asked, "eyes")
    erin.unreact(asked, "eyes")
    bot.settle()
    assert the_case(bot).waits_for_response


def test_a_claim_that_arrives_after_it_was_taken_back_claims_nothing(bot: Bot, asked: Message) -> None:
    events = Events(bot.front)
    on: Json = {"type": "message", "channel": asked.channel, "ts": asked.ts}
    now = bot.clock.now()
    for kind, fraction in (("reaction_removed", "000200"), ("reaction_added", "000100")):
        at = f"{int(now.timestamp())}.{fraction}"
        change: Json = {"type": kind, "user": "U0ERIN", "reaction": "eyes", "item": on, "event_ts": at}
        about = f"U0ERIN {asked.channel} {asked.ts}"
        received = Received(f"Ev{fraction}", {"event": change}, now, about)
        with bot.front.units() as uow:
            uow.inbox.put(received)
        events.handle(received)
    assert the_case(bot).waits_for_response
