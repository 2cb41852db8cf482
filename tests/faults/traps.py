"""Traps in the bot's process: at the boundary they are set at, it kills itself with signal 9."""

import os
import signal
import threading
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from bot.settings import Settings
from storage.writes import wrote
from workspace.bot_life import live

DIGEST = "digest_row=CASE"
"""What only the statement has in it that gives alarms their rows in a digest."""
LEASE = "UPDATE outbox SET ready_at"
"""How the statement begins that claims what is to be sent; and one that puts it off, which is as good a place."""


class Boundary(StrEnum):
    """Where the process can die."""

    CLAIMING = "before a claim"
    CLAIMED = "after a claim"
    COMMITTING = "before a commit"
    COMMITTED = "after a commit"
    MERGING = "as a digest is made"


class Trap:
    """A file that names a boundary, and the how many times that it must be come to."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def set(self, boundary: Boundary, times: int) -> None:
        """Whole at once, so that no reader sees half of it."""
        fresh = self._path.with_suffix(".next")
        fresh.write_text(f"{times} {boundary}")
        fresh.replace(self._path)

    def clear(self) -> None:
        """Nothing is deadly any more."""
        self._path.unlink(missing_ok=True)

    def step(self, boundary: Boundary) -> None:
        """Count, and die at the last."""
        try:
            times, _, where = self._path.read_text().partition(" ")
        except FileNotFoundError:
            return
        if where == boundary:
            if times == "1":
                os.kill(os.getpid(), signal.SIGKILL)
            self.set(boundary, int(times) - 1)


class _Traps:
    """Listens to all databases of this process."""

    def __init__(self, trap: Trap) -> None:
        self._trap = trap
        self._lock = threading.Lock()
        self._writing = threading.local()

    def lay(self) -> None:
        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "commit", self._committing)
        event.listen(Engine, "rollback", self._rolled_back)
        event.listen(Session, "after_commit", self._committed)

    def _before(self, connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(LEASE):
            self._writing.claim = True
            self._step(Boundary.CLAIMING)
        if DIGEST in statement:
            self._step(Boundary.MERGING)

    def _committing(self, connection: Connection) -> None:
        self._writing.now = wrote(connection)
        if self._writing.now:
            self._step(Boundary.COMMITTING)

    def _committed(self, _session: Session) -> None:
        if getattr(self._writing, "now", False):
            claimed = getattr(self._writing, "claim", False)
            self._writing.now = self._writing.claim = False
            self._step(Boundary.CLAIMED if claimed else Boundary.COMMITTED)

    def _rolled_back(self, _connection: Connection) -> None:
        self._writing.now = self._writing.claim = False

    def _step(self, boundary: Boundary) -> None:
        with self._lock:
            self._trap.step(boundary)


def live_among_traps(settings: Settings, clock: Path, trap: Path) -> None:
    """A bot's life, in its own process."""
    _Traps(Trap(trap)).lay()
    live(settings, clock)
