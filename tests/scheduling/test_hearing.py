"""Whether Slack is heard, over hours that are told: what a silence may have swallowed is read, and an ear that brings
nothing is found out; a quiet night is neither.
"""

from collections.abc import Iterator, MutableMapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from cases.hearing import Heard
from scheduling.hearing import LOOK_SECONDS, NOTE_SECONDS, ON_ITS_WAY_SECONDS, QUIET_SECONDS, Hearing
from tests.builders import NOON
from tests.scheduling.conftest import House
from tests.scheduling.times import HandClock

Lines = list[MutableMapping[str, Any]]


class EarInHand:
    """Hears something when a test says so."""

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self._heard_at = clock.seconds()
        self.open = True
        self.doubts = 0
        self.renewed: list[float] = []

    def is_open(self) -> bool:
        return self.open

    @property
    def quiet_seconds(self) -> float:
        return self._clock.seconds() - self._heard_at

    def hears(self) -> None:
        self._heard_at = self._clock.seconds()

    def renew(self) -> None:
        self.renewed.append(self._clock.seconds())


class History:
    """So many pages, with one missed event on each of the last `missed`."""

    def __init__(self) -> None:
        self.pages = self.missed = self.found = self._left = 0
        self.read_since: list[tuple[datetime, bool]] = []
        """Each reading that was begun: from when on, and whether in a hurry."""

    def begin(self, since: datetime, began: datetime, hurry: bool = True) -> None:
        self.read_since.append((since, hurry))
        self.found, self._left = 0, self.pages

    def stop(self) -> None:
        self._left = 0

    @property
    def is_done(self) -> bool:
        return self._left == 0

    def step(self) -> bool:
        if self.is_done:
            return False
        self._left -= 1
        self.found += self._left < self.missed
        return True

    def seconds_to_next(self) -> float:
        return 0.0


class Listening:
    """A process that listens; every second it takes its step."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.ear = EarInHand(house.clock)
        self.history = History()
        self.hearing = Hearing(house.units, self.ear, self.history, house.clock, house.clock.seconds)

    def passes(self, seconds: float) -> None:
        for _ in range(int(seconds)):
            self.house.clock.move(seconds=1)
            self.hearing.step()

    def heard(self) -> Heard:
        with self.house.units.reading() as unit:
            heard = unit.hearing.get()
        assert heard is not None
        return heard


@pytest.fixture
def listening(house: House) -> Listening:
    return Listening(house)


@pytest.fixture(autouse=True)
def logs() -> Iterator[Lines]:
    with capture_logs() as lines:
        yield lines


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_the_very_first_process_has_missed_nothing_and_notes_that_it_hears(listening: Listening) -> None:
    listening.hearing.step()
    listening.ear.hears()
    listening.passes(2 * NOTE_SECONDS + 5)
    assert listening.history.read_since == []
    assert listening.heard() == Heard(NOON, at(2 * NOTE_SECONDS))


def test_after_a_restart_what_came_since_slack_was_heard_last_is_read_in_a_hurry(house: House) -> None:
    Listening(house).hearing.step()
    house.clock.move(hours=1)
    again = Listening(house)
    again.history.pages = 3
    assert [again.hearing.step() for _ in range(4)] == [True, True, True, False]
    assert again.history.read_since == [(NOON, True)]
    assert again.heard().owed is None


def test_a_process_that_ends_while_it_reads_leaves_all_of_it_to_the_next(house: House) -> None:
    Listening(house).hearing.step()
    house.clock.move(hours=1)
    killed = Listening(house)
    killed.history.pages = 3
    killed.hearing.step()
    house.clock.move(minutes=1)
    following = Listening(house)
    following.hearing.step()
    assert following.history.read_since == [(NOON, True)], "not from when the one before it heard"
    assert following.heard().owed is None


def test_a_connection_that_broke_has_history_read_from_the_last_note_on(listening: Listening) -> None:
    listening.hearing.step()
    listening.passes(NOTE_SECONDS + 5)
    listening.ear.doubts += 1
    listening.passes(3)
    assert listening.history.read_since == [(at(NOTE_SECONDS), True)], "once a doubt"


def test_while_no_ear_is_open_nothing_counts_as_heard(listening: Listening) -> None:
    listening.hearing.step()
    listening.ear.open = False
    listening.passes(120)
    assert listening.heard().until == NOON
    listening.ear.open, listening.ear.doubts = True, 1
    listening.hearing.step()
    assert listening.history.read_since == [(NOON, True)]


def test_in_a_long_silence_one_process_looks_and_a_quiet_night_is_no_deafness(house: House, logs: Lines) -> None:
    first, second = Listening(house), Listening(house)
    for each in (first, second):
        each.hearing.step()
    first.passes(QUIET_SECONDS)
    assert first.history.read_since == [(NOON, False)]
    second.hearing.step()
    assert second.history.read_since == [(NOON, True)], "as it began; the look is taken"
    first.passes(LOOK_SECONDS - 1)
    assert len(first.history.read_since) == 1
    first.passes(1)
    assert first.history.read_since == [(NOON, False)] * 2
    assert (first.ear.renewed, second.ear.renewed) == ([], [])
    assert [line["event"] for line in logs] == ["caught_up"], "as the second began"


def test_what_a_look_finds_and_the_ear_hears_a_moment_later_was_on_its_way(listening: Listening) -> None:
    listening.hearing.step()
    listening.history.pages = listening.history.missed = 1
    listening.passes(QUIET_SECONDS + ON_ITS_WAY_SECONDS - 1)
    listening.ear.hears()
    listening.passes(QUIET_SECONDS - 1)
    assert listening.ear.renewed == []
    assert listening.heard().owed is None


def test_an_ear_that_stays_silent_though_there_is_something_to_hear_is_renewed_and_all_of_it_read(
    listening: Listening, logs: Lines
) -> None:
    listening.hearing.step()
    listening.history.pages = listening.history.missed = 1
    listening.passes(QUIET_SECONDS + ON_ITS_WAY_SECONDS - 1)
    assert listening.ear.renewed == []
    listening.passes(1)
    assert listening.ear.renewed == [QUIET_SECONDS + ON_ITS_WAY_SECONDS]
    assert listening.heard().owed == NOON
    listening.ear.hears()
    listening.passes(1)
    assert listening.history.read_since == [(NOON, False), (NOON, True)]
    assert listening.heard().owed is None
    assert [line["event"] for line in logs] == ["deaf", "caught_up"]
