"""A courier over hours that are told: each try at its time, in order, given up in the end, and the operators told."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from cases.case import Case, Entry
from cases.parcels import SPREAD, WEBHOOK_PAUSES, NotCarried, Parcel, ParcelKind, Taken, pause
from cases.says import Body
from cases.webhooks import changed
from scheduling.courier import TOLD_FROM, Courier, Couriers
from tests.builders import DANA, NOON, PLACES
from tests.scheduling.conftest import House


class Crm:
    """Takes what comes, but for what `fails` says of the tries to come."""

    def __init__(self) -> None:
        self.fails: list[Exception | None] = []
        self.took: list[tuple[str, int]] = []
        self.tries = 0

    def carry(self, taken: Taken, case: Case, now: datetime) -> None:
        self.tries += 1
        failed = self.fails.pop(0) if self.fails else None
        if failed:
            raise failed
        self.took.append((taken.parcel.key.split(":")[2], case.number))


@pytest.fixture
def crm() -> Crm:
    return Crm()


@pytest.fixture
def courier(house: House, crm: Crm) -> Courier:
    return Courier("crm", crm.carry, house.units, lambda: PLACES, house.clock)


@pytest.fixture(autouse=True)
def quietly() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


def test_the_schedule_is_that_of_the_specification(house: House, crm: Crm, courier: Courier) -> None:
    changes(house, 1)
    crm.fails = [NotCarried("HTTP 500")] * len(WEBHOOK_PAUSES)
    assert courier.step()
    for tries, seconds in enumerate(WEBHOOK_PAUSES, 1):
        assert crm.tries == tries
        house.clock.move(seconds=seconds - 1)
        assert not courier.step()
        house.clock.move(seconds=2 + SPREAD * seconds)
        assert courier.step()
    assert crm.took == [("3", 1)]
    assert not courier.step()


def test_after_the_last_try_it_is_given_up_and_what_is_behind_goes_on(house: House, crm: Crm, courier: Courier) -> None:
    changes(house, 2)
    crm.fails = [NotCarried("HTTP 500")] * (len(WEBHOOK_PAUSES) + 1)
    while crm.took == []:
        courier.step()
        house.clock.move(days=2)
    assert crm.took == [("4", 1)]
    with house.units() as unit:
        (dead,) = unit.parcels.dead()
    assert (dead.parcel.key, dead.attempts, dead.error) == ("case:1:3:webhook:crm", 10, "HTTP 500")


def test_who_is_gone_is_not_tried_again_and_who_asks_for_time_has_it(house: House, crm: Crm, courier: Courier) -> None:
    changes(house, 2)
    crm.fails = [NotCarried("HTTP 410", for_good=True), NotCarried("HTTP 429", pause_seconds=600)]
    assert courier.step()
    assert courier.step()
    house.clock.move(seconds=599)
    assert not courier.step()
    house.clock.move(seconds=1)
    assert courier.step()
    assert crm.took == [("4", 1)]


def test_the_operators_hear_once_that_it_takes_nothing_and_once_that_it_does_again(
    house: House, crm: Crm, courier: Courier
) -> None:
    changes(house, 1)
    # An error of a kind that nobody thought of: its message, which may hold an address, goes nowhere.
    crm.fails = [ConnectionError("https://crm.example/token")] * 4
    heard: list[int] = []
    while crm.took == []:
        courier.step()
        heard.append(len(troubles(house)))
        house.clock.move(days=2)
    assert heard == [*[0] * (TOLD_FROM - 1), 1, 1, 2]
    first, over = troubles(house)
    assert (first["trouble"], first["about"], first["reason"]) == ("outside", "crm", "ConnectionError")
    assert over["over"]


def test_what_is_for_an_address_that_nobody_names_any_more_waits_for_it_and_is_told(house: House) -> None:
    changes(house, 1, "old-crm")
    couriers = Couriers({}, {}, house.units, lambda: PLACES, house.clock)
    for _ in range(TOLD_FROM):
        assert couriers._strays()
        assert not couriers._strays()
        house.clock.move(hours=1)
    (told,) = troubles(house, "old-crm")
    assert (told["about"], told["reason"]) == ("old-crm", "no address of this name")
    crm = Crm()
    assert Courier("old-crm", crm.carry, house.units, lambda: PLACES, house.clock).step()
    assert crm.took == [("3", 1)]


def test_what_was_carried_is_known_for_a_month(house: House, courier: Courier) -> None:
    changes(house, 1)
    courier.step()
    couriers = Couriers({}, {}, house.units, lambda: PLACES, house.clock)
    assert not couriers.tidy(house.clock.now())
    house.clock.move(days=31)
    assert couriers.tidy(house.clock.now())


@given(st.integers(0, 8), st.integers(0, 0xFFFF))
def test_a_pause_is_never_shorter_than_its_step_and_spread_by_a_tenth_at_most(attempts: int, spread: int) -> None:
    taken = Taken(1, f"{spread:04x}0", Parcel("k", ParcelKind.WEBHOOK, "crm", 1, NOON), attempts)
    seconds = pause(taken)
    assert seconds is not None
    assert WEBHOOK_PAUSES[attempts] <= seconds <= WEBHOOK_PAUSES[attempts] * (1 + SPREAD)


def changes(house: House, count: int, address: str = "crm") -> None:
    """A case with so many changes that were stored, each waiting to be carried."""
    stored = house.open_case()
    for _ in range(count):
        entry = Entry(NOON, DANA, "noted", "words")
        with house.units() as unit:
            stored = unit.save(stored, (), (entry,), ())
            for parcel in changed(stored, [entry], [address]):
                assert unit.parcels.add(parcel)


def troubles(house: House, address: str = "crm") -> list[Body]:
    """What the operators were told of it."""
    key = f"trouble:outside:{address}:1"
    with house.units.reading() as unit:
        found = [unit.outbox.latest(each) for each in (key, f"{key}:over")]
    return [say.body for say in found if say is not None]
