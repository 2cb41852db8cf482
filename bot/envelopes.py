"""Events that Slack sends again while they wait for their answer."""

from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Envelopes(Generic[T]):
    """What each waiting event came in. One that comes again is answered with the first, and waits in no line itself.

    Slack sends again what isn't acknowledged in time: each event that waits would stand in line four times, so that a
    bot that is behind would have ever more to do, and to hold, the further it fell behind.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, list[T]] = {}
        self._lock = Lock()

    def put(self, event: str, envelope: T) -> bool:
        """False: the event waits already, by this id, and this envelope with it."""
        with self._lock:
            those = self._waiting.setdefault(event, [])
            those.append(envelope)
            return len(those) == 1

    def take(self, event: str) -> list[T]:
        """All that it came in so far, oldest first: it is answered now, and waits no more."""
        with self._lock:
            return self._waiting.pop(event, [])
