"""A due timer is one taker's alone, fires in order, and is never dropped."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from cases.errors import NotFound
from cases.timers import Timer, TimerKind
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import a_case, after, engine_on, rung


def test_the_earliest_due_timer_is_taken_first(begin: SqlUnitsOfWork) -> None:
    a_case(begin, "i1", rung(50, after(10)), rung(75, after(5)), rung(90, after(99)))
    with begin() as work:
        assert work.timers.claim_due(after(4)) is None
        assert work.timers.claim_due(after(20)) == (1, rung(75, after(5)))
        assert work.timers.next_due_at() == after(5)


def test_saving_a_case_replaces_its_timers_and_no_others(begin: SqlUnitsOfWork) -> None:
    case = a_case(begin, "i1", rung(50), rung(75))
    other = a_case(begin, "i2", rung(50, after(7)))
    with begin() as work:
        work.save(case, [rung(75, after(60)), rung(90, after(70))], [], [])
    with begin() as work:
        assert work.timers.of_case(case.number) == [rung(75, after(60)), rung(90, after(70))]
        assert work.timers.of_case(other.number) == [rung(50, after(7))]


def test_cases_with_a_rung_that_falls_by_some_time_are_told_once_each_and_other_timers_make_none(
    begin: SqlUnitsOfWork,
) -> None:
    a_case(begin, "i1", rung(50, after(50)), rung(75, after(60)), rung(90, after(70)))
    a_case(begin, "i2", rung(50, after(61)))
    a_case(begin, "i3", Timer("repeat:1:1", TimerKind.REPEAT, after(5), 1))
    with begin() as work:
        assert work.timers.with_rung_by(after(60)) == {1}
        assert work.timers.with_rung_by(after(61)) == {1, 2}


def test_a_timer_that_could_not_fire_is_left_alone_for_a_while_and_then_owed(begin: SqlUnitsOfWork) -> None:
    a_case(begin, "i1", rung(50), rung(75, after(1)))
    with begin() as work:
        work.timers.postpone(1, "rung:1:50", after(30))
    with begin() as work:
        assert work.timers.claim_due(after(29)) == (1, rung(75, after(1)))
        assert work.timers.claim_due(after(30)) == (1, rung(50))
        assert work.timers.next_due_at() == after(1)


def test_a_crash_while_firing_gives_the_timer_back_at_once(begin: SqlUnitsOfWork) -> None:
    a_case(begin, "i1", rung(50))
    with pytest.raises(NotFound), begin() as work:
        _ = work.timers.claim_due(NOON), work.cases.get(99)
    with begin() as work:
        assert work.timers.claim_due(NOON) == (1, rung(50))


def test_two_takers_never_get_the_same_timer(begin: SqlUnitsOfWork) -> None:
    for number in range(30):
        a_case(begin, f"i{number}", rung(50), rung(75))
    with ThreadPoolExecutor(6) as takers:
        fired = [one for each in takers.map(lambda _: _fire_all(begin), range(6)) for one in each]
    assert sorted(fired) == sorted((number, key) for number in range(1, 31) for key in ("rung:1:50", "rung:1:75"))


@pytest.mark.postgresql
def test_a_case_that_somebody_is_changing_is_passed_over(postgres_database: str) -> None:
    with engine_on(postgres_database) as engine:
        begin = SqlUnitsOfWork(engine)
        a_case(begin, "i1", rung(50), rung(75))
        other = a_case(begin, "i2", rung(50, after(9)))
        with begin() as mine, begin() as theirs:
            mine.cases.get(1)
            assert theirs.timers.claim_due(after(10)) == (other.number, rung(50, after(9)))


def _fire_all(begin: SqlUnitsOfWork) -> list[tuple[int, str]]:
    """Fire what is due until nothing is: each firing leaves the case's other timers planned."""
    fired: list[tuple[int, str]] = []
    while True:
        with begin() as work:
            claimed = work.timers.claim_due(NOON)
            if claimed is None:
                return fired
            number, timer = claimed
            left: list[Timer] = [other for other in work.timers.of_case(number) if other != timer]
            work.save(work.cases.get(number), left, [], [])
        fired.append((number, timer.key))
