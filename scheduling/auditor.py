"""The auditor: once a minute, in one of the processes, it looks whether everything that is owed is on its way."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from cases.audit import EVERY
from cases.auditing import Auditing, Outcome
from cases.ports import Clock
from scheduling.worker import Worker

SWEEP_SECONDS = 15.0

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Counts:
    """What this process has audited since it began; they only rise."""

    audits: int = 0
    rounds: int = 0
    """In which every case was looked at."""
    cases: int = 0
    released: int = 0
    """Leases and pauses that were ended."""
    found: Counter[str] = field(default_factory=Counter)
    """By kind of trouble (`cases.troubles.TroubleKind`): of timers, how many were mended."""


class Auditor:
    """Leaves a process that has just begun a minute to take up what it owes."""

    def __init__(
        self,
        auditing: Auditing,
        process: str,
        is_open: Callable[[], bool],
        clock: Clock,
        wake: Callable[[], None],
    ) -> None:
        """`process` names this one among all that share the database; `is_open`: Slack can come in here; `wake`: look
        at everything anew."""
        self.counts = Counts()
        self._auditing = auditing
        self._process = process
        self._is_open = is_open
        self._clock = clock
        self._wake = wake
        self._due_at = clock.now()
        self._looked_at: datetime | None = None
        self._was_open = True
        self._told_closed = False
        self._worker = Worker("auditor", self.step, self.seconds_to_next, SWEEP_SECONDS)

    def start(self) -> None:
        """The first audit is a minute from now."""
        self._due_at = self._clock.now() + EVERY
        self._worker.start()

    def wake(self) -> None:
        """The clock may have been moved. Cheap: it asks the database nothing before it is time."""
        self._worker.wake()

    def stop(self) -> None:
        """Finishes the audit under way."""
        self._worker.stop()

    def step(self) -> bool:
        """This minute's look, if it is time. False: there is no more to do for now."""
        now = self._clock.now()
        if now < self._due_at <= now + 2 * EVERY:
            return False
        self._look_at_door(now)
        outcome = self._auditing.audit(now)
        if outcome is not None:
            self._count(outcome)
        self._due_at = self._auditing.next_at() or now
        return False

    def seconds_to_next(self) -> float:
        """Until the next look."""
        return (self._due_at - self._clock.now()).total_seconds()

    def _look_at_door(self, now: datetime) -> None:
        """A socket that comes back within a minute is nobody's trouble: Slack renews them as it likes."""
        if self._looked_at is not None and timedelta() <= now - self._looked_at < EVERY:
            return
        is_open, self._looked_at = self._is_open(), now
        if not is_open and not self._was_open:
            log.error("door_closed")
            self.counts.found["socket"] += 1
            self._auditing.door(self._process, False, now)
            self._told_closed = True
        elif is_open and self._told_closed:
            self._auditing.door(self._process, True, now)
            self._told_closed = False
        self._was_open = is_open

    def _count(self, outcome: Outcome) -> None:
        counts = self.counts
        counts.audits, counts.rounds = counts.audits + 1, counts.rounds + outcome.rounded
        counts.cases, counts.released = counts.cases + outcome.cases, counts.released + outcome.released
        for finding in outcome.findings:
            counts.found[finding.kind.value] += finding.count
            log.error("audit_found", kind=finding.kind.value, count=finding.count, what=finding.what)
        if outcome.released:
            log.error("audit_released", count=outcome.released)
        # Also what is due for the first time: it is told only if this didn't help.
        self._wake()
