"""What is worth counting while the bot works: the door to whoever counts it."""

from typing import Protocol


class Meter(Protocol):
    """Told in passing, from any thread; never raises, and asks nobody anything."""

    def answered(self, request: str, seconds: float, *, ok: bool) -> None:
        """A request of Slack's (`events_api`, `interactive`, `slash_commands`), so long after it came in."""
        ...

    def handled(self, *, ok: bool) -> None:
        """An event of the inbox was worked off; False: it has to be tried again."""
        ...

    def fired(self, late_seconds: float) -> None:
        """A timer or a reminder fired, so long after it was due."""
        ...

    def sent(self, result: str) -> None:
        """One try to say something: `sent`, `later` (tried again), `waits` (for another message) or `refused`."""
        ...

    def limited(self, line: str) -> None:
        """Slack asked for a pause: in a channel, by its id, or of a method."""
        ...


class Unmetered:
    """Nobody counts."""

    def answered(self, request: str, seconds: float, *, ok: bool) -> None: ...

    def handled(self, *, ok: bool) -> None: ...

    def fired(self, late_seconds: float) -> None: ...

    def sent(self, result: str) -> None: ...

    def limited(self, line: str) -> None: ...


UNMETERED = Unmetered()
