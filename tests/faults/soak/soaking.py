"""The soak itself: people and trouble at once, a look at memory now and then, a line each minute."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from random import Random
from threading import Event

from sqlalchemy import func, select

from cases.case import Case
from cases.ports import StorageUnavailable
from storage.base import SayState
from storage.queue_tables import InboxRow, OutboxRow
from tests.faults.replicas import HOUR, Replicas, now
from tests.faults.soak.memory import Memory
from tests.faults.soak.people import People
from tests.faults.soak.trouble import Trouble

RATE = 20
"""Events a second."""
OPEN_EVERY_SECONDS = 20
LOOK_EVERY_SECONDS = 5
QUIET_SECONDS = 1200
"""By then all is handled and said, also where the machine was too busy to keep up."""

STOP = timedelta(seconds=3)


class Soak:
    """Bots that run already; the first of them lives throughout."""

    def __init__(self, house: Replicas, channels: Sequence[str], dice: Random) -> None:
        self.people = People(house, channels, dice)
        self.trouble = Trouble(house, dice)
        self.memory = Memory(house.alive[0].pid)
        self.ticking: list[Case] = []
        """Cases that nobody touches: their rungs fall."""
        self.behind_seconds = 0.0
        """Age of the oldest event that waited, at the worst."""
        self._house, self._channels, self._dice = house, channels, dice
        self._began = time.monotonic()

    def go_on(self, minutes: float) -> None:
        """For so long, until all is said and the bots have stopped."""
        enough, elder = Event(), self._house.alive[0]
        self._began = time.monotonic()
        with ThreadPoolExecutor(2) as pool:
            others = [
                pool.submit(self.trouble.go_on, enough, self._seconds),
                pool.submit(self._open_cases, enough),
            ]
            try:
                for number in range(round(minutes * 60 * RATE)):
                    if any(each.done() for each in others):
                        break
                    self._tick(number)
            finally:
                enough.set()
            for each in others:
                each.result()
        self.people.rest()
        self._house.slack.faults.clear()
        self._tell()
        self._house.until(self._is_at_rest, QUIET_SECONDS)
        assert self._house.alive[0] is elder
        self._house.stop()

    def _tick(self, number: int) -> None:
        """An event at its time, or at once where it is late."""
        time.sleep(max(0.0, number / RATE - self._seconds()))
        if number % (LOOK_EVERY_SECONDS * RATE) == 0:
            self._look()
        if number % (60 * RATE) == 0:
            self._tell()
        self.people.act()

    def _open_cases(self, enough: Event) -> None:
        """Again and again one that ticks and two that people work on; later where SQLite is taken all the time."""
        while True:
            with self.trouble.database_is_up, suppress(StorageUnavailable):
                self._open()
            if enough.wait(OPEN_EVERY_SECONDS):
                break

    def _open(self) -> None:
        soon = timedelta(seconds=self._dice.uniform(0, OPEN_EVERY_SECONDS))
        channels = self._dice.sample(self._channels, len(self._channels))
        ticking, *others = self._house.open_cases([now() + soon, now() + 3 * HOUR, now() + 3 * HOUR], channels)
        self.ticking.append(ticking)
        self.people.meet(others)

    def _look(self) -> None:
        self.memory.look(self._seconds())
        waiting = select(func.min(InboxRow.received_at)).where(InboxRow.handled_at.is_(None))
        with self.trouble.database_is_up, self._house.engine.connect() as connection:
            oldest = connection.scalar(waiting)
        if oldest is not None:
            self.behind_seconds = max(self.behind_seconds, (now() - oldest).total_seconds())

    def _tell(self) -> None:
        handled = select(func.count()).where(InboxRow.handled_at.is_not(None))
        sent = select(func.count()).where(OutboxRow.state == SayState.SENT)
        with self.trouble.database_is_up, self._house.engine.connect() as connection:
            counts = [connection.scalar(each) for each in (handled, sent)]
        mib = self.memory.look(self._seconds())
        broken = ", ".join(f"{what} {times}" for what, times in self.trouble.made.items())
        done = f"{self.people.done.total():,} events, {counts[0]:,} handled, {counts[1]:,} sent"
        print(f"{self._seconds() / 60:5.1f} min  {done}, {mib:.1f} MiB; {broken or 'no trouble yet'}", flush=True)

    def _is_at_rest(self) -> bool:
        """Nothing is under way, and no clock falls due before the bots are told to stop."""
        with self._house.units.reading() as uow:
            due = uow.timers.next_due_at()
        return self._house.is_quiet() and (due is None or due > now() + STOP)

    def _seconds(self) -> float:
        return time.monotonic() - self._began
