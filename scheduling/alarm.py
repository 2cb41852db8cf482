"""The alarm: APScheduler set to the earliest due timer, and set anew after each commit."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Lock

import structlog
from apscheduler.job import Job
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from cases.ports import Clock

SWEEP_SECONDS = 15.0
"""Looks anyway, in case a wake was ever missed."""
RETRY_SECONDS = 2.0
"""Pause after a failure, or where something is due that could not be fired: another process may hold its row."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Alarm:
    """Runs the tick when the earliest timer falls due. Jobs live in memory; what is owed is kept in rows."""

    def __init__(
        self,
        run: Callable[[datetime], int],
        next_due_at: Callable[[], datetime | None],
        clock: Clock,
        wall: Clock,
        sweep_seconds: float = SWEEP_SECONDS,
    ) -> None:
        """`run` fires all that is due and says how many. `clock` rules the timers and may be moved; `wall` is the
        machine's own time, which APScheduler goes by. It looks every `sweep_seconds` whether woken or not."""
        self._sweep_seconds = sweep_seconds
        self._run = run
        self._next_due_at = next_due_at
        self._clock = clock
        self._wall = wall
        self._gate = Lock()
        self._turn = Lock()
        self._look_is_coming = False
        self._stopped = False
        self._armed: Job | None = None
        self.looked_at: datetime | None = None
        """When it last looked and was done with all that was due, by `wall`; None: never yet."""
        self._scheduler = BackgroundScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def start(self) -> None:
        """Fires at once what fell due while the process was away."""
        self._scheduler.add_job(self.wake, "interval", seconds=self._sweep_seconds)
        self._scheduler.start()
        self.wake()

    def wake(self) -> None:
        """Look at the timers anew: after each commit, and after the clock was moved. Cheap, from any thread."""
        with self._gate:
            if self._look_is_coming or self._stopped:
                return
            self._look_is_coming = True
        self._scheduler.add_job(self._look)

    def stop(self) -> None:
        """Returns when the run under way is done; what falls due later waits for the next start."""
        with self._gate:
            self._stopped = True
        if not self._scheduler.running:
            return
        # Paused and emptied first: shut down while it takes up a job, APScheduler's thread dies of a JobLookupError.
        self._scheduler.pause()
        with self._turn:
            self._scheduler.remove_all_jobs()
        self._scheduler.shutdown()

    def _look(self) -> None:
        with self._turn:
            # Lowered before reading: a commit after this line brings another look, so none is overlooked.
            self._look_is_coming = False
            if self._stopped:
                return
            try:
                seconds = self._fire_and_measure()
                self.looked_at = self._wall.now()
            except Exception:
                log.exception("tick_failed")
                seconds = RETRY_SECONDS
            if seconds is not None:
                self._arm(seconds)

    def _fire_and_measure(self) -> float | None:
        """Seconds until the next look after firing what is due; None: nothing is planned."""
        due, fired = self._next_due_at(), 0
        if due is not None and due <= self._clock.now():
            fired = self._run(self._clock.now())
            due = self._next_due_at()
        if due is None:
            return None
        seconds = (due - self._clock.now()).total_seconds()
        return seconds if seconds > 0 or fired else RETRY_SECONDS

    def _arm(self, seconds: float) -> None:
        # A new job each time rather than one moved: a job armed while it runs would be skipped as its own second run.
        if self._armed is not None:
            with suppress(JobLookupError):
                self._armed.remove()
        at = self._wall.now() + timedelta(seconds=seconds)
        self._armed = self._scheduler.add_job(self._look, "date", run_date=at)
