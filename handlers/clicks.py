"""Clicks in one modal, or reactions to one message, may overtake one another on their way; only the latest counts."""

from threading import Lock


class Clicks:
    """The time of the latest click in each modal lately used, or of each person's latest change of a reaction."""

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
