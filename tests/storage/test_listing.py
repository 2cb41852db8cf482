"""The list of cases: by due time, what waits only for the customer's word last, and no more than was asked for."""

import gc
from dataclasses import replace

from cases.case import Case, State
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import account, case
from tests.storage.given import after


def test_the_list_is_by_due_time_whatever_state_its_cases_are_in(begin: SqlUnitsOfWork) -> None:
    states = (State.OPEN, State.CLOSED, State.CLAIMED, State.WAITING, State.RESOLVED, State.OFFERED)
    stored(begin, *states)
    assert listed(begin) == [4, 3, 1, 6]


def test_of_more_than_fit_the_nearest_are_listed(begin: SqlUnitsOfWork) -> None:
    stored(begin, State.OPEN, State.CLAIMED, State.OPEN, State.CLAIMED)
    assert listed(begin, limit=3) == [4, 3, 2]


def test_another_accounts_cases_are_not_in_the_list(begin: SqlUnitsOfWork) -> None:
    stored(begin, State.OPEN, State.CLAIMED)
    with begin() as work:
        bolt = work.accounts.put(replace(account(), name="Bolt"))
        other = work.cases.add(replace(case(), account=bolt.id), "of-bolt")
        assert [found.number for found in work.cases.listing([bolt.id])] == [other.number]
        assert work.cases.listing([]) == []


def test_of_however_many_a_few_are_held_at_a_time(begin: SqlUnitsOfWork) -> None:
    stored(begin, *[State.OPEN, State.CLAIMED] * 200)
    before = cases_held()
    with begin.reading() as work:
        each = enumerate(work.cases.each_listed(350))
        alive = {one.number: cases_held() - before for n, one in each if n % 70 == 0}
    assert list(alive) == listed(begin, limit=350)[::70]
    assert max(alive.values()) < 10


def cases_held() -> int:
    """In this process, by whomever."""
    gc.collect()
    return sum(type(held) is Case for held in gc.get_objects())


def stored(begin: SqlUnitsOfWork, *states: State) -> None:
    """Acme's cases from 1 on, each due before the one before it."""
    with begin() as work:
        acme = work.accounts.put(account())
        for number, state in enumerate(states, 1):
            due = after(1000 - number)
            work.cases.add(replace(case(), account=acme.id, state=state, due_at=due), f"intake-{number}")


def listed(begin: SqlUnitsOfWork, limit: int = 50) -> list[int]:
    with begin() as work:
        return [found.number for found in work.cases.listing(limit=limit)]
