"""Several replicas on one PostgreSQL: each thing told once, at Slack's pace, and what a dead one held is taken up."""

from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

import pytest

from storage.unsent import unsent
from tests.faults.replicas import HOUR, check, now, replicas, soon
from tests.faults.seeds import runs
from workspace.server import Workspace

pytestmark = pytest.mark.postgresql

CHANNELS = ("C0ACME", "C0BOTH", "C0EAST", "C0WEST")
IN_FLIGHT_SECONDS = 25.0
"""How long Slack keeps an answer back from a bot that will be dead by then."""


@pytest.mark.parametrize("seed", runs(1, 5))
def test_two_replicas_tell_each_thing_once_and_keep_slacks_pace_together(
    seed: int, postgres_database: str, tmp_path: Path
) -> None:
    dice, cases, questions = Random(seed), 5, 6
    with replicas(postgres_database, tmp_path, CHANNELS[2:]) as house:
        house.start(2)
        slack, dana, erin = house.slack, house.slack.user("Dana"), house.slack.user("Erin")
        house.open_cases([now() + HOUR], CHANNELS)
        house.until(house.is_quiet)
        (card,) = slack.messages("C0TRIAGE")
        slack.faults.rate_limit("chat.postMessage", retry_after=2, channel="C0TRIAGE")
        house.open_cases(soon(cases, 5, dice), CHANNELS)
        for _ in range(questions):
            dana.post("C0ACME", "<@U0BOT> status")
        house.until(lambda: len(slack.messages("C0TRIAGE")) >= 3)
        slack.faults.rate_limit("chat.update", retry_after=2)
        erin.react(card, "eyes")
        house.until(house.is_quiet)
        check(house, told=range(2, cases + 2))
        assert len(slack.ephemerals(dana)) == questions
        with house.units() as uow:
            assert [entry.what for entry in uow.cases.history(1)] == ["claimed", "responded"]


def test_what_a_dead_replica_had_in_hand_is_taken_up_by_another_and_nothing_is_said_twice(
    postgres_database: str, tmp_path: Path
) -> None:
    """It dies with an event half handled, and with a post that Slack took and it never heard of."""
    with replicas(postgres_database, tmp_path) as house:
        house.start()
        slack, dana = house.slack, house.slack.user("Dana")
        slack.faults.delay("chat.getPermalink", IN_FLIGHT_SECONDS, taken=True)
        slack.faults.delay("chat.postMessage", IN_FLIGHT_SECONDS, channel="C0TRIAGE", taken=True)
        house.open_cases([now()], CHANNELS[:2])
        dana.post("C0ACME", "<@U0BOT> everything is down")
        house.until(lambda: bool(slack.calls("chat.getPermalink")) and len(slack.messages("C0TRIAGE")) == 1)
        # The customer's card is written down by then: only one post is in hand.
        house.until(lambda: {say.channel for say in unsent(house.engine)} == {"C0TRIAGE"})
        house.kill(0)
        house.start()
        house.until(house.is_quiet)
        check(house, told=[1])
        lookups = [call for call in slack.calls("conversations.history") if "include_all_metadata" in call.args]
        assert [call.ok for call in lookups] == [True], "looked up before it was sent"
        assert len(slack.calls("chat.getPermalink")) == 2, "the event was handled from its beginning"
        invited = [message for message in slack.messages("C0ACME") if message.bot_id and message.thread_ts]
        assert len(invited) == 1


@pytest.mark.faults
@pytest.mark.parametrize("number", [2, 4])
def test_ten_minutes_with_ten_thousand_clocks_while_one_after_the_other_dies(
    number: int, postgres_database: str, tmp_path: Path
) -> None:
    """What falls due meanwhile is what one channel can be told; the other clocks are there to be in the way."""
    dice, clocks, cases, minutes = Random(number), 10_000, 180, 10
    channels = (*CHANNELS, *(f"C0MORE{each}" for each in range(20)))
    with replicas(postgres_database, tmp_path, channels[2:]) as house:
        slack, dana = house.slack, house.slack.user("Dana")
        for _ in range(20):
            house.open_cases([now() + HOUR * 3] * (clocks // 20), channels, shown=False)
        house.start(number)
        house.open_cases(soon(cases, minutes * 60 - 60, dice), channels)
        end, asked, heard = now() + HOUR * minutes / 60, 0, 0
        while now() < end:
            slack.faults.rate_limit("chat.postMessage", dice.choice([1, 3, 5]), channel=dice.choice(channels))
            slack.faults.rate_limit("chat.update", dice.choice([1, 2]))
            dana.post(dice.choice(channels), "<@U0BOT> something else is down")
            asked, heard = asked + 1, heard + dice.randrange(10, 30)
            house.until(partial(_have_heard, slack, heard, end))
            house.kill(dice.randrange(number))
            house.start()
        slack.faults.clear()
        house.until(house.is_quiet, seconds=600)
        check(house, told=range(clocks + 1, clocks + cases + 1))
        invitations = [m for channel in channels for m in slack.messages(channel) if m.bot_id and m.thread_ts]
        assert len(invitations) == asked


def _have_heard(slack: Workspace, messages: int, end: datetime) -> bool:
    """So many stand in the triage channel, or it is over."""
    return len(slack.messages("C0TRIAGE")) >= messages or now() > end
