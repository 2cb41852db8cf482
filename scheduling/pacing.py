"""Pacing: what Slack may be asked now. One post a second and one call in flight a channel; `Retry-After` obeyed."""

from collections.abc import Callable
from threading import Lock

POST_SPACING_SECONDS = 1.0
"""Slack, "Rate limits": about one `chat.postMessage` a second a channel."""


class Pacing:
    """Kept in memory, by monotonic seconds. A line is a channel id, or the name of a method that Slack limits."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = Lock()
        self._in_flight: set[str] = set()
        self._closed_until: dict[str, float] = {}

    def take(self, channel: str) -> None:
        """A delivery to this channel begins."""
        with self._lock:
            self._in_flight.add(channel)

    def free(self, channel: str) -> None:
        """The delivery is over, whatever came of it."""
        with self._lock:
            self._in_flight.discard(channel)

    def posted(self, channel: str) -> None:
        """A post was sent, or tried: the next one a second later."""
        self.hold(channel, POST_SPACING_SECONDS)

    def hold(self, line: str, seconds: float) -> None:
        """Nothing on this line for so long; an earlier hold that lasts longer stays."""
        with self._lock:
            until = self._monotonic() + seconds
            self._closed_until[line] = max(until, self._closed_until.get(line, until))

    def seconds_left(self, line: str) -> float:
        """How long the line stays closed; 0: it is open."""
        with self._lock:
            self._forget_the_past()
            return self._closed_until[line] - self._monotonic() if line in self._closed_until else 0.0

    def in_flight(self) -> int:
        """Deliveries under way."""
        with self._lock:
            return len(self._in_flight)

    def busy(self) -> frozenset[str]:
        """Lines on which nothing may begin now."""
        with self._lock:
            self._forget_the_past()
            return frozenset(self._in_flight | self._closed_until.keys())

    def seconds_to_next(self) -> float | None:
        """Until the first closed line opens again; None: none is closed."""
        with self._lock:
            self._forget_the_past()
            return min(self._closed_until.values()) - self._monotonic() if self._closed_until else None

    def _forget_the_past(self) -> None:
        now = self._monotonic()
        self._closed_until = {line: until for line, until in self._closed_until.items() if until > now}
