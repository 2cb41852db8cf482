"""What history shows is as good as an event where it is one, and where nobody can tell, no case changes hands."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from cases.case import Case
from cases.queues import Json, Received
from handlers.catch_up import CatchUp
from handlers.found import FOUND
from handlers.incoming import parse
from handlers.missed import gone
from storage.queue_tables import InboxRow
from tests.handlers.conftest import Bot
from workspace.model import JsonDict, Message

AN_HOUR = timedelta(hours=1)
KEPT = timedelta(days=30)


def the_case(bot: Bot) -> Case:
    with bot.front.units() as uow:
        return uow.cases.get(1)


def whose(bot: Bot) -> str | None:
    assignee = the_case(bot).assignee
    return assignee.user if assignee else None


@pytest.fixture
def asked(bot: Bot) -> Message:
    """Dana's message, with C-1 open for it."""
    bot.opens_case()
    bot.clock.advance(minutes=10)
    return bot.slack.messages("C0ACME")[0]


@pytest.fixture
def carded(bot: Bot, asked: Message) -> Message:
    """The card of C-1 in triage."""
    return bot.slack.messages("C0TRIAGE")[0]


def unheard(bot: Bot, message: Message, name: str = "Erin", emoji: str = "eyes", on: bool = True) -> None:
    """Somebody puts a reaction on, or takes it off, and Slack tells nobody."""
    user = bot.someone(name).id
    with bot.slack.state.change():
        people = message.reactions.setdefault(emoji, [])
        people.append(user) if on else people.remove(user)


def read(bot: Bot, kept: timedelta = KEPT) -> int:
    """History of the last hour is read; nothing of it is handled yet."""
    now, seconds = bot.clock.now(), iter(range(0, 10**6, 10))
    reader = CatchUp(bot.front, lambda: ("C0TRIAGE",), kept, lambda: float(next(seconds)))
    reader.begin(now - AN_HOUR, now - timedelta(days=40))
    while not reader.is_done:
        reader.step()
    return reader.found


@pytest.fixture(params=[0, 3, -3])
def skewed(bot: Bot, carded: Message, request: pytest.FixtureRequest) -> Message:
    """As `carded`; from then on this machine's clock is so many minutes ahead of Slack's."""
    ahead = timedelta(minutes=request.param)
    bot.slack.state.clock = lambda: bot.clock.now() - ahead
    return carded


def test_a_claim_that_was_missed_counts_from_when_it_was_found(bot: Bot, skewed: Message) -> None:
    unheard(bot, skewed)
    assert read(bot) == 1
    bot.settle()
    assert whose(bot) == "U0ERIN"
    assert the_case(bot).claimed_at == bot.clock.now()
    assert read(bot) == 0


def test_a_reaction_taken_off_before_its_finding_is_handled_claims_nothing(bot: Bot, skewed: Message) -> None:
    unheard(bot, skewed)
    read(bot)
    bot.someone("Erin").unreact(skewed, "eyes")
    bot.settle()
    assert whose(bot) is None


def test_nor_where_nobody_heard_that_it_was_taken_off(bot: Bot, asked: Message) -> None:
    unheard(bot, asked)
    read(bot)
    unheard(bot, asked, on=False)
    bot.settle()
    assert whose(bot) is None


def test_a_reaction_taken_off_afterwards_gives_the_case_back(bot: Bot, skewed: Message) -> None:
    unheard(bot, skewed)
    read(bot)
    bot.settle()
    assert whose(bot) == "U0ERIN"
    bot.someone("Erin").unreact(skewed, "eyes")
    bot.settle()
    assert whose(bot) is None
    bot.someone("Erin").react(skewed, "eyes")
    bot.settle()
    assert whose(bot) == "U0ERIN", "put on anew, which was heard"


def test_told_late_what_was_found_puts_no_claim_back_that_was_given_back(bot: Bot, carded: Message) -> None:
    bot.slack.hub.given_up.clear()
    unheard(bot, carded)
    read(bot)
    bot.settle()
    erin = bot.front.directory.actor_by_id("U0ERIN")
    assert erin is not None
    bot.front.desk.give_back(1, erin, bot.clock.now())
    told_of(bot, carded)
    bot.settle()
    assert whose(bot) is None
    bot.whispered("Erin", "press Claim")


def test_on_the_message_that_a_case_was_opened_from_it_may_be_older_than_the_case(bot: Bot, asked: Message) -> None:
    unheard(bot, asked)
    assert read(bot) == 1
    bot.settle()
    assert whose(bot) is None
    bot.whispered("Erin", "press Claim")


