"""Calendars against a slow and obvious reference: ask the wall clock, minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.calendars import Calendar, StretchKind
from cases.hours import CalendarSpec, Window

AROUND = {
    "America/New_York": ["2026-03-08T07:00", "2026-11-01T06:00", "2021-12-31T05:00"],
    "Asia/Jerusalem": ["2026-03-27T00:00", "2026-10-24T23:00"],
    "Africa/Cairo": ["2026-04-23T22:00", "2026-10-29T21:00"],
    "Australia/Lord_Howe": ["2026-04-04T15:00", "2026-10-03T15:30"],
    "Asia/Tehran": ["2021-03-21T20:30", "2021-09-21T19:30"],
    "Pacific/Apia": ["2011-12-30T10:00"],
    "Africa/Casablanca": ["2026-02-15T02:00", "2026-03-22T02:00"],
    "Asia/Kolkata": ["2026-01-01T00:00"],
}
MINUTE = timedelta(minutes=1)


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    """A week of windows: whole days, pauses, nights past midnight, overlaps."""
    days = draw(st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True))
    whole_day = st.just((0, 1440))
    any_hours = st.tuples(st.integers(0, 1439), st.integers(15, 1440)).map(lambda pair: (pair[0], pair[0] + pair[1]))
    shapes = draw(st.lists(whole_day | any_hours | st.just((120, 180)), min_size=1, max_size=3))
    return tuple(Window(day, opens, closes) for day in days for opens, closes in shapes)


@st.composite
def cases(draw: st.DrawFn) -> tuple[CalendarSpec, datetime, datetime]:
    """A calendar, and two instants around a change of its clocks."""
    timezone = draw(st.sampled_from(sorted(AROUND)))
    change = datetime.fromisoformat(draw(st.sampled_from(AROUND[timezone]))).replace(tzinfo=UTC)
    start = change + draw(st.integers(-4 * 1440, 1440)) * MINUTE
    end = start + draw(st.integers(0, 5 * 1440)) * MINUTE
    days = st.integers(-3, 3).map(lambda days: change.date() + timedelta(days=days))
    closed = tuple(draw(st.lists(days, max_size=2)))
    return CalendarSpec("any", draw(windows()), timezone, closed=closed), start, end


def is_open(spec: CalendarSpec, instant: datetime) -> bool:
    """The definition, word for word: a window of the local date, or of the night before, on a day not closed."""
    local = instant.astimezone(ZoneInfo(spec.timezone or "UTC"))
    minute = local.hour * 60 + local.minute
    eve = local.date() - timedelta(days=1)
    return any(
        day not in spec.closed and window.day == day.weekday() and window.opens <= at < window.closes
        for day, at in ((local.date(), minute), (eve, minute + 1440))
        for window in spec.windows
    )


def open_minutes(spec: CalendarSpec, start: datetime, end: datetime) -> list[datetime]:
    """Each minute between the two that is open."""
    minutes = int((end - start) / MINUTE)
    return [at for at in (start + n * MINUTE for n in range(minutes)) if is_open(spec, at)]


def no_holiday(_: date) -> str | None:
    return None


@settings(max_examples=150)
@given(cases())
def test_support_time_is_what_the_wall_clock_counts(case: tuple[CalendarSpec, datetime, datetime]) -> None:
    spec, start, end = case
    assert Calendar(spec, no_holiday).elapsed(start, end) == 60 * len(open_minutes(spec, start, end))


@settings(max_examples=150)
@given(cases())
def test_the_explanation_is_whole_and_counts_the_same(case: tuple[CalendarSpec, datetime, datetime]) -> None:
    spec, start, end = case
    told = Calendar(spec, no_holiday).explain(start, end)

    edges = [edge for stretch in told for edge in (stretch.start, stretch.end)]
    assert edges == sorted(edges)
    assert edges[1:-1:2] == edges[2::2]
    assert (edges[0], edges[-1]) == (start, end) if start < end else not edges
    for stretch in told:
        minutes = int((stretch.end - stretch.start) / MINUTE)
        counted = len(open_minutes(spec, stretch.start, stretch.end))
        assert counted == (minutes if stretch.kind is StretchKind.COUNTED else 0)
        assert (minutes == 0) == (stretch.kind is StretchKind.CLOCK_CHANGE)


@settings(max_examples=150)
@given(cases(), st.integers(1, 3 * 86400))
def test_adding_and_measuring_undo_each_other(case: tuple[CalendarSpec, datetime, datetime], seconds: int) -> None:
    spec, start, _ = case
    calendar = Calendar(spec, no_holiday)
    due = calendar.add(start, seconds)

    assert calendar.elapsed(start, due) == seconds
    assert is_open(spec, due - timedelta(seconds=1)), "the last second counted is an open one"


@settings(max_examples=60)
@given(cases(), st.integers(1, 86400), st.integers(1, 86400))
def test_adding_in_two_steps_is_adding_at_once(
    case: tuple[CalendarSpec, datetime, datetime], first: int, second: int
) -> None:
    spec, start, _ = case
    calendar = Calendar(spec, no_holiday)
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)
