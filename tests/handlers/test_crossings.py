"""Messages that were changed before the bot came to them, and names that Slack doesn't tell."""

from cases.queues import Json, Received
from handlers.events import Events
from tests.handlers.conftest import Bot
from workspace.model import Message


def triage_card(bot: Bot) -> Message:
    bot.opens_case()
    return next(message for message in bot.slack.messages("C0TRIAGE") if message.bot_id)


def test_a_reply_that_was_deleted_before_the_bot_came_to_it_never_crosses(bot: Bot) -> None:
    card, erin = triage_card(bot), bot.someone("Erin")
    erin.delete(erin.post("C0TRIAGE", "!reply their data is gone", card.ts))
    bot.settle()
    assert "their data" not in bot.said("C0ACME")
    with bot.front.units() as uow:
        assert uow.cases.get(1).response is None


def test_a_reply_whose_prefix_was_taken_off_before_its_event_came_stays_inside(bot: Bot) -> None:
    card, erin = triage_card(bot), bot.someone("Erin")
    message = erin.post("C0TRIAGE", "!reply their data is gone", card.ts)
    erin.edit(message, "their data is gone")
    late: Json = {
        "event": {
            "type": "message",
            "user": "U0ERIN",
            "channel": "C0TRIAGE",
            "text": "!reply their data is gone",
            "ts": message.ts,
            "thread_ts": card.ts,
        }
    }
    bot.settle()
    Events(bot.front).handle(Received("Ev-late", late, bot.clock.now()))
    bot.settle()
    assert "their data" not in bot.said("C0ACME")


def test_an_edit_that_comes_before_the_message_is_not_lost(bot: Bot) -> None:
    triage_card(bot)
    root = bot.slack.messages("C0ACME")[0]
    words: Json = {
        "type": "message",
        "user": "U0DANA",
        "text": "first",
        "ts": "1772452900.000100",
        "thread_ts": root.ts,
    }
    edited: Json = {**words, "text": "second", "edited": {"user": "U0DANA", "ts": "1772452905.000100"}}
    edit: Json = {"type": "message", "subtype": "message_changed", "channel": "C0ACME", "message": edited}
    events = Events(bot.front)
    events.handle(Received("Ev-2", {"event": {**edit, "previous_message": words}}, bot.clock.now()))
    events.handle(Received("Ev-1", {"event": {**words, "channel": "C0ACME"}}, bot.clock.now()))
    bot.settle()
    told = bot.said("C0TRIAGE")
    assert "second" in told
    assert "first\n" not in told


def test_a_name_that_slack_does_not_tell_holds_no_message_up(bot: Bot) -> None:
    triage_card(bot)
    root = bot.slack.messages("C0ACME")[0]
    bot.slack.faults.fail("chat.getPermalink", "internal_error")
    bot.someone("Dana").post("C0ACME", "ask <@U0NOBODY> please", root.ts)
    bot.settle()
    assert "ask @someone please" in bot.said("C0TRIAGE").replace("\u200b", "")
