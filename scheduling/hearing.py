"""Whether Slack is heard: what was missed is read in history, and an ear that only seems to hear is found out."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from cases.instants import iso
from cases.ports import Clock, UnitsOfWork

NOTE_SECONDS = 10.0
"""How often it is written down that Slack is heard."""
QUIET_SECONDS = 30.0
"""With nothing heard for so long, somebody looks whether there was something to hear."""
LOOK_SECONDS = 60.0
"""Between the beginnings of two such looks, whichever process takes them."""
ON_ITS_WAY_SECONDS = 3.0
"""What a look found may be coming in just now: only after so long a silence is a sign."""
STEP_SECONDS = 1.0

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Ear(Protocol):
    """Where Slack comes in. See `bot.doors.Door`."""

    def is_open(self) -> bool: ...

    @property
    def doubts(self) -> int: ...

    @property
    def quiet_seconds(self) -> float: ...

    def renew(self) -> None: ...


class Reader(Protocol):
    """Reads history, a call at a time. See `handlers.catch_up.CatchUp`."""

    found: int

    def begin(self, since: datetime, began: datetime, hurry: bool = True) -> None: ...

    def stop(self) -> None: ...

    @property
    def is_done(self) -> bool: ...

    def step(self) -> bool: ...

    def seconds_to_next(self) -> float: ...


class Hearing:
    """A worker's step, and the time to the next."""

    def __init__(
        self,
        units: UnitsOfWork,
        ear: Ear,
        reader: Reader,
        clock: Clock,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`seconds` never jump."""
        self._units = units
        self._ear = ear
        self._reader = reader
        self._clock = clock
        self._seconds = seconds
        self._doubts: int | None = None
        """Of the ear, as far as they are settled; None: since the start."""
        self._since: datetime | None = None
        """History is being read from then on; None: nothing is known to be missed."""
        self._looking_since: datetime | None = None
        """A look is being taken, for what was written since."""
        self._suspected_at: float | None = None
        """How long it had been quiet when a look found something."""
        self._noted_at: float | None = None

    def step(self) -> bool:
        """Read a page, if one may be read now; False: not before `seconds_to_next`."""
        if not self._ear.is_open():
            return False
        if self._ear.doubts != self._doubts:
            self._catch_up()
        self._note()
        if self._since is None:
            self._watch()
        if self._since is None and self._looking_since is None:
            return False
        went_on = self._reader.step()
        if self._looking_since is not None and self._reader.found and self._suspected_at is None:
            self._suspected_at = self._ear.quiet_seconds
        if self._reader.is_done:
            self._finish()
        return went_on

    def seconds_to_next(self) -> float:
        """Until the next step."""
        reading = self._since is not None or self._looking_since is not None
        return min(self._reader.seconds_to_next(), STEP_SECONDS) if reading else STEP_SECONDS

    def _catch_up(self) -> None:
        """From when Slack was heard last; where that is still owed, from the time of an earlier silence."""
        doubts, now = self._ear.doubts, self._clock.now()
        with self._units() as unit:
            heard = unit.hearing.get()
            if heard is None:
                unit.hearing.heard(now)
            else:
                self._since = heard.missed_since(now)
                unit.hearing.owe(self._since)
        if heard is not None and self._since is not None:
            self._look_no_more()
            self._reader.begin(self._since, heard.began)
        self._doubts = doubts

    def _note(self) -> None:
        now = self._seconds()
        if self._noted_at is None or now - self._noted_at >= NOTE_SECONDS:
            with self._units() as unit:
                unit.hearing.heard(self._clock.now())
            self._noted_at = now

    def _finish(self) -> None:
        if self._since is not None:
            with self._units() as unit:
                unit.hearing.read(self._since)
            log.info("caught_up", since=iso(self._since), found=self._reader.found)
            self._since = None
        elif self._suspected_at is None:
            self._looking_since = None

    def _watch(self) -> None:
        """In a long silence: look, and find out whether it was one."""
        quiet = self._ear.quiet_seconds
        if quiet < QUIET_SECONDS:
            self._look_no_more()
        elif self._looking_since is None:
            self._look(timedelta(seconds=quiet))
        elif self._suspected_at is not None and quiet >= self._suspected_at + ON_ITS_WAY_SECONDS:
            self._deaf(self._looking_since)

    def _look(self, quiet: timedelta) -> None:
        now = self._clock.now()
        with self._units() as unit:
            heard = unit.hearing.get()
            turn = unit.hearing.look(now, now - timedelta(seconds=LOOK_SECONDS))
        if heard is not None and turn:
            self._looking_since = now - quiet
            self._reader.begin(self._looking_since, heard.began, hurry=False)

    def _look_no_more(self) -> None:
        if self._looking_since is not None:
            self._reader.stop()
        self._looking_since = self._suspected_at = None

    def _deaf(self, since: datetime) -> None:
        log.error("deaf", quiet_seconds=round(self._ear.quiet_seconds), found=self._reader.found)
        with self._units() as unit:
            unit.hearing.owe(since)
        self._look_no_more()
        self._ear.renew()
        self._doubts = None
