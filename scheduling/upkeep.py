"""Upkeep: once a day, what nothing needs any more is let go, a little at a time."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from cases.ports import Clock

EVERY = timedelta(days=1)

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Upkeep:
    """A worker's step. Replicas each look once a day; whoever comes second finds nothing to do."""

    def __init__(self, tidy: Callable[[datetime], bool], clock: Clock) -> None:
        """`tidy` does a little at the instant given; False: there is no more to do."""
        self._tidy = tidy
        self._clock = clock
        self._next: datetime | None = None
        self._steps = 0

    def step(self) -> bool:
        """False: done for today."""
        now = self._clock.now()
        if self._next is not None and now < self._next:
            return False
        if self._tidy(now):
            self._steps += 1
            return True
        if self._steps:
            log.info("records_dropped", transactions=self._steps)
        self._next, self._steps = now + EVERY, 0
        return False

    def seconds_to_next(self) -> float | None:
        """Until tomorrow's."""
        return None if self._next is None else (self._next - self._clock.now()).total_seconds()
