"""Support time as customers meet it: closing time, holidays, nights, and the days on which clocks change."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.calendars import Calendar, CalendarBook, CalendarExhausted, Stretch
from cases.hours import CalendarSpec, Window
from policies.holiday_names import holiday_names

HOUR = 3600
DAYS = range(5)
OKO = CalendarSpec("support hours", tuple(Window(day, 9 * 60, 18 * 60) for day in DAYS), "America/New_York", "US")
WEEKDAYS = CalendarSpec("weekdays", tuple(Window(day, 0, 1440) for day in DAYS))
NIGHTS = CalendarSpec("nights", (Window(4, 22 * 60, 30 * 60),), "Europe/London")
ALWAYS = CalendarSpec("24x7")

book = CalendarBook(holiday_names)


def at(text: str, timezone: str = "America/New_York") -> datetime:
    """A wall-clock time in a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone))


def told(stretches: tuple[Stretch, ...]) -> list[tuple[str, str]]:
    """Kind and why of each stretch."""
    return [(stretch.kind.value, stretch.why) for stretch in stretches]


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-03-03T14:00", "2026-03-04T14:00"),
        ("2026-03-06T17:00", "2026-03-09T17:00"),
        ("2026-03-06T18:00", "2026-03-09T18:00"),
        ("2026-03-06T17:59:59", "2026-03-09T17:59:59"),
        ("2026-03-07T03:00", "2026-03-09T18:00"),
        ("2026-03-03T09:00", "2026-03-03T18:00"),
        ("2026-03-03T08:59:59", "2026-03-03T18:00"),
        ("2026-01-16T14:00", "2026-01-20T14:00"),
        ("2026-07-02T14:00", "2026-07-06T14:00"),
        ("2021-12-30T14:00", "2022-01-03T14:00"),
        ("2025-12-24T14:00", "2025-12-26T14:00"),
        ("2026-10-30T14:00", "2026-11-02T14:00"),
    ],
    ids=[
        "Tuesday afternoon",
        "over a weekend in which clocks go forward",
        "18:00:00 is closed",
        "one second before closing",
        "on a Saturday",
        "used up at closing is due at closing",
        "before opening",
        "over Martin Luther King Day",
        "Saturday's holiday is observed on Friday",
        "New Year on the last day of December",
        "the day after Christmas is an ordinary Friday",
        "over a weekend in which clocks go back",
    ],
)
def test_one_business_day_for_oko(opened: str, due: str) -> None:
    assert book(OKO).add(at(opened), 9 * HOUR) == at(due)


@pytest.mark.parametrize(
    ("timezone", "opened", "hours", "due"),
    [
        ("Asia/Jerusalem", "2026-03-27T00:30", 2, "2026-03-27T03:30"),
        ("Asia/Jerusalem", "2026-03-26T23:00", 24, "2026-03-28T00:00"),
        ("Africa/Cairo", "2026-04-23T23:00", 2, "2026-04-24T02:00"),
        ("Africa/Cairo", "2026-10-28T22:30", 27, "2026-10-30T00:30"),
        ("Australia/Lord_Howe", "2026-04-03T23:00", 2, "2026-04-06T01:00"),
        ("Asia/Tehran", "2021-09-21T23:00", 2, "2021-09-22T00:00"),
        ("America/New_York", "2026-03-06T23:00", 2, "2026-03-09T01:00"),
    ],
)
def test_weekdays_all_day_where_clocks_change(timezone: str, opened: str, hours: int, due: str) -> None:
    calendar = book(WEEKDAYS.placed(timezone))
    assert calendar.add(at(opened, timezone), hours * HOUR) == at(due, timezone)


@pytest.mark.parametrize(
    ("timezone", "day", "hours"),
    [
        ("Asia/Jerusalem", "2026-03-27", 23.0),
        ("Africa/Cairo", "2026-04-24", 23.0),
        ("Africa/Cairo", "2026-10-29", 25.0),
        ("America/New_York", "2026-03-08", 0.0),
        ("Asia/Tehran", "2021-03-22", 23.0),
    ],
)
def test_a_weekday_lasts_as_long_as_it_really_lasts(timezone: str, day: str, hours: float) -> None:
    start = at(day, timezone)
    end = at(str(date.fromisoformat(day) + timedelta(days=1)), timezone)
    assert book(WEEKDAYS.placed(timezone)).elapsed(start, end) == hours * HOUR


def test_lord_howe_gains_and_loses_half_an_hour() -> None:
    sundays = CalendarSpec("sundays", (Window(6, 0, 1440),), "Australia/Lord_Howe")
    for day, hours in (("2026-04-05", 24.5), ("2026-10-04", 23.5)):
        start = at(day, "Australia/Lord_Howe")
        assert book(sundays).elapsed(start, start + timedelta(days=3)) == hours * HOUR


def test_a_night_shift_belongs_to_the_day_it_began_on() -> None:
    open_friday = book(NIGHTS).elapsed(at("2026-06-05T20:00", "Europe/London"), at("2026-06-07T00:00", "Europe/London"))
    closed = CalendarSpec(NIGHTS.name, NIGHTS.windows, NIGHTS.timezone, closed=(date(2026, 6, 5),))
    start, end = at("2026-06-05T20:00", "Europe/London"), at("2026-06-06T09:00", "Europe/London")

    assert open_friday == 8 * HOUR
    assert book(closed).elapsed(start, end) == 0
    night, weekend = book(closed).explain(start, end)
    assert told((night, weekend)) == [("holiday", "closed that day"), ("closed", "weekend")]
    assert night.end == at("2026-06-06T06:00", "Europe/London")


