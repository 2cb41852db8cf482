"""The one place where the time of day is read."""

import time
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC)


def monotonic() -> float:
    """Seconds that never jump, for pacing what is sent."""
    return time.monotonic()
