"""Answers of Slack kept for a while, and kept longer where Slack can't be reached."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Generic, TypeVar

from slack_sdk.errors import SlackClientError

from cases.errors import CaseclockError
from cases.ports import Clock

K = TypeVar("K")
V = TypeVar("V")

AGAIN_AFTER_SECONDS = 30


class Unreachable(CaseclockError):
    """Slack did not answer a question that nothing can be done without; worth another try."""

    def __init__(self) -> None:
        super().__init__("Slack didn't answer when I asked who you are, so nothing was done. Please try once more.")


@dataclass(frozen=True, slots=True)
class _Kept(Generic[V]):
    value: V
    until: datetime


class Remembered(Generic[K, V]):
    """Looks something up by key, at most once in `seconds`. Safe to share between threads.

    Each replica keeps its own, so they may differ for that long.

    Where a look-up fails the last answer stands, and Slack is left alone for 30 s.
    """

    def __init__(self, look_up: Callable[[K], V], clock: Clock, seconds: float, limit: int = 5000) -> None:
        """`limit` is how many answers are kept; beyond it all are forgotten and asked for anew."""
        self._look_up = look_up
        self._clock = clock
        self._seconds = seconds
        self._limit = limit
        self._kept: dict[K, _Kept[V]] = {}
        self._failing: dict[K, datetime] = {}

    def get(self, key: K) -> V:
        """The answer, as it is or as it last was.

        Raises:
            Unreachable: Slack didn't answer, and nothing is known from before.
        """
        now, kept = self._clock.now(), self._kept.get(key)
        if kept is not None and now < kept.until:
            return kept.value
        if kept is None and now < self._failing.get(key, now):
            raise Unreachable
        try:
            return self._keep(key, self._look_up(key), now + timedelta(seconds=self._seconds))
        except (SlackClientError, HTTPException, OSError) as error:
            again = now + timedelta(seconds=AGAIN_AFTER_SECONDS)
            if kept is not None:
                return self._keep(key, kept.value, again)
            self._failing[key] = again
            raise Unreachable from error

    def anew(self, key: K) -> V:
        """Looked up now, whatever is known. Raises what looking it up raises."""
        return self._keep(key, self._look_up(key), self._clock.now() + timedelta(seconds=self._seconds))

    def forget(self, key: K) -> None:
        """The next one to ask is given a new answer."""
        self._kept.pop(key, None)

    def last(self, key: K) -> V | None:
        """The last answer, without asking."""
        kept = self._kept.get(key)
        return kept.value if kept is not None else None

    def _keep(self, key: K, value: V, until: datetime) -> V:
        if len(self._kept) >= self._limit:
            self._kept.clear()
            self._failing.clear()
        self._kept[key] = _Kept(value, until)
        return value
