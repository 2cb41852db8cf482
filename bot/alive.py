"""A dead man's switch: an address that is called each minute while all is well, and that raises the alarm when it isn't
called any more.
"""

import urllib.request
from collections.abc import Callable, Sequence
from datetime import timedelta
from http.client import HTTPException

import structlog

from bot.health import Check
from cases.ports import Clock

EVERY = timedelta(minutes=1)
SECONDS = 10
"""Until an answer is given up."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Alive:
    """A worker's step. The address is a secret as it may hold a key: it is written down nowhere."""

    def __init__(
        self, address: str, checks: Sequence[tuple[str, Check]], clock: Clock, call: Callable[[str], None] | None = None
    ) -> None:
        """`checks` say what is wrong; while one does, nobody is called. A bot that has just begun has a minute before
        the first."""
        self._address = address
        self._checks = checks
        self._clock = clock
        self._call = call or _get
        self._next = clock.now() + EVERY

    def step(self) -> bool:
        """False: done for this minute."""
        now = self._clock.now()
        if now < self._next <= now + EVERY:
            return False
        self._next = now + EVERY
        wrong = [name for name, check in self._checks if _is_wrong(check)]
        if wrong:
            log.error("not_well", what=wrong)
            return False
        try:
            self._call(self._address)
        except (OSError, HTTPException, ValueError) as error:
            log.warning("ping_failed", kind=type(error).__name__)
        return False

    def seconds_to_next(self) -> float:
        """Until the next minute."""
        return (self._next - self._clock.now()).total_seconds()


def _is_wrong(check: Check) -> bool:
    try:
        return bool(check())
    except Exception:
        return True


def _get(address: str) -> None:
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 - https or http, as the settings check
        answer.read(1_000)
