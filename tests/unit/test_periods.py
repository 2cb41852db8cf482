"""Weeks, months and quarters by a wall clock, over clock changes and months of any length; times of reports."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.periods import Period, last_whole, up_to
from scheduling.set_times import first_weekday

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


def test_the_last_whole_week_begins_and_ends_on_monday_at_midnight_there() -> None:
    span = last_whole(datetime(2026, 3, 30, 6, 0, tzinfo=UTC), Period.WEEK, BERLIN)
    assert (span.since, span.until) == (
        datetime(2026, 3, 22, 23, 0, tzinfo=UTC),
        datetime(2026, 3, 29, 22, 0, tzinfo=UTC),
    ), "the clocks went forward on Sunday: it has an hour less"
    assert span.before == datetime(2026, 3, 15, 23, 0, tzinfo=UTC)


def test_months_and_quarters_are_the_calendars_own() -> None:
    now = datetime(2027, 1, 4, 13, 0, tzinfo=UTC)
    month, quarter = (last_whole(now, period, "UTC") for period in (Period.MONTH, Period.QUARTER))
    assert [at.date().isoformat() for at in (month.before, month.since, month.until)] == [
        "2026-11-01",
        "2026-12-01",
        "2027-01-01",
    ]
    assert [at.date().isoformat() for at in (quarter.before, quarter.since, quarter.until)] == [
        "2026-07-01",
        "2026-10-01",
        "2027-01-01",
    ]


def test_up_to_now_a_month_ends_on_the_last_day_where_the_day_lacks() -> None:
    span = up_to(datetime(2026, 3, 31, 12, 0, tzinfo=UTC), Period.MONTH, "UTC")
    assert span.since == datetime(2026, 2, 28, 12, 0, tzinfo=UTC)
    assert span.before == datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


@given(
    st.integers(0, 15 * 366 * 86400).map(lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)),
    st.sampled_from(Period),
    st.sampled_from((BERLIN, "UTC")),
)
def test_spans_follow_each_other_without_a_gap(now: datetime, period: Period, zone: str) -> None:
    for make in (last_whole, up_to):
        span = make(now, period, zone)
        assert span.before < span.since < span.until <= now + timedelta(seconds=1)
    whole = last_whole(now, period, zone)
    assert last_whole(whole.since, period, zone).until == whole.since


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period.WEEK, datetime(2026, 11, 30, 13, 0, tzinfo=UTC)),
        (Period.MONTH, datetime(2026, 12, 7, 13, 0, tzinfo=UTC)),
        (Period.QUARTER, datetime(2027, 1, 4, 13, 0, tzinfo=UTC)),
    ],
)
def test_a_report_comes_on_the_first_monday_at_eight_of_each(period: Period, expected: datetime) -> None:
    after = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
    assert first_weekday(period, "mon", 8, 0, after, NEW_YORK) == expected
    following = first_weekday(period, "mon", 8, 0, expected, NEW_YORK)
    assert following is not None
    assert following > expected + timedelta(days=6), "strictly after, so it is never the same time again"
