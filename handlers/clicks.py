"""Clicks in one modal, or on one Home, may overtake one another on their way; only the latest counts.

Each process knows of its own. Where two of a person's clicks reach two replicas at once, Slack's hash of the view tells
the second redraw that another came first, and it is drawn over that: what the form shows back may follow from the first
click until the next one. What is submitted is all that the form holds, and is judged anew.
"""

from threading import Lock


class Clicks:
    """The time of the latest click in each modal lately used, and on each person's Home."""

    def __init__(self, limit: int = 1000) -> None:
        self._limit = limit
        self._latest: dict[str, str] = {}
        self._lock = Lock()

    def note(self, view: str, acted_at: str) -> None:
        """A click of this time (Slack's ts) arrived."""
        with self._lock:
            latest = max(acted_at, self._latest.pop(view, ""))
            if len(self._latest) >= self._limit:
                del self._latest[next(iter(self._latest))]
            self._latest[view] = latest

    def is_latest(self, view: str, acted_at: str) -> bool:
        """Whether no later click in this modal has arrived."""
        return acted_at >= self._latest.get(view, "")
