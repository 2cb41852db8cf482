"""The rounds: routines are told as they fall due, in a thread of their own, since a report may take a while."""

from datetime import datetime, timedelta

import structlog

from cases.errors import FiringFailed
from cases.ports import Clock
from cases.routines import Routines
from scheduling.worker import Worker

RETRY = timedelta(minutes=1)
LOOK = timedelta(minutes=5)
"""What another process moved on, or what is new, is known after this at the latest."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Rounds:
    """Asks the database nothing before the next one is due."""

    def __init__(self, routines: Routines, clock: Clock) -> None:
        self._routines = routines
        self._clock = clock
        self._held: dict[str, datetime] = {}
        """Those that failed, until when."""
        self._due_at: datetime | None = None
        self._asked, self._begun = 1, 0
        """How often it was to begin, and which of these it has done."""
        self._again_at: datetime | None = None
        """When it begins once more, since of some nobody knew the next time."""
        self._worker = Worker("rounds", self.step, self.seconds_to_next)

    def start(self) -> None:
        """What was missed is told at once."""
        self._worker.start()

    def begin_anew(self) -> None:
        """Which routines there are, or when, may be others by now. Cheap, from any thread."""
        self._asked += 1
        self._worker.wake()

    def wake(self) -> None:
        """The clock may have been moved."""
        self._worker.wake()

    def stop(self) -> None:
        """Finishes the one under way."""
        self._worker.stop()

    def step(self) -> bool:
        """Tell the next one that is due. False: none is."""
        now = self._clock.now()
        if self._begun != self._asked or (self._again_at is not None and self._again_at <= now):
            self._begin(now)
        if self._due_at is not None and now < self._due_at:
            return False
        self._held = {name: until for name, until in self._held.items() if until > now}
        try:
            if self._routines.run_due(now, self._held):
                return True
        except FiringFailed as failure:
            log.error("routine_failed", routine=failure.key, exc_info=failure)
            self._held[failure.key] = now + RETRY
            return True
        self._due_at = min(self._next(now), self._again_at or now + LOOK, now + LOOK)
        return False

    def _begin(self, now: datetime) -> None:
        """Whoever asks for it meanwhile is served by the next step."""
        asked = self._asked
        all_planned = self._routines.begin(now)
        self._begun = asked
        self._again_at = None if all_planned else now + RETRY
        self._due_at = None

    def seconds_to_next(self) -> float | None:
        """Until the next look."""
        return None if self._due_at is None else (self._due_at - self._clock.now()).total_seconds()

    def _next(self, now: datetime) -> datetime:
        """What is due still failed a moment ago, and waits for its next try."""
        due_at = self._routines.next_at() or now + LOOK
        return due_at if due_at > now else min(self._held.values(), default=now + RETRY)
