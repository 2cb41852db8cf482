"""Events about the same thread are stored in the order of their writing, though many listeners work at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

PATIENCE_SECONDS = 1.0
"""How long one waits for an earlier one that a listener has begun with; then it goes first after all."""


class Arrivals:
    """Those that arrived in this process and are not stored yet. Safe to share between threads."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[str]] = {}
        self._changed = Condition()

    @contextmanager
    def in_turn(self, about: str, at: str) -> Iterator[None]:
        """Enter when no earlier one about the same is on its way; `at` is Slack's time of the event, as a ts."""
        with self._changed:
            self._waiting.setdefault(about, []).append(at)
            self._changed.wait_for(lambda: min(self._waiting[about]) >= at, PATIENCE_SECONDS)
        try:
            yield
        finally:
            self._leave(about, at)

    def _leave(self, about: str, at: str) -> None:
        with self._changed:
            self._waiting[about].remove(at)
            if not self._waiting[about]:
                del self._waiting[about]
            self._changed.notify_all()
