"""Whom Slack shows as away: asked slowly in the background, kept in memory, and forgotten when it is old."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

import structlog
from slack_sdk import WebClient

from cases.messages import SendError, SendRateLimited
from cases.ports import Clock
from handlers.payloads import answer, word
from handlers.slack_errors import as_send_errors

FRESH = timedelta(minutes=5)
"""An older answer is none: whoever isn't known to be away is here."""
AGAIN = timedelta(minutes=2)
"""Between two questions about the same person."""
SPACING_SECONDS = 2.0
"""Slack, `users.getPresence`: Tier 3, about 50 calls a minute."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What Slack said, or that it said nothing."""

    away: bool
    at: datetime
    """When it was asked."""


class SlackPresence:
    """Of the engineers, and of whoever else was asked about. Safe to share between threads."""

    def __init__(
        self, client: WebClient, clock: Clock, engineers: Callable[[], Iterable[str]], monotonic: Callable[[], float]
    ) -> None:
        """`monotonic` (seconds) paces the questions; `clock` tells how old an answer is."""
        self._client = client
        self._clock = clock
        self._engineers = engineers
        self._monotonic = monotonic
        self._seen: dict[str, _Seen] = {}
        self._others: set[str] = set()
        self._open_at = 0.0
        self._lock = Lock()

    def absent(self, users: Collection[str], now: datetime) -> frozenset[str]:
        """Those of them whom Slack showed as away within the last five minutes. Asks nobody."""
        with self._lock:
            self._others.update(users)
            found = {user: self._seen.get(user) for user in users}
        return frozenset(user for user, seen in found.items() if seen and seen.away and now - seen.at <= FRESH)

    def step(self) -> bool:
        """Ask about one person, if it is time; False: there may be more, but not now."""
        user = self._next()
        if user is not None and self._monotonic() >= self._open_at:
            self._open_at = self._monotonic() + SPACING_SECONDS
            self._ask(user)
        return False

    def seconds_to_next(self) -> float | None:
        """Until somebody may be asked about; None: there is nobody."""
        times = [self._due(user) for user in self._people()]
        if not times:
            return None
        return max((min(times) - self._clock.now()).total_seconds(), self._open_at - self._monotonic())

    def _next(self) -> str | None:
        """Whoever was asked about longest ago, if that is long enough."""
        people = self._people()
        first = min(people, key=self._due, default=None)
        return first if first is not None and self._due(first) <= self._clock.now() else None

    def _people(self) -> list[str]:
        engineers = self._engineers()
        with self._lock:
            return sorted({*engineers, *self._others})

    def _due(self, user: str) -> datetime:
        seen = self._seen.get(user)
        return seen.at + AGAIN if seen else datetime.min.replace(tzinfo=self._clock.now().tzinfo)

    def _ask(self, user: str) -> None:
        away, at = False, self._clock.now()
        try:
            with as_send_errors():
                away = word(answer(self._client.users_getPresence(user=user)), "presence") == "away"
        except SendRateLimited as limited:
            self._open_at = self._monotonic() + limited.retry_after_seconds
            return
        except SendError as error:
            log.warning("presence_unknown", kind=type(error).__name__)
        with self._lock:
            self._seen[user] = _Seen(away, at)
