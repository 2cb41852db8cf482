"""Which list a case is on, in which order, and how full and how good things are."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cases.calendars import CalendarBook, HoursNow
from cases.case import State
from cases.homes import Shelf
from cases.hours import CalendarSpec, Window
from cases.overview import (
    Attainment,
    Load,
    Standing,
    at_risk,
    breached,
    customers_turn,
    load,
    mine,
    page_of,
    supports_turn,
    unclaimed,
    unconfirmed,
    waiting,
    worst_first,
)
from handlers.home_pages import pages_of, turned, written
from policies.holiday_names import holiday_names
from tests.builders import ALWAYS, ENG, ENG2, NOON, OFFICE, calendar

FRESH = Standing(1, State.OPEN, NOON, NOON + timedelta(hours=8), ALWAYS, False, False, None, False)
NEW_YORK = CalendarSpec("office", tuple(Window(day, 540, 1080) for day in range(5)), "America/New_York", "US")


def standing(number: int, hours: float = 8, **differences: object) -> Standing:
    """An untouched case, due so many hours after noon; with these differences."""
    return replace(FRESH, number=number, due_at=NOON + timedelta(hours=hours), **differences)  # type: ignore[arg-type]


def numbers(standings: list[Standing]) -> list[int]:
    return [each.number for each in standings]


def claimed(number: int, by: str = ENG.user, **differences: object) -> Standing:
    return standing(number, **{"state": State.CLAIMED, "assignee": by, "answered": True, **differences})  # type: ignore[arg-type]


def test_mine_are_by_due_time_with_what_waits_on_its_customer_last() -> None:
    found = mine([claimed(1, hours=3), claimed(2, state=State.WAITING, hours=1), claimed(3, ENG2.user)], ENG.user)
    assert numbers(found) == [1, 2]
    assert numbers(mine([claimed(1, hours=3), claimed(2, hours=2)], ENG.user)) == [2, 1]


def test_unclaimed_are_those_with_nobody_by_time_left() -> None:
    given_back = standing(4, 1, answered=True)
    assert numbers(unclaimed([standing(1, 5), standing(2, 2), claimed(3), given_back])) == [4, 2, 1]


def test_waiting_are_those_of_everybody() -> None:
    everyone = [claimed(1, state=State.WAITING), claimed(2), claimed(3, ENG2.user, state=State.WAITING)]
    assert numbers(waiting(everyone)) == [1, 3]


@pytest.mark.parametrize(("minutes", "is_at_risk"), [(0, False), (359, False), (360, True), (479, True), (480, False)])
def test_a_case_is_at_risk_from_three_quarters_of_its_time_to_its_end(minutes: int, is_at_risk: bool) -> None:
    found = at_risk([standing(1, 8)], (), calendar, NOON + timedelta(minutes=minutes))
    assert bool(found) is is_at_risk


def test_three_quarters_are_of_support_time_not_of_the_time_of_day() -> None:
    """Nine office hours from Monday noon: until Tuesday at noon; at nine in the evening six of them are gone."""
    office = standing(1, 24, calendar=OFFICE)
    assert at_risk([office], (), calendar, NOON + timedelta(hours=21)) == []
    assert numbers(at_risk([office], (), calendar, NOON + timedelta(hours=22))) == [1]


def test_a_case_is_at_risk_when_its_next_rung_is_near_however_much_time_is_left() -> None:
    assert numbers(at_risk([standing(1, 8), standing(2, 8)], {2}, calendar, NOON)) == [2]


def test_what_a_person_has_answered_is_not_at_risk() -> None:
    answered = [standing(1, 1, answered=True), claimed(2, hours=1), standing(3, 2)]
    assert numbers(at_risk(answered, {1, 3}, calendar, NOON)) == [3]


def test_breached_are_those_that_nobody_has_answered_first_then_those_answered_late() -> None:
    late = claimed(1, hours=-3, breached=True)
    found = breached([late, standing(2, -1), standing(3, 0), standing(4, 1), claimed(5, hours=-2)], NOON)
    assert numbers(found) == [2, 3, 1]


def test_a_case_whose_clock_runs_anew_goes_by_that_clock() -> None:
    """Lowered: the earlier breach stays on record, but nobody is late now."""
    anew = standing(1, 0.5, breached=True)
    assert breached([anew], NOON) == []
    assert numbers(at_risk([anew], {1}, calendar, NOON)) == [1]


def test_unconfirmed_are_those_whose_promise_was_not_confirmed() -> None:
    assert numbers(unconfirmed([claimed(1, unconfirmed=True), claimed(2)])) == [1]


def test_a_customer_sees_what_waits_for_them_apart_from_what_is_with_support() -> None:
    cases = [
        claimed(1),
        claimed(2, state=State.WAITING),
        claimed(3, state=State.OFFERED),
        standing(4),
    ]
    assert numbers(customers_turn(cases)) == [2, 3]
    assert numbers(supports_turn(cases)) == [1, 4]


def test_load_names_the_busiest_first_and_also_who_has_nothing_and_who_is_no_engineer_any_more() -> None:
    cases = [claimed(1, "U0OLD"), claimed(2), claimed(3, state=State.WAITING), standing(4)]
    assert load(cases, [ENG.user, ENG2.user]) == [
        Load(ENG.user, 1, 1),
        Load("U0OLD", 1, 0),
        Load(ENG2.user, 0, 0),
    ]


def test_attainment_begins_with_the_worst_and_100_means_all_of_them() -> None:
    good, bad = Attainment("Good", 1000, 999), Attainment("Bad", 2, 1)
    assert worst_first([good, bad]) == [bad, good]
    assert (good.percent, Attainment("All", 3, 3).percent) == (99, 100)


@pytest.mark.parametrize(("page", "shown"), [(0, (0, [1, 2])), (2, (2, [5])), (9, (2, [5])), (-1, (0, [1, 2]))])
def test_a_page_that_is_not_there_any_more_is_the_last(page: int, shown: tuple[int, list[int]]) -> None:
    number, part = page_of([standing(n) for n in range(1, 6)], page, 2)
    assert (number, numbers(part)) == shown


def test_an_empty_list_has_one_empty_page() -> None:
    assert page_of([], 3, 2) == (0, [])


def test_pages_travel_to_slack_and_back() -> None:
    pages = {Shelf.MINE: 0, Shelf.UNCLAIMED: 12}
    assert pages_of(written(pages)) == pages
    assert turned(pages, "mine:1") == {Shelf.MINE: 1, Shelf.UNCLAIMED: 12}


@pytest.mark.parametrize("text", ["", "mine", "mine:-1", "mine:99999", "theirs:1", "mine:1:2", "mine:١x", "<!channel>"])
def test_pages_that_make_no_sense_are_passed_over(text: str) -> None:
    assert pages_of(text) == {}
    assert turned({Shelf.MINE: 3}, text) == {Shelf.MINE: 3}


BOOK = CalendarBook(holiday_names)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-07-02T09:00-04:00", HoursNow(True, at("2026-07-02T18:00-04:00"))),
        ("2026-07-02T17:59:59-04:00", HoursNow(True, at("2026-07-02T18:00-04:00"))),
        ("2026-07-02T18:00-04:00", HoursNow(False, at("2026-07-06T09:00-04:00"))),
        ("2026-07-02T08:59:59-04:00", HoursNow(False, at("2026-07-02T09:00-04:00"))),
        ("2026-12-31T19:00-05:00", HoursNow(False, at("2027-01-04T09:00-05:00"))),
    ],
)
def test_hours_are_open_or_closed_until_they_change(now: str, expected: HoursNow) -> None:
    assert BOOK(NEW_YORK).hours_at(at(now)) == expected


def test_days_without_a_gap_between_them_are_open_until_the_last_one_ends() -> None:
    weekdays = CalendarSpec("weekdays", tuple(Window(day, 0, 1440) for day in range(5)), "Asia/Jerusalem")
    found = BOOK(weekdays).hours_at(at("2026-03-26T12:00+02:00"))
    assert found == HoursNow(True, at("2026-03-28T00:00+03:00"))


def test_round_the_clock_never_changes_and_has_no_holidays() -> None:
    assert BOOK(ALWAYS).hours_at(NOON) == HoursNow(True, None)
    assert BOOK(ALWAYS).next_holiday(NOON) is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-07-02T09:00-04:00", (date(2026, 7, 3), "Independence Day (observed)")),
        ("2026-07-03T23:00-04:00", (date(2026, 7, 3), "Independence Day (observed)")),
        ("2026-07-04T00:30-04:00", (date(2026, 9, 7), "Labor Day")),
    ],
)
def test_the_next_holiday_is_the_next_day_that_would_have_been_open(now: str, expected: tuple[date, str]) -> None:
    assert BOOK(NEW_YORK).next_holiday(at(now)) == expected


def test_hours_without_holidays_have_none_but_their_own_closed_days() -> None:
    plain = replace(NEW_YORK, holidays=None)
    assert BOOK(plain).next_holiday(NOON) is None
    closed = replace(plain, closed=(date(2026, 3, 7), date(2026, 3, 9)))
    assert BOOK(closed).next_holiday(NOON) == (date(2026, 3, 9), "closed that day")
