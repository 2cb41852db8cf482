"""The one place where the time of day is read."""

import time
from collections.abc import Callable
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC)


class SharedClock:
    """A clock elsewhere, carried on by this machine's seconds: all who go by it tell the same time, whatever their own
    clocks say, and none of them jumps with its own.
    """

    def __init__(self, ask: Callable[[], datetime], seconds: Callable[[], float] = time.monotonic) -> None:
        """Asks at once, and raises what `ask` raises; `seconds` never jump."""
        self._ask = ask
        self._seconds = seconds
        _, self._ahead = min(self._measured() for _ in range(3))

    def set(self) -> bool:
        """Ask anew, and go on as before where the answer leaves room for that.

        False, as a worker's step: there is no more to do for now.
        """
        unsure, ahead = self._measured()
        if abs(ahead - self._ahead) > unsure:
            self._ahead = ahead
        return False

    def _measured(self) -> tuple[float, float]:
        """How far that clock is ahead, after how far it may be off: it was read between the question and its answer."""
        before = self._seconds()
        told = self._ask().timestamp()
        after = self._seconds()
        return (after - before) / 2, told - (before + after) / 2

    def seconds(self) -> float:
        """Since 1970."""
        return self._seconds() + self._ahead

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)
