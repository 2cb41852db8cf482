"""What a policy is tried on: cases with their histories, and which version is stamped on those not closed."""

from dataclasses import replace
from datetime import timedelta

from cases.case import Entry, State
from cases.change import Change
from cases.ports import UnitsOfWork
from cases.pseudonyms import Pseudonyms
from tests.builders import ENG, NOON, account, case

DAY = timedelta(days=1)


def given(begin: UnitsOfWork) -> None:
    """C-1 a day before the others; C-3 closed, and no longer kept; each with two lines of history."""
    with begin() as work:
        mine = work.accounts.put(account())
        for number, fresh in enumerate((case(at=NOON - DAY), case(2), replace(case(), state=State.CLOSED), case(3)), 1):
            stored = work.cases.add(replace(fresh, account=mine.id), f"i{number}")
            lines = (Entry(fresh.opened_at, ENG, "opened", f"{number}"), Entry(fresh.opened_at, None, "escalated"))
            work.save(stored, (), Change(stored, lines).entries, ())
    with begin() as work:
        work.records.prune(work.cases.get(3), NOON, Pseudonyms())


def test_cases_come_in_order_with_their_histories_and_without_those_that_are_pruned(begin: UnitsOfWork) -> None:
    given(begin)
    with begin.reading() as work:
        first, rest = work.cases.past(NOON - DAY, 0, 2), work.cases.past(NOON - DAY, 2, 2)
        assert [(each.number, [line.why for line in lines]) for each, lines in (*first, *rest)] == [
            (1, ["1", ""]),
            (2, ["2", ""]),
            (4, ["4", ""]),
        ]
        assert [each.number for each, _ in work.cases.past(NOON, 0, 9)] == [2, 4]
        assert (work.cases.kept(NOON - DAY), work.cases.kept(NOON)) == ((3, 1), (2, 1))


def test_cases_that_are_not_closed_are_counted_by_the_version_stamped_on_them(begin: UnitsOfWork) -> None:
    given(begin)
    with begin.reading() as work:
        assert work.cases.pinned() == {("okta", "1"): [1, 2, 4]}
