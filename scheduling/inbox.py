"""The inbox: what Slack told us, handled after its acknowledgement, in the order in which it arrived."""

from collections.abc import Callable
from datetime import timedelta

import structlog

from cases.causes import because_of
from cases.errors import NotYet
from cases.meters import UNMETERED, Meter
from cases.ports import Clock, StorageUnavailable, UnitOfWork, UnitsOfWork
from cases.queues import Received

FIRST_PAUSE_SECONDS = 5
LONGEST_PAUSE_SECONDS = 300
NOT_YET_SECONDS = 2

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Inbox:
    """Hands events to `handle`, one at a time. One that fails is put off and the next ones go on."""

    def __init__(
        self, units: UnitsOfWork, handle: Callable[[Received], None], clock: Clock, meter: Meter = UNMETERED
    ) -> None:
        """`handle` marks the event as handled in the transaction of its effects; one without effects need not."""
        self._meter = meter
        self._units = units
        self._handle = handle
        self._clock = clock
        self._failures: dict[str, int] = {}
        self._done: Received | None = None
        """Handled, and not yet marked so: that goes with the taking of the next one."""

    def step(self) -> bool:
        """Handle the oldest event; False: none is waiting."""
        with self._units() as unit:
            self._mark_done(unit)
            event = unit.inbox.next(self._clock.now())
        self._done = None
        if event is None:
            return False
        try:
            with because_of(event.event_id):
                self._handle(event)
                log.info("event_handled")
        except NotYet as reason:
            log.info("event_waits", again_in_seconds=NOT_YET_SECONDS, reason=str(reason))
            self._postpone(event, NOT_YET_SECONDS, reason)
        except Exception as error:
            self._meter.handled(ok=False)
            self._put_off(event, error)
        else:
            self._meter.handled(ok=True)
            self._failures.pop(event.event_id, None)
            self._done = event
        return True

    def finish(self) -> None:
        """After the last step. What can't be marked now is handled once more at the next start."""
        try:
            with self._units() as unit:
                self._mark_done(unit)
        except StorageUnavailable:
            log.warning("event_not_marked", event_id=self._done and self._done.event_id)

    def seconds_to_next(self) -> float | None:
        """Until the next event that was put off; None: none is left."""
        with self._units.reading() as unit:
            ready = unit.inbox.next_ready_at()
        return None if ready is None else (ready - self._clock.now()).total_seconds()

    def _mark_done(self, unit: UnitOfWork) -> None:
        if self._done is not None:
            unit.inbox.handled(self._done.event_id, self._clock.now())

    def _put_off(self, event: Received, error: Exception) -> None:
        failures = self._failures.get(event.event_id, 0)
        self._failures[event.event_id] = failures + 1
        seconds = min(FIRST_PAUSE_SECONDS * 2**failures, LONGEST_PAUSE_SECONDS)
        log.error("event_failed", event_id=event.event_id, again_in_seconds=seconds, exc_info=error)
        self._postpone(event, seconds, error)

    def _postpone(self, event: Received, seconds: float, why: Exception) -> None:
        with self._units() as unit:
            unit.inbox.postpone(event.event_id, self._clock.now() + timedelta(seconds=seconds), repr(why))
