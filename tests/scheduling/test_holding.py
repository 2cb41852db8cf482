"""A try that lasts longer than its lease: on both databases nobody else begins with the same meanwhile."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from structlog.testing import capture_logs

from cases.case import Case
from cases.clocks import response_clock
from cases.parcels import Parcel, ParcelKind, Taken
from cases.ports import UnitsOfWork
from cases.reaching import Alarm, reached
from scheduling import carrying
from scheduling.caller import Caller
from scheduling.courier import Courier
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON, PLACES
from tests.faults.waiting import wait_for
from tests.scheduling.test_caller import RUNG
from tests.scheduling.times import HandClock
from tests.storage.given import a_case, after, engine_on

LASTS_SECONDS = (0, 20, 40, 60)


class Slow:
    """A receiver that takes a minute, in which another replica looks again and again."""

    def __init__(self, units: UnitsOfWork, kind: ParcelKind, clock: HandClock) -> None:
        self.units = units
        self.kind = kind
        self.clock = clock
        self.others = list[bool]()

    def passes(self, other: Courier | Caller) -> None:
        for seconds in LASTS_SECONDS:
            self.clock.at = after(seconds)
            wait_for(lambda: self._free_at() == after(30 + seconds))  # noqa: B023 - asked at once
            self.others.append(other.step())

    def _free_at(self) -> datetime | None:
        with self.units.reading() as unit:
            return unit.parcels.next_ready_at(self.kind, "outside")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A try says often that it goes on: here ten seconds pass at once."""
    monkeypatch.setattr(carrying, "HOLD_SECONDS", 0.01)
    monkeypatch.setattr(carrying, "MOST_HOLDS", 100_000)


def test_a_webhook_that_takes_a_minute_is_posted_once(database: str) -> None:
    with engine_on(database) as engine, capture_logs():
        units, clock = SqlUnitsOfWork(engine), HandClock()
        slow = Slow(units, ParcelKind.WEBHOOK, clock)
        number = a_case(units).number
        with units() as unit:
            unit.parcels.add(Parcel("one", ParcelKind.WEBHOOK, "outside", number, NOON))

        def refuses(taken: Taken, case: Case, now: datetime) -> None:
            pytest.fail("another had it")

        other = Courier("outside", refuses, units, lambda: PLACES, clock)

        def carry(taken: Taken, case: Case, now: datetime) -> None:
            slow.passes(other)

        assert Courier("outside", carry, units, lambda: PLACES, clock).step()
        assert slow.others == [False] * len(LASTS_SECONDS)
        clock.move(hours=1)
        assert not other.step(), "it was carried"


def test_a_call_that_takes_a_minute_rings_once(database: str) -> None:
    with engine_on(database) as engine, capture_logs():
        units, clock = SqlUnitsOfWork(engine), HandClock()
        slow = Slow(units, ParcelKind.REACH, clock)
        stored = a_case(units)
        with units() as unit:
            for parcel in reached(stored, response_clock(stored), RUNG, NOON, 0):
                unit.parcels.add(Parcel(parcel.key, parcel.kind, "outside", parcel.case, parcel.at, parcel.body))

        def refuses(alarms: Sequence[Alarm], now: datetime) -> None:
            pytest.fail("another had it")

        other = Caller("outside", refuses, units, lambda: PLACES, clock)

        def call(alarms: Sequence[Alarm], now: datetime) -> None:
            slow.passes(other)

        assert Caller("outside", call, units, lambda: PLACES, clock).step()
        assert slow.others == [False] * len(LASTS_SECONDS)
        clock.move(hours=1)
        assert not other.step(), "it arrived"
