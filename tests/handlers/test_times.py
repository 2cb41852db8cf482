"""Times in words."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.hours import CalendarSpec, Window
from handlers.times import date, exactly, hours, left, local, place, target

DUE = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)


def test_slack_shows_each_reader_their_own_zone_and_others_utc() -> None:
    assert date(DUE) == f"<!date^{int(DUE.timestamp())}^{{date_short_pretty}} at {{time}}|30 Nov 2026, 14:00 UTC>"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(minutes=38, seconds=59), "38 min left"),
        (timedelta(hours=1, minutes=5), "1 h 05 min left"),
        (timedelta(seconds=20), "less than a minute left"),
        (timedelta(), "less than a minute over"),
        (-timedelta(minutes=12), "12 min over"),
        (timedelta(days=2, hours=3, minutes=4), "2 d 3 h left"),
        (timedelta(days=4), "4 d left"),
    ],
)
def test_time_left_is_told_at_a_glance(before: timedelta, words: str) -> None:
    assert left(DUE - before, DUE) == words


def test_local_time_names_its_place() -> None:
    assert local(DUE, "America/New_York") == "Mon 30 Nov, 09:00 New York time"
    assert local(DUE, "Asia/Jerusalem") == "Mon 30 Nov, 16:00 Jerusalem time"


@pytest.mark.parametrize("unknown", ["", "Nowhere/Town", "../etc/passwd", "UTC"])
def test_a_zone_that_is_not_known_is_utc_and_said_so(unknown: str) -> None:
    assert local(DUE, unknown) == "Mon 30 Nov, 14:00 UTC"


def test_a_length_can_be_exact() -> None:
    assert [exactly(seconds) for seconds in (7200, 5400, 45, 0, 3661)] == [
        "2 h",
        "1 h 30 min",
        "45 s",
        "0 min",
        "1 h 1 min 1 s",
    ]


def test_a_target_is_said_in_words() -> None:
    office = CalendarSpec("office", (Window(0, 540, 1080),), "UTC")
    assert target("1h", CalendarSpec("always")) == "1 hour"
    assert target("30m", CalendarSpec("always")) == "30 minutes"
    assert target("1d", office) == "1 business day"
    assert target("2d", CalendarSpec("always")) == "2 days"


def test_support_hours_are_said_in_words() -> None:
    week = tuple(Window(day, 540, 1080) for day in range(5))
    assert hours(CalendarSpec("always")) == "round the clock, every day"
    eastern = CalendarSpec("oko", week, "America/New_York", "US")
    assert hours(eastern) == "Mon–Fri 09:00–18:00 in New York time, except US holidays"
    allday = tuple(Window(day, 0, 1440) for day in range(5))
    assert hours(CalendarSpec("days", allday, "Asia/Jerusalem")) == "Mon–Fri all day in Jerusalem time"
    broken = (Window(0, 540, 720), Window(0, 780, 1080), Window(2, 1320, 1800))
    assert hours(CalendarSpec("odd", broken, "UTC")) == "Mon 09:00–12:00 and 13:00–18:00; Wed 22:00–06:00 in UTC"


def test_a_place_is_said_as_people_say_it() -> None:
    assert place("America/Argentina/Buenos_Aires") == "Buenos Aires time"
