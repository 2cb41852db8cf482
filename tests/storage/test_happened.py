"""Histories for figures, and the rows of routines, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

from cases.briefing import Labelled
from cases.case import Entry, State
from cases.facts import CheckInStep, Facts
from cases.measuring import measured, promised_by
from cases.policy import ClockKind
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import ENG, NOON, OFFICE, program
from tests.builders import case as fresh
from tests.storage.given import a_case, after

WHOLE = Facts(None, False, ClockKind.UPDATE, 3, CheckInStep.MANAGERS, 4)


def test_what_a_line_says_to_figures_is_kept_and_stays_when_its_words_go(begin: SqlUnitsOfWork) -> None:
    case = a_case(begin)
    promised = promised_by(fresh(of=program(calendar=OFFICE)))
    lines = (
        Entry(NOON, ENG, "responded", "by claim", Facts(promised, True)),
        Entry(after(1), None, "check-in", "words", WHOLE),
    )
    with begin() as work:
        work.save(case, (), lines, ())
    with begin.reading() as work:
        assert work.cases.history(case.number)[1:] == list(lines)
        opened, answered, told = work.cases.happened(NOON)
        assert (opened.what, opened.account, answered.who, answered.facts) == (
            "opened",
            case.account,
            ENG,
            Facts(promised, True),
        )
        assert told.facts == WHOLE


def test_a_history_is_read_whole_where_a_line_is_recent_or_the_case_is_open(begin: SqlUnitsOfWork) -> None:
    numbers = [a_case(begin, f"intake-{number}").number for number in range(3)]
    with begin() as work:
        for number in numbers[:2]:
            closed = replace(work.cases.get(number), state=State.CLOSED, closed_at=NOON)
            recent = Entry(NOON + timedelta(days=9 * number), None, "closed")
            work.save(closed, (), measured(closed, (recent,)), ())
    with begin.reading() as work:
        told = [(each.case, each.what) for each in work.cases.happened(NOON + timedelta(days=18))]
    assert told == [(numbers[1], "opened"), (numbers[1], "closed"), (numbers[2], "opened")]


def test_what_lists_say_is_of_one_program_alone(begin: SqlUnitsOfWork) -> None:
    case = a_case(begin)
    with begin.reading() as work:
        found = work.cases.labelled("okta", [State.OPEN])
        assert found == {case.number: Labelled(case.promise.label, case.promise.priority, case.opened_at)}
        assert not work.cases.labelled("oko", [State.OPEN])
        assert not work.cases.labelled("okta", [State.CLOSED])


def test_a_routine_is_moved_on_by_one_of_those_who_saw_it_due(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.routines.put("report", NOON)
        work.routines.put("report", after(60))
        work.routines.put("briefing:oko", NOON)
    together = Barrier(4)

    def move(_: int) -> bool:
        together.wait()
        with begin() as work:
            return work.routines.move("report", after(60), after(120))

    with ThreadPoolExecutor(4) as processes:
        assert sorted(processes.map(move, range(4))) == [False, False, False, True]
    with begin() as work:
        assert work.routines.all() == {"report": after(120), "briefing:oko": NOON}
        assert work.routines.move("briefing:oko", NOON, None)
        work.routines.drop("report")
        assert work.routines.all() == {}
