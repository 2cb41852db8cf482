"""A caller over hours that are told: one call for what waits, tried until it arrives, and none for what is settled."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import pytest
import structlog

from cases.case import Case
from cases.clocks import response_clock
from cases.parcels import NotCarried
from cases.policy import Audience, Rung
from cases.reaching import Alarm, reached
from cases.responding import claimed
from scheduling.caller import TOLD_FROM, Caller
from scheduling.courier import Couriers
from storage.parcels import LEASE
from tests.builders import ENG, NOON, PLACES
from tests.scheduling.conftest import House
from tests.scheduling.test_courier import troubles

RUNG = Rung(75, frozenset({Audience.TRIAGE}), ("pager",))


class Pager:
    """Rings, but for what `fails` says of the calls to come."""

    def __init__(self) -> None:
        self.fails: list[Exception | None] = []
        self.rang: list[tuple[datetime, list[str]]] = []
        self.tries = 0

    def call(self, alarms: Sequence[Alarm], now: datetime) -> None:
        self.tries += 1
        failed = self.fails.pop(0) if self.fails else None
        if failed:
            raise failed
        self.rang.append((now, [alarm.taken.parcel.key.split(":", 2)[2] for alarm in alarms]))


@pytest.fixture
def pager() -> Pager:
    return Pager()


@pytest.fixture
def caller(house: House, pager: Pager) -> Caller:
    return Caller("pager", pager.call, house.units, lambda: PLACES, house.clock)


@pytest.fixture(autouse=True)
def quietly() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


def test_it_is_tried_until_it_arrives_at_growing_pauses_and_the_operators_hear_at_the_second_failure(
    house: House, pager: Pager, caller: Caller
) -> None:
    fall(house, house.open_case(), RUNG)
    pager.fails = [NotCarried("refused")] * 9
    pauses, heard = [], []
    while not pager.rang:
        before, since = pager.tries, house.clock.now()
        while pager.tries == before:
            if not caller.step():
                house.clock.move(seconds=1)
        pauses.append((house.clock.now() - since).total_seconds())
        heard.append(len(troubles(house, "pager")))
    assert pauses == [0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert heard == [*[0] * (TOLD_FROM - 1), *[1] * 8, 2]
    assert not caller.step()


def test_all_that_waits_is_one_call_with_the_latest_rung_of_each_case(
    house: House, pager: Pager, caller: Caller
) -> None:
    first, second = house.open_case(title="one"), house.open_case(title="two")
    for stored in (first, second):
        fall(house, stored, RUNG)
    fall(house, first, replace(RUNG, share=90))
    while caller.step():
        pass
    assert pager.rang == [(NOON, ["rung:1:90:0:outside:pager", "rung:1:75:0:outside:pager"])]


def test_nobody_is_called_for_a_case_that_somebody_has_begun_with(house: House, pager: Pager, caller: Caller) -> None:
    stored = house.open_case()
    fall(house, stored, RUNG)
    pager.fails = [NotCarried("refused")]
    caller.step()
    with house.units() as unit:
        unit.save(claimed(unit.cases.get(stored.number), ENG, NOON).case, (), (), ())
    house.clock.move(hours=1)
    assert caller.step()
    assert not caller.step()
    assert (pager.tries, pager.rang) == (1, [])


def test_a_caller_that_dies_in_the_middle_leaves_it_to_the_next_one(house: House, pager: Pager, caller: Caller) -> None:
    fall(house, house.open_case(), RUNG)
    with house.units() as unit:
        (held,) = unit.parcels.take_alarms("pager", house.clock.now())
    assert not caller.step()
    house.clock.move(seconds=LEASE.total_seconds())
    assert caller.step()
    assert len(pager.rang) == 1
    assert held.attempts == 0


def test_a_rung_that_names_an_address_that_is_gone_is_never_lost_and_told_at_once(house: House, pager: Pager) -> None:
    fall(house, house.open_case(), RUNG)
    couriers = Couriers({}, {}, house.units, lambda: PLACES, house.clock)
    for _ in range(TOLD_FROM):
        assert couriers._strays()
        house.clock.move(minutes=1)
    (told,) = troubles(house, "pager")
    assert told["reason"] == "no address of this name"
    assert Caller("pager", pager.call, house.units, lambda: PLACES, house.clock).step()
    assert len(pager.rang) == 1


def fall(house: House, of: Case, rung: Rung) -> None:
    """The rung falls: what it asks for outside waits."""
    with house.units() as unit:
        for parcel in reached(of, response_clock(of), rung, NOON, 0):
            assert unit.parcels.add(parcel)
