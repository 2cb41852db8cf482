"""A calendar's hours, as people read them in Slack and on the command line."""

from dataclasses import replace
from datetime import date

from cases.hours import CalendarSpec, Window
from cases.hours_in_words import hours_in_words

OFFICE = CalendarSpec("office", tuple(Window(day, 540, 1080) for day in range(5)))


def test_round_the_clock_needs_no_place() -> None:
    assert hours_in_words(CalendarSpec("always"), "nowhere") == "round the clock, every day"


def test_days_with_the_same_hours_are_said_once() -> None:
    short_friday = CalendarSpec("short", (*OFFICE.windows[:4], Window(4, 540, 780)))
    assert hours_in_words(OFFICE, "London time") == "Mon–Fri 09:00–18:00 in London time"
    assert hours_in_words(short_friday, "UTC") == "Mon–Thu 09:00–18:00; Fri 09:00–13:00 in UTC"


def test_a_lunch_break_a_night_and_a_whole_day_are_told_apart() -> None:
    odd = CalendarSpec("odd", (Window(0, 540, 720), Window(0, 780, 1080), Window(2, 1320, 1800), Window(6, 0, 1440)))
    assert hours_in_words(odd, "UTC") == "Mon 09:00–12:00 and 13:00–18:00; Wed 22:00–06:00; Sun all day in UTC"


def test_what_is_closed_is_said_and_many_days_are_counted() -> None:
    few = replace(OFFICE, holidays="US-CA", closed=(date(2026, 12, 24),))
    many = replace(OFFICE, holidays="US", closed=tuple(date(2026, 8, day) for day in range(3, 15)))
    assert hours_in_words(few, "UTC").endswith("in UTC, except US-CA holidays, 2026-12-24")
    assert hours_in_words(many, "UTC").endswith("in UTC, except US holidays and 12 other days")
