"""How often Slack is asked for what was missed: some calls at once, then at a pace that leaves room for others."""

from collections.abc import Callable

BURST = 10
SPACING_SECONDS = 1.5
"""Slack allows apps of one's own fifty calls a minute of each method (tier 3)."""
SLOW_SECONDS = 3.0
"""Between two calls of any method, where nothing hurries."""


class Pace:
    """Of calls by method. Used by one thread."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._full_at: dict[str, float] = {}
        """When as many calls as in a burst may be made again."""
        self._held_until: dict[str, float] = {}
        self._last: float | None = None
        self.hurry = True

    def called(self, method: str) -> None:
        """A call is made now."""
        self._last = now = self._seconds()
        self._full_at[method] = max(self._full_at.get(method, now), now) + SPACING_SECONDS

    def hold(self, method: str, seconds: float) -> None:
        """As Slack asks."""
        self._held_until[method] = self._seconds() + seconds

    def seconds_to_next(self, method: str) -> float:
        """Until it may be called; 0: now."""
        now = self._seconds()
        room = self._full_at.get(method, now) - now - (BURST - 1) * SPACING_SECONDS
        slow = self._last + SLOW_SECONDS - now if self._last is not None and not self.hurry else 0.0
        return max(room, self._held_until.get(method, now) - now, slow, 0.0)