def test_round_the_clock_is_plain_addition() -> None:
    calendar = book(ALWAYS)
    start = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)
    assert calendar.add(start, HOUR) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert calendar.elapsed(start, start + timedelta(days=400)) == 400 * 24 * HOUR
    assert told(calendar.explain(start, start + timedelta(hours=1))) == [("counted", "support hours")]


def test_nothing_added_changes_nothing_even_at_night() -> None:
    night = at("2026-03-03T22:00")
    assert book(OKO).add(night, 0) == night


def test_an_end_before_the_start_is_no_time_at_all() -> None:
    assert book(OKO).elapsed(at("2026-03-04T12:00"), at("2026-03-03T12:00")) == 0
    assert book(OKO).explain(at("2026-03-04T12:00"), at("2026-03-03T12:00")) == ()


def test_a_holiday_weekend_is_explained_stretch_by_stretch() -> None:
    stretches = book(OKO).explain(at("2026-07-02T14:00"), at("2026-07-06T14:00"))
    assert told(stretches) == [
        ("counted", "support hours"),
        ("closed", "after hours"),
        ("holiday", "Independence Day (observed)"),
        ("closed", "weekend"),
        ("closed", "after hours"),
        ("counted", "support hours"),
    ]
    assert (stretches[2].start, stretches[2].end) == (at("2026-07-03T00:00"), at("2026-07-04T00:00"))


def test_a_clock_change_is_told_where_it_happens() -> None:
    forward, back = (
        book(WEEKDAYS.placed("Asia/Jerusalem")).explain(at(a, "Asia/Jerusalem"), at(b, "Asia/Jerusalem"))
        for a, b in (("2026-03-27T00:30", "2026-03-27T03:30"), ("2026-10-23T22:00", "2026-10-26T01:00"))
    )
    assert [s.why for s in forward] == ["support hours", "clocks go forward 1 h", "support hours"]
    assert forward[1].start == forward[1].end == datetime(2026, 3, 27, 0, tzinfo=UTC)
    assert [s.why for s in back] == ["support hours", "weekend", "clocks go back 1 h", "weekend", "support hours"]


def test_a_lunch_break_and_a_free_weekday_are_told_apart() -> None:
    spec = CalendarSpec("lunch", (Window(0, 540, 720), Window(0, 780, 1080), Window(2, 540, 1080)), "UTC")
    stretches = book(spec).explain(at("2026-03-02T11:00", "UTC"), at("2026-03-04T10:00", "UTC"))
    assert [stretch.why for stretch in stretches] == [
        "support hours",
        "pause",
        "support hours",
        "after hours",
        "closed on Tuesdays",
        "after hours",
        "support hours",
    ]


def test_a_calendar_that_never_opens_says_so() -> None:
    with pytest.raises(CalendarExhausted, match="20 years"):
        Calendar(OKO, lambda _: "always away").add(at("2026-03-03T14:00"), 1)


@pytest.mark.parametrize("start", [datetime(1969, 6, 1, tzinfo=UTC), datetime(2300, 1, 1, tzinfo=UTC)])
def test_years_out_of_reach_are_refused_plainly(start: datetime) -> None:
    with pytest.raises(CalendarExhausted, match="1970 to 2199"):
        book(OKO).add(start, 60)
    with pytest.raises(CalendarExhausted, match="1970 to 2199"):
        book(OKO).elapsed(start, start + timedelta(days=1))


def test_the_end_of_time_is_refused_round_the_clock_too() -> None:
    with pytest.raises(CalendarExhausted):
        book(ALWAYS).add(datetime(9999, 12, 31, 23, tzinfo=UTC), 7200)


def test_naive_times_unplaced_calendars_and_unknown_zones_are_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        book(OKO).add(datetime(2026, 3, 3, 14), 60)  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="no time zone yet"):
        book(WEEKDAYS)
    with pytest.raises(ValueError, match="Mars/Olympus"):
        book(WEEKDAYS.placed("Mars/Olympus"))
    with pytest.raises(ValueError, match="backwards"):
        book(OKO).add(at("2026-03-03T14:00"), -1)


def test_years_may_be_asked_about_in_any_order_and_at_once() -> None:
    calendar = Calendar(OKO, holiday_names("US"))
    years = [2026, 1999, 2040, 2010, 2026, 2025]
    with ThreadPoolExecutor(6) as pool:
        spans = list(pool.map(lambda year: calendar.elapsed(at(f"{year}-06-01"), at(f"{year}-07-01")), years))
    assert spans == [Calendar(OKO, holiday_names("US")).elapsed(at(f"{y}-06-01"), at(f"{y}-07-01")) for y in years]


def test_a_calendar_is_compiled_once() -> None:
    assert book(OKO) is book(CalendarSpec(OKO.name, OKO.windows, OKO.timezone, OKO.holidays))
