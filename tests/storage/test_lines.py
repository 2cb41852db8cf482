"""A line to Slack that one process closed is closed for all of them, and each channel has one letter in flight."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from sqlalchemy import Engine

from cases.queues import Delivery, Post
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import engine_on, note

NOW = 1_770_000_000.25
A_MINUTE, A_DAY = 60.0, 86_400.0


def test_a_line_stays_closed_until_its_moment_for_whoever_asks(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.lines.close({"C0ACME": NOW + 1, "chat.update": NOW + 30}, NOW)
    with begin() as work:
        assert work.lines.closed(NOW + 0.9) == {"C0ACME": NOW + 1, "chat.update": NOW + 30}
        assert work.lines.closed(NOW + 1) == {"chat.update": NOW + 30}
        assert work.lines.closed(NOW + 30) == {}


def test_a_shorter_hold_never_cuts_a_longer_one_short(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.lines.close({"C0ACME": NOW + 30}, NOW)
    with begin() as work:
        work.lines.close({"C0ACME": NOW + 3}, NOW + 2)
        assert work.lines.closed(NOW + 5) == {"C0ACME": NOW + 30}
        work.lines.close({"C0ACME": NOW + 41}, NOW + 40)
        assert work.lines.closed(NOW + 40) == {"C0ACME": NOW + 41}


def test_a_clock_that_went_back_does_not_close_a_line_for_an_hour(begin: SqlUnitsOfWork) -> None:
    before = NOW - 3600
    with begin() as work:
        work.lines.close({"C0ACME": NOW + 1}, NOW)
    with begin() as work:
        assert work.lines.closed(before) == {}
        work.outbox.add(note("a"))
        assert len(work.outbox.claim(NOON, 8, (), before)) == 1
        work.lines.close({"C0ACME": before + 1}, before)
        assert work.lines.closed(before) == {"C0ACME": before + 1}


def test_nothing_is_taken_for_a_closed_line_and_others_do_not_wait_for_it(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        for number, channel in enumerate(("C1", "C1", "C2")):
            work.outbox.add(note(f"{number}", channel))
        work.lines.close({"C1": NOW + 1}, NOW)
    with begin() as work:
        assert _keys(work.outbox.claim(NOON, 8, (), NOW + 0.5)) == ["2"]
        assert _keys(work.outbox.claim(NOON, 8, (), NOW + 1)) == ["0"]


@pytest.mark.postgresql
def test_a_second_letter_for_a_channel_is_not_taken_while_another_process_takes_the_first(
    postgres_database: str,
) -> None:
    """The second is more urgent, so that the row of the first alone would not keep the two apart."""
    with engine_on(postgres_database) as engine:
        begin = SqlUnitsOfWork(engine)
        with begin() as work:
            work.lines.close({"C0ACME": NOW - 60}, NOW - 61)
            work.outbox.add(note("first"))
        with begin() as mine:
            assert _keys(mine.outbox.claim(NOON, 8, (), NOW)) == ["first"]
            with begin() as other:
                other.outbox.add(note("urgent", urgency=0))
            with begin() as theirs:
                assert theirs.outbox.claim(NOON, 8, (), NOW) == []
        with begin() as theirs:
            assert theirs.outbox.claim(NOON, 8, (), NOW) == [], "the first is under way"


def test_senders_at_once_leave_each_channel_one_letter_in_flight_and_its_pace(engine: Engine) -> None:
    """Each step of a sender is later than the one before: no letter is taken within the second after the last."""
    begin = SqlUnitsOfWork(engine)
    channels, letters = [f"C{number}" for number in range(6)], 5
    with begin() as work:
        for number in range(letters):
            for channel in channels:
                assert work.outbox.add(note(f"{channel}.{number}", channel))
    flying: dict[str, list[str]] = {channel: [] for channel in channels}
    opened = dict.fromkeys(channels, 0.0)
    moments, sent = count(int(NOW * 10)), list[str]()

    def send_all(_: int) -> None:
        while len(sent) < len(channels) * letters:
            at = next(moments) / 10
            with begin() as work:
                taken = work.outbox.claim(NOON, 3, (), at)
            for letter in taken:
                channel, key = letter.say.channel, letter.say.key
                flying[channel].append(key)
                assert flying[channel] == [key], "two letters in flight"
                assert opened[channel] <= at, "inside another's second"
                sent.append(key)
                opened[channel] = (now := next(moments) / 10) + 1
                flying[channel].remove(key)
                with begin() as work:
                    work.lines.close({channel: opened[channel]}, now)
                    work.outbox.sent(letter.id, Post(channel, "1.1"), NOON)

    with ThreadPoolExecutor(4) as senders:
        list(senders.map(send_all, range(4)))
    assert sorted(sent) == sorted(f"{channel}.{number}" for channel in channels for number in range(letters))


def _keys(taken: Sequence[Delivery]) -> list[str]:
    return [letter.say.key for letter in taken]
