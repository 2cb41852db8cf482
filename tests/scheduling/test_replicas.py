"""Two processes on one database hurry Slack no more than one does, and find out by themselves what the other left."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from bot.clock import SystemClock
from cases.messages import SendRateLimited, SendUncertain
from cases.queues import Received
from scheduling.sender import Sender
from scheduling.service import Scheduling
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.scheduling.conftest import House, PlainRenderer, line
from tests.scheduling.slack import SlackInMemory
from tests.scheduling.test_sender import let_time_pass
from tests.scheduling.times import HandClock, RunningClock
from tests.storage.given import engine_on

PATIENCE = 4
"""Seconds; shorter than the pauses of a process that is alone, so that they can't help."""


@pytest.fixture
def both(database: str) -> Iterator[House]:
    """A house on each kind of database."""
    with engine_on(database) as engine:
        yield House(SqlUnitsOfWork(engine), HandClock(), SlackInMemory(), Path())


@pytest.fixture
def senders(both: House) -> Iterator[tuple[Sender, Sender]]:
    """Of two processes: each has its own memory."""
    mine, theirs = both.sender(), both.sender()
    yield mine, theirs
    mine.stop()
    theirs.stop()


def test_a_channels_second_is_over_for_the_other_too(both: House, senders: tuple[Sender, Sender]) -> None:
    mine, theirs = senders
    both.say(line("one"), line("two"))
    mine.drain()
    both.clock.move(seconds=0.9)
    theirs.drain()
    assert both.slack.texts("C0ACME") == ["one"]
    both.clock.move(seconds=0.1)
    theirs.drain()
    assert both.slack.texts("C0ACME") == ["one", "two"]


def test_the_other_obeys_what_slack_asked_of_the_first(both: House, senders: tuple[Sender, Sender]) -> None:
    mine, theirs = senders
    both.slack.will_fail("post", SendRateLimited(30), channel="C0ACME")
    both.say(line("late"), line("elsewhere", "C0TRIAGE"))
    mine.drain()
    both.say(line("urgent", urgency=0))
    let_time_pass(both, theirs, 29)
    assert both.slack.calls.count("post") == 2
    let_time_pass(both, theirs, 3)
    assert both.slack.texts("C0ACME") == ["urgent", "late"]


def test_a_method_that_slack_limits_is_left_alone_by_both(both: House, senders: tuple[Sender, Sender]) -> None:
    mine, theirs = senders
    both.say(line("a"), line("b", "C0TRIAGE"))
    mine.drain()
    both.slack.will_fail("update", SendRateLimited(10))
    both.say(line("a:2", updates="a"))
    let_time_pass(both, mine, 1)
    both.say(line("b:2", "C0TRIAGE", updates="b"), line("news", "C0TRIAGE"))
    let_time_pass(both, theirs, 9)
    assert both.slack.calls.count("update") == 1
    assert both.slack.texts("C0TRIAGE") == ["b", "news"]
    let_time_pass(both, theirs, 3)
    assert both.slack.texts("C0TRIAGE") == ["b:2", "news"]


@pytest.fixture
def lone(both: House) -> Iterator[tuple[Scheduling, Event, Event]]:
    """A process that nobody wakes, running; and what it rings when it handles an event and when it posts."""
    handled, posted = Event(), Event()
    both.slack.before_post = lambda channel: posted.set()
    scheduling = Scheduling(
        units=both.units,
        fire=both.timekeeping.fire_next,
        handle=lambda event: handled.set(),
        renderer=PlainRenderer(),
        messenger=both.slack,
        clock=RunningClock(NOON),
        wall=SystemClock(),
        monotonic=both.clock.seconds,
        shared=True,
    )
    scheduling.start()
    yield scheduling, handled, posted
    scheduling.stop()


def test_what_a_dead_process_committed_is_found_without_a_word_from_it(
    both: House, lone: tuple[Scheduling, Event, Event]
) -> None:
    _, handled, posted = lone
    assert not handled.wait(0.2)
    with both.units() as unit:
        unit.inbox.put(Received("Ev1", {}, NOON))
    both.say(line("left behind"))
    assert handled.wait(PATIENCE)
    assert posted.wait(PATIENCE)


def test_a_timer_that_another_process_planned_is_fired_in_time(
    both: House, lone: tuple[Scheduling, Event, Event]
) -> None:
    _, handled, posted = lone
    assert not handled.wait(0.2)
    both.open_case(NOON - timedelta(minutes=29, seconds=59))
    assert posted.wait(PATIENCE)


def test_a_post_that_would_outlast_its_lease_is_begun_anew_rather_than_late(
    both: House, senders: tuple[Sender, Sender]
) -> None:
    """Looking for what an earlier try may have left took so long that another replica may soon do the same."""
    mine, _ = senders
    both.slack.will_fail("post", SendUncertain("timed out"))
    both.say(line("rung"))
    mine.drain()
    both.clock.move(seconds=2)
    both.slack.before_find = lambda: both.clock.move(seconds=16)
    mine.step()
    mine.stop()
    assert both.slack.calls == ["post", "find_by_token"]


def test_whoever_lost_its_lease_takes_nothing_from_the_one_who_has_it(
    both: House, senders: tuple[Sender, Sender]
) -> None:
    mine, theirs = senders
    posting, go_on = Event(), Event()

    def hang(_: str) -> None:
        posting.set()
        assert go_on.wait(10)

    both.slack.before_post = hang
    both.slack.will_fail("post", SendUncertain("timed out"))
    both.say(line("rung"))
    mine.step()
    assert posting.wait(10)
    both.clock.move(seconds=31)
    with both.units() as unit:
        (taken,) = unit.outbox.claim(both.clock.now(), 8, ())
    go_on.set()
    mine.stop()
    both.clock.move(seconds=29)
    theirs.drain()
    assert taken.uncertain
    assert both.slack.calls == ["post"], "it is another one's for a second more"
