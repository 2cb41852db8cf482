"""Times that a test moves by hand."""

from datetime import UTC, datetime, timedelta

from bot.clock import SystemClock
from tests.builders import NOON


class HandClock:
    """Stands still at noon until it is moved; also the seconds that pacing goes by."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return (self.at - NOON).total_seconds()

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


class RunningClock:
    """Runs on from `at` as real time passes."""

    def __init__(self, at: datetime) -> None:
        self.set(at)

    def set(self, at: datetime) -> None:
        self._ahead = at - SystemClock().now()

    def now(self) -> datetime:
        return (SystemClock().now() + self._ahead).astimezone(UTC)
