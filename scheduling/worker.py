"""A thread that works until there is nothing to do, then sleeps until it is woken or the next time it knows of."""

from collections.abc import Callable
from threading import Event, Thread

import structlog

SWEEP_SECONDS = 5.0
"""Looks anyway, in case a wake was ever missed."""
BACK_OFF_SECONDS = 1.0
"""Pause after a step that failed."""
SHORTEST_PAUSE_SECONDS = 0.02
"""Keeps a next time that has just passed from turning the thread into a busy loop."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Worker:
    """Repeats `step` for as long as it answers True. Nothing that a step raises ends the thread."""

    def __init__(
        self,
        name: str,
        step: Callable[[], bool],
        seconds_to_next: Callable[[], float | None],
        sweep_seconds: float = SWEEP_SECONDS,
    ) -> None:
        """`seconds_to_next`: until there may be something again; None: not before a wake.

        It looks every `sweep_seconds` whatever they say.
        """
        self._sweep_seconds = sweep_seconds
        self._step = step
        self._seconds_to_next = seconds_to_next
        self._woken = Event()
        self._stopping = False
        self._thread = Thread(target=self._work, name=name, daemon=True)

    def start(self) -> None:
        """Begins to work at once."""
        self._thread.start()

    def wake(self) -> None:
        """There may be something to do. Cheap, from any thread."""
        self._woken.set()

    def halt(self) -> None:
        """Begins nothing more. Cheap, from any thread."""
        self._stopping = True
        self._woken.set()

    def stop(self) -> None:
        """Returns when the step under way is done."""
        self.halt()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while not self._stopping:
            self._woken.clear()
            pause = self._until_quiet()
            if not self._stopping:
                self._woken.wait(pause)

    def _until_quiet(self) -> float:
        """Seconds to sleep now."""
        try:
            while not self._stopping and self._step():
                pass
            seconds = self._seconds_to_next()
        except Exception:
            log.exception("step_failed", worker=self._thread.name)
            return BACK_OFF_SECONDS
        if seconds is None:
            return self._sweep_seconds
        return min(max(seconds, SHORTEST_PAUSE_SECONDS), self._sweep_seconds)
