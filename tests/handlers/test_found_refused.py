"""What Slack doesn't let us read now stays owed; where there is nothing to be read, nothing is."""

import pytest

from tests.handlers.conftest import Bot
from tests.handlers.test_found import read, unheard, whose
from workspace.model import Message


def the_card(bot: Bot) -> Message:
    bot.opens_case()
    bot.clock.advance(minutes=10)
    return bot.slack.messages("C0TRIAGE")[0]


@pytest.mark.parametrize("reason", ["missing_scope", "invalid_auth", "invalid_cursor", "a_word_of_tomorrows"])
def test_a_place_that_slack_refuses_for_now_is_read_later(bot: Bot, reason: str) -> None:
    unheard(bot, the_card(bot))
    bot.slack.faults.fail("conversations.history", reason, times=3)
    assert read(bot) == 1
    bot.settle()
    assert whose(bot) == "U0ERIN"


@pytest.mark.parametrize("reason", ["not_in_channel", "channel_not_found", "is_archived"])
def test_a_place_in_which_there_is_nothing_for_us_is_left_alone(bot: Bot, reason: str) -> None:
    unheard(bot, the_card(bot))
    bot.slack.faults.fail("conversations.history", reason, times=1000)
    read(bot)
    assert {call.error for call in bot.slack.calls("conversations.history")} == {reason}
    asked_for = [call.args["channel"] for call in bot.slack.calls("conversations.history")]
    assert len(asked_for) == len(set(asked_for)), "once each"
