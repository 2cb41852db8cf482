"""A case's clocks come back as they were stored, and lists go by the one that runs out first."""

from dataclasses import replace

from cases.case import Case
from cases.change import Change
from cases.overview import OPEN_STATES, at_risk, breached, mine
from cases.policy import ClockKind
from cases.responding import claimed, listened, written
from cases.waiting import asked_customer, came_back
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import DANA, ENG, NOON, PLACES, account, calendar, case, program
from tests.clocked import HOUR, opened, rewound


def answered(number: int) -> Case:
    """Claimed by Erin at noon, written to by Dana so many hours later."""
    taken = claimed(opened(), ENG, NOON).case
    at = NOON + number * HOUR
    return rewound(listened(Change(taken), DANA, at).case)


def stored(begin: SqlUnitsOfWork, *cases: Case) -> list[Case]:
    with begin() as work:
        acme = work.accounts.put(account()).id
        return [work.cases.add(replace(each, account=acme), f"i{number}") for number, each in enumerate(cases)]


def test_clocks_and_what_they_go_by_come_back(begin: SqlUnitsOfWork) -> None:
    asked = asked_customer(answered(1), ENG, "Which?", NOON + 2 * HOUR).case
    back = came_back(asked, DANA, NOON + 3 * HOUR, PLACES).case
    whole = rewound(listened(Change(back), DANA, NOON + 3 * HOUR).case)
    assert whole.clocks.waits
    assert whole.clocks.unanswered
    (added,) = stored(begin, whole)
    with begin() as work:
        assert work.cases.get(added.number) == added
        assert added.clocks == whole.clocks


def test_lists_go_by_the_clock_that_runs_out_first(begin: SqlUnitsOfWork) -> None:
    """The third was written to last and is owed last; the second one's first answer is due before both."""
    stored(begin, answered(1), case(3, of=program((1, 2, 4, 24))), answered(3))
    with begin() as work:
        assert [each.number for each in work.cases.listing()] == [2, 1, 3]
        standings = work.cases.standings(OPEN_STATES)
    assert [each.number for each in standings] == [2, 1, 3]
    assert [each.deadline_at for each in standings] == [NOON + hours * HOUR for hours in (4, 5, 7)]
    assert [each.number for each in mine(standings, ENG.user)] == [1, 3]


def test_a_clock_that_runs_out_is_at_risk_and_then_breached(begin: SqlUnitsOfWork) -> None:
    stored(begin, answered(1))
    with begin() as work:
        (standing,) = work.cases.standings(OPEN_STATES)
    assert {clock.kind for clock in standing.running} == set(ClockKind) - {ClockKind.RESPONSE}
    assert at_risk([standing], (), calendar, NOON + 3.9 * HOUR) == []
    assert at_risk([standing], (), calendar, NOON + 4 * HOUR) == [standing]
    assert breached([standing], NOON + 4.9 * HOUR) == []
    assert breached([standing], NOON + 5 * HOUR) == [standing]
    assert at_risk([standing], (), calendar, NOON + 5 * HOUR) == []


def test_what_rests_is_not_at_risk(begin: SqlUnitsOfWork) -> None:
    waits = asked_customer(written(answered(1), ENG, NOON + 20 * HOUR).case, ENG, "Which?", NOON + 20 * HOUR).case
    stored(begin, rewound(waits))
    with begin() as work:
        (standing,) = work.cases.standings(OPEN_STATES)
    later = NOON + 30 * HOUR
    assert (at_risk([standing], (), calendar, later), breached([standing], later)) == ([], [])
