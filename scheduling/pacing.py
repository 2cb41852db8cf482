"""Pacing: what Slack may be asked now. One post a second and one call in flight a channel; `Retry-After` obeyed."""

from collections.abc import Callable, Collection, Mapping
from threading import Lock

POST_SPACING_SECONDS = 1.0
"""Slack, "Rate limits": about one `chat.postMessage` a second a channel."""


class Pacing:
    """Kept in memory, so that few questions go to the database. A line is a channel id, or the name of a method that
    Slack limits. What other processes closed is learned before letters are taken, and what was closed here is told
    with the end of each letter's lease: so a channel's second and its `Retry-After` hold for all of them.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        """`seconds` never jump, and are the same for all processes that share a database."""
        self._seconds = seconds
        self._lock = Lock()
        self._in_flight: set[str] = set()
        self._closed: set[str] = set()
        self._closed_until: dict[str, float] = {}

    def now(self) -> float:
        """The moment, in the seconds that lines are closed and open by."""
        return self._seconds()

    def take(self, channel: str) -> None:
        """A delivery to this channel begins."""
        with self._lock:
            self._in_flight.add(channel)

    def free(self, channel: str) -> None:
        """The delivery is over, whatever came of it."""
        with self._lock:
            self._in_flight.discard(channel)

    def close(self, line: str) -> None:
        """Nothing on this line until `open`, which whoever closed it calls."""
        with self._lock:
            self._closed.add(line)

    def open(self, line: str) -> None:
        """As it was before it was closed."""
        with self._lock:
            self._closed.discard(line)

    def posted(self, channel: str) -> None:
        """A post was sent, or tried: the next one a second later."""
        self.hold(channel, POST_SPACING_SECONDS)

    def hold(self, line: str, seconds: float) -> None:
        """Nothing on this line for so long; an earlier hold that lasts longer stays."""
        with self._lock:
            self._close(line, self._seconds() + seconds)

    def learn(self, closed: Mapping[str, float]) -> None:
        """Lines that another process closed, and when they open."""
        with self._lock:
            for line, until in closed.items():
                self._close(line, until)

    def to_tell(self, channels: Collection[str]) -> Mapping[str, float]:
        """What others must know of before they send to these channels: their own lines, and those of methods."""
        with self._lock:
            self._forget_the_past()
            # A method's name has a point in it, a channel's id has none.
            return {line: until for line, until in self._closed_until.items() if line in channels or "." in line}

    def seconds_left(self, line: str) -> float:
        """How long the line stays closed; 0: it is open."""
        with self._lock:
            self._forget_the_past()
            return self._closed_until[line] - self._seconds() if line in self._closed_until else 0.0

    def in_flight(self) -> int:
        """Deliveries under way."""
        with self._lock:
            return len(self._in_flight)

    def busy(self) -> frozenset[str]:
        """Lines on which nothing may begin now."""
        with self._lock:
            self._forget_the_past()
            return frozenset(self._in_flight | self._closed | self._closed_until.keys())

    def seconds_to_next(self) -> float | None:
        """Until the first closed line opens again; None: none is closed."""
        with self._lock:
            self._forget_the_past()
            return min(self._closed_until.values()) - self._seconds() if self._closed_until else None

    def _close(self, line: str, until: float) -> None:
        self._closed_until[line] = max(until, self._closed_until.get(line, until))

    def _forget_the_past(self) -> None:
        now = self._seconds()
        self._closed_until = {line: until for line, until in self._closed_until.items() if until > now}
