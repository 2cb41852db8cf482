"""How time passes in the house: moved by people, one after another, or running by itself."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from cases.instants import utc

TICK_SECONDS = 0.5
"""Of real time, between two steps of a clock that runs."""


class Place(Protocol):
    """Where time passes."""

    def now(self) -> datetime:
        """Aware UTC."""
        ...

    def set_clock(self, now: datetime) -> None:
        """Not backwards; nobody is waited for."""
        ...

    def live_through(self, now: datetime) -> bool:
        """The clock is set to `now`, and what falls due then is waited for; False: in vain, the bot comes late."""
        ...

    def next_stop(self) -> datetime | None:
        """When something falls due next, or did already; None: nothing will, or nobody is there to notice."""
        ...

    def announce(self) -> None:
        """Something is to be seen."""
        ...


class Passage:
    """Stops at everything that falls due on the way, in order. Safe to use from several threads: moves take turns."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._turn = threading.Lock()
        self._halted = threading.Event()
        self._ended = threading.Event()
        self._owed = 0.0
        """Seconds of the story that passed while the clock ran, but no whole one yet."""
        self._thread = threading.Thread(target=self._tick, name="passage", daemon=True)
        self.speed = 0.0
        self.moving_to: datetime | None = None

    def start(self) -> None:
        """The clock runs from now on, as soon as it has a speed."""
        self._thread.start()

    def end(self) -> None:
        """Returns when nothing moves any more; a move under way ends where it is."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()
        with self._turn:
            pass

    def run(self, speed: float) -> None:
        """As `House.run`."""
        if speed < 0:
            raise ValueError(f"time runs forwards, at no speed such as {speed:g}")
        self.speed = speed
        if not speed:
            self._halted.set()
        self._place.announce()

    def go(self, whereto: Callable[[], datetime | None]) -> None:
        """Move to the instant that `whereto` names once it is this move's turn; None, or one that is over: nowhere."""
        with self._turn:
            self._halted.clear()
            at = whereto()
            if at is None or at <= self._place.now():
                return
            self.moving_to = at
            try:
                self._pass(utc(at))
            finally:
                self.moving_to = None
                self._place.announce()

    def _pass(self, at: datetime) -> None:
        in_time = self._place.live_through(self._place.now())
        while in_time and self._goes_on() and (due := self._place.next_stop()) is not None and due <= at:
            in_time = self._place.live_through(max(due, self._place.now()))
        if self._goes_on():
            self._place.live_through(at) if in_time else self._place.set_clock(at)

    def _goes_on(self) -> bool:
        return not self._halted.is_set() and not self._ended.is_set()

    def _tick(self) -> None:
        before = time.monotonic()
        while not self._ended.wait(TICK_SECONDS):
            now = time.monotonic()
            self._run_for(now - before)
            before = now

    def _run_for(self, seconds: float) -> None:
        """Time that somebody is moving meanwhile doesn't run as well."""
        if not self.speed or not self._turn.acquire(blocking=False):
            self._owed = 0.0
            return
        try:
            self._halted.clear()
            self._owed += seconds * self.speed
            whole = int(self._owed)
            self._owed -= whole
            if whole:
                self._pass(self._place.now() + timedelta(seconds=whole))
        finally:
            self._turn.release()
