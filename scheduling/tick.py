"""The tick: fires everything that has fallen due, in order."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

import structlog

from cases.errors import FiringFailed

TOGETHER = 200
"""For so many timers of a run alarms wait for each other."""
BETWEEN = 20
"""While so many more fire, what has gathered is taken to be sent; then the next are gathered."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Tick:
    """Fires due timers one by one, each in its own transaction, until nothing is due."""

    def __init__(
        self, fire: Callable[[datetime], bool], gathering: Callable[[], AbstractContextManager[None]] = nullcontext
    ) -> None:
        """`fire` fires the earliest timer due at the instant given; False: nothing is due.

        It may raise FiringFailed after postponing that one timer. While `gathering` lasts, alarms wait for each other.
        """
        self._fire_next = fire
        self._gathering = gathering

    def run(self, now: datetime) -> int:
        """How many timers fired. One that fails is logged and left to its postponement; the others go on.

        A timer that fails twice in one run was not really postponed: its error is passed on, so that the run ends.
        """
        failed: set[tuple[str, str]] = set()
        fired = 0
        while True:
            with self._gathering():
                gathered = self._fire(now, failed, TOGETHER)
            between = self._fire(now, failed, BETWEEN) if gathered == TOGETHER else 0
            fired += gathered + between
            if between < BETWEEN:
                return fired

    def _fire(self, now: datetime, failed: set[tuple[str, str]], most: int) -> int:
        fired = 0
        while fired < most:
            try:
                if not self._fire_next(now):
                    return fired
                fired += 1
            except FiringFailed as failure:
                if (failure.of, failure.key) in failed:
                    raise
                failed.add((failure.of, failure.key))
                log.error("timer_failed", of=failure.of, timer=failure.key, exc_info=failure)
        return fired
