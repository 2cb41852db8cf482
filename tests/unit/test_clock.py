"""The one place where the time of day is read."""

from datetime import UTC, datetime

from freezegun import freeze_time

from bot.clock import SystemClock


def test_the_time_is_aware_and_in_utc() -> None:
    with freeze_time("2026-03-29 02:30:00"):
        now = SystemClock().now()

    assert now == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
    assert now.tzinfo is UTC
