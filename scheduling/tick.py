"""The tick: fires everything that has fallen due, in order."""

from collections.abc import Callable
from datetime import datetime

import structlog

from cases.errors import FiringFailed

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Tick:
    """Fires due timers one by one, each in its own transaction, until nothing is due."""

    def __init__(self, fire: Callable[[datetime], bool]) -> None:
        """`fire` fires the earliest timer due at the instant given; False: nothing is due.

        It may raise FiringFailed after postponing that one timer.
        """
        self._fire = fire

    def run(self, now: datetime) -> int:
        """How many timers fired. One that fails is logged and left to its postponement; the others go on.

        A timer that fails twice in one run was not really postponed: its error is passed on, so that the run ends.
        """
        fired = 0
        failed: set[tuple[str, str]] = set()
        while True:
            try:
                if not self._fire(now):
                    return fired
                fired += 1
            except FiringFailed as failure:
                if (failure.of, failure.key) in failed:
                    raise
                failed.add((failure.of, failure.key))
                log.error("timer_failed", of=failure.of, timer=failure.key, exc_info=failure)
