"""Upkeep: at the start and once a day, a little at a time until nothing is left."""

from datetime import datetime, timedelta

from scheduling.upkeep import Upkeep
from tests.builders import NOON
from workspace.clock import MovableClock


def test_it_works_until_nothing_is_left_and_comes_back_a_day_later() -> None:
    clock, left, asked = MovableClock(NOON), [3], list[datetime]()

    def tidy(now: datetime) -> bool:
        asked.append(now)
        left[0] -= 1
        return left[0] >= 0

    upkeep = Upkeep(tidy, clock)
    assert [upkeep.step() for _ in range(5)] == [True, True, True, False, False]
    assert len(asked) == 4, "a wake on the same day asks nobody"
    assert upkeep.seconds_to_next() == timedelta(days=1).total_seconds()

    left[0] = 1
    clock.move_to(NOON + timedelta(days=1))
    assert [upkeep.step() for _ in range(3)] == [True, False, False]
