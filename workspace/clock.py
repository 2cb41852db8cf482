"""Clocks that can be moved: in this process, or in another one through a file."""

from datetime import datetime
from pathlib import Path
from threading import Lock

from cases.instants import utc


class MovableClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._lock = Lock()

    def now(self) -> datetime:
        """Aware UTC."""
        with self._lock:
            return self._now

    def move_to(self, now: datetime) -> None:
        """Raises ValueError: a story's time runs forwards."""
        with self._lock:
            if now < self._now:
                raise ValueError(f"{now} is before {self._now}")
            self._now = now


class FileClock:
    """The time that a file says, for a bot in a process of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.fromisoformat(self._path.read_text())

    def set(self, now: datetime) -> None:
        """Replaced as a whole, so that no reader sees half of it."""
        fresh = self._path.with_suffix(".next")
        fresh.write_text(utc(now).isoformat())
        fresh.replace(self._path)
