"""Due timers fire in order, and one that is poisoned stops no other."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from cases.errors import FiringFailed
from cases.says import SayKind
from scheduling.tick import Tick
from tests.builders import NOON
from tests.scheduling.conftest import House


def told(house: House, *numbers: int) -> list[object]:
    """Shares of the rungs told, case by case."""
    with house.units() as unit:
        return [[say.body["share"] for say in unit.outbox.said(n, SayKind.ESCALATION)] for n in numbers]


def test_nothing_fires_before_it_is_due(house: House) -> None:
    house.open_case()

    fired = Tick(house.timekeeping.fire_next).run(NOON + timedelta(minutes=29))

    assert fired == 0


def test_everything_due_fires_and_then_it_is_quiet(house: House) -> None:
    first, second = house.open_case(title="one"), house.open_case(title="two")
    tick, half = Tick(house.timekeeping.fire_next), NOON + timedelta(minutes=30)

    assert tick.run(half) == 2
    assert tick.run(half) == 0

    assert told(house, first.number, second.number) == [[50], [50]]


def test_a_poisoned_timer_is_logged_and_stops_no_other(house: House) -> None:
    poisoned, healthy = house.open_case(title="poisoned"), house.open_case(NOON + timedelta(minutes=1), "healthy")
    house.damage(poisoned.number)
    now = NOON + timedelta(minutes=31)

    with capture_logs() as logs:
        fired = Tick(house.timekeeping.fire_next).run(now)

    assert fired == 1
    assert told(house, healthy.number) == [[50]]
    assert [(log["event"], log["of"], log["timer"]) for log in logs] == [
        ("timer_failed", poisoned.reference, "rung:1:50")
    ]
    with house.units() as unit:
        assert unit.timers.next_due_at() == now + timedelta(seconds=30)


def test_a_timer_that_could_not_even_be_put_off_ends_the_run(house: House) -> None:
    def never_put_off(_now: object) -> bool:
        raise FiringFailed("C-7", "rung:1:50", ValueError("poison"))

    with capture_logs(), pytest.raises(FiringFailed):
        Tick(never_put_off).run(NOON)