def told_of(bot: Bot, message: Message) -> None:
    """Slack sends the event of a reaction late, with its own time of it."""
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    with bot.slack.state.change():
        bot.slack.hub.event(
            {
                "type": "event_callback",
                "event_id": "Ev0LATE",
                "team_id": "T0HOST",
                "api_app_id": "A0APP",
                "event": {
                    "type": "reaction_added",
                    "user": "U0ERIN",
                    "reaction": "eyes",
                    "item": item,
                    "item_user": message.user,
                    "event_ts": message.ts,
                },
            }
        )


def test_where_nothing_is_remembered_of_a_claim_that_was_given_back_its_reaction_takes_nothing(
    bot: Bot, carded: Message
) -> None:
    erin = bot.someone("Erin")
    erin.react(carded, "eyes")
    bot.settle()
    actor = bot.front.directory.actor_by_id("U0ERIN")
    assert actor is not None
    bot.front.desk.give_back(1, actor, bot.clock.now())
    with bot.front.units() as uow:
        uow._session.execute(delete(InboxRow))  # type: ignore[attr-defined]  # as time does
    assert read(bot) > 0
    bot.settle()
    assert whose(bot) is None, "the reaction still stands, and the case is not hers"
    bot.whispered("Erin", "press Claim")


def test_what_is_older_than_the_inbox_remembers_is_left_alone(bot: Bot, asked: Message) -> None:
    unheard(bot, asked)
    assert read(bot, kept=timedelta(minutes=5)) == 0
    bot.settle()
    assert whose(bot) is None


def test_what_was_put_on_and_taken_off_before_is_not_guessed_at(bot: Bot, carded: Message) -> None:
    erin = bot.someone("Erin")
    erin.react(carded, "eyes")
    bot.settle()
    erin.unreact(carded, "eyes")
    bot.settle()
    unheard(bot, carded)
    assert read(bot) == 0
    bot.settle()
    assert whose(bot) is None


def test_a_message_that_only_seems_to_be_gone_is_not_deleted(bot: Bot, asked: Message) -> None:
    line = bot.someone("Dana").post("C0ACME", "My badge is 4711", asked.ts)
    bot.settle()
    bot.clock.advance(minutes=10)
    with bot.slack.state.change():
        away = bot.slack.state.channels["C0ACME"].messages.pop(line.ts)
    assert read(bot) == 1
    with bot.slack.state.change():
        bot.slack.state.channels["C0ACME"].messages[line.ts] = away
    bot.settle()
    assert "My badge is 4711" in bot.said("C0TRIAGE")


def test_a_message_that_is_gone_is(bot: Bot, asked: Message) -> None:
    line = bot.someone("Dana").post("C0ACME", "My badge is 4711", asked.ts)
    bot.settle()
    bot.clock.advance(minutes=10)
    with bot.slack.state.change():
        del bot.slack.state.channels["C0ACME"].messages[line.ts]
    assert read(bot) == 1
    bot.settle()
    assert "My badge is 4711" not in bot.said("C0TRIAGE")


def test_a_workspace_that_lets_its_oldest_messages_go_deletes_none_of_them() -> None:
    known = [{"type": "message", "ts": f"{n}.0", "channel": "C1", "user": "U1"} for n in range(1, 5)]
    assert [event["deleted_ts"] for event in gone(known, {"1.0", "4.0"}, "9.0")] == ["2.0", "3.0"]
    assert list(gone(known, {"3.0", "4.0"}, "9.0")) == [], "the oldest went first"
    assert list(gone(known, set(), "9.0")) == []


def test_told_twice_at_one_edit_both_changes_count(bot: Bot, asked: Message) -> None:
    """A file that is taken out of an edited message leaves the time of the edit as it was."""
    line: JsonDict = {"type": "message", "user": "U0DANA", "ts": "1772452800.000900", "thread_ts": asked.ts}
    edited: JsonDict = {"edited": {"user": "U0DANA", "ts": "1772452900.000000"}}
    for number, (text, files) in enumerate([("Look", [{"id": "F1", "mode": "hosted"}]), ("Look", [])]):
        now: JsonDict = {**line, **edited, "text": text, "files": files}
        event: JsonDict = {"type": "message", "subtype": "message_changed", "channel": "C0ACME", "message": now}
        payload: Json = {"event": {**event, "previous_message": {**line, "text": "?"}, "event_ts": "1772452900.1"}}
        parsed = parse(payload, bot.front.emoji)
        assert parsed is not None
        with bot.front.units() as uow:
            assert uow.inbox.put(Received(f"Ev{number}", payload, bot.clock.now(), parsed.about, parsed.known_as))


def test_what_was_found_names_nobody(bot: Bot, asked: Message) -> None:
    """Whoever is erased leaves no name behind in what an event is known by."""
    unheard(bot, asked)
    read(bot)
    with bot.front.units.reading() as uow:
        ids = [each.event_id for each in uow.inbox.about(f"U0ERIN C0ACME {asked.ts}")]
    assert len(ids) == 1
    assert ids[0].startswith(FOUND)
    assert "U0ERIN" not in ids[0]
