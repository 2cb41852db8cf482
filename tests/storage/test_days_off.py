"""Days off by person and day, and what a case knows of its dedicated people, on both databases."""

from dataclasses import replace
from datetime import date

from cases.add_ons import Absence, AddOnKind, Assigned, DayOff, DayOffKind, StandIn
from cases.case import State
from storage.unit_of_work import SqlUnitsOfWork
from tests.storage.given import a_case, after

FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 2)


def test_a_day_is_of_one_kind_and_another_persons_is_another(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.days_off.put("U0ERIN", [DayOff(SECOND, DayOffKind.LEAVE), DayOff(FIRST, DayOffKind.LEAVE)])
        work.days_off.put("U0FRANK", [DayOff(FIRST, DayOffKind.LEAVE)])
        work.days_off.put("U0ERIN", [DayOff(SECOND, DayOffKind.ADMINISTRATIVE)])
    with begin() as work:
        kept = [DayOff(FIRST, DayOffKind.LEAVE), DayOff(SECOND, DayOffKind.ADMINISTRATIVE)]
        assert work.days_off.of("U0ERIN") == kept
        work.days_off.remove("U0ERIN", [FIRST])
        assert work.days_off.of("U0ERIN") == kept[1:]
        assert work.days_off.of("U0FRANK") == [DayOff(FIRST, DayOffKind.LEAVE)]


def test_whose_a_case_is_to_begin_is_kept_and_seen_at_a_glance(begin: SqlUnitsOfWork) -> None:
    stored = a_case(begin)
    hers = Assigned("U0ERIN", "Mission Critical Support Engineer", after(3600))
    stand_in = StandIn(AddOnKind.DEDICATED_CSE, "Dedicated CSE", "U0MAX", Absence.MOBILISING, None, "U0FRANK")
    with begin() as work:
        work.save(replace(stored, assigned=hers, stand_ins=(stand_in,)), (), (), ())
    with begin() as work:
        found = work.cases.get(stored.number)
        assert (found.assigned, found.stand_ins) == (hers, (stand_in,))
        (standing,) = work.cases.standings({State.OPEN})
        assert (standing.assigned, standing.assignee) == ("U0ERIN", None)
