"""Routines: what is told by itself at set times, such as a report; each time once, whichever process is at it.

When a routine is due next is a row. What it tells is worked out before the transaction that moves that row on, since it
may take a while; only who moves it tells it, and its says bear the time in their keys.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from cases.due_stores import RoutineStore
from cases.errors import FiringFailed, ZoneUnknown
from cases.ports import UnitsOfWork
from cases.says import Say


class Routine(Protocol):
    """Something that is told at set times."""

    @property
    def name(self) -> str:
        """Unique, and the same for ever."""
        ...

    def next_at(self, after: datetime) -> datetime | None:
        """The first of its times after that instant, UTC; None: there is none. It may ask Slack for a zone, so it is
        asked outside of transactions.

        Raises:
            ZoneUnknown: Slack doesn't answer.
        """
        ...

    def says(self, due_at: datetime, now: datetime) -> Iterable[Say]:
        """What is told of the time `due_at`, `now` perhaps much later; nothing where there is nothing to tell. Raises
        as `next_at`."""
        ...


class Routines:
    """All of them."""

    def __init__(self, units: UnitsOfWork, found: Callable[[], Iterable[Routine]]) -> None:
        """`found`: which there are, as settings and policies stand; asked at each `begin`."""
        self._units = units
        self._found = found
        self._routines: Mapping[str, Routine] = {}

    def begin(self, now: datetime) -> bool:
        """At the start of a process, and when policies are others: one that is new begins with its next time, one that
        was missed stays due, and what is to come goes by what is set now.

        False: of some the next time can't be told, since nobody knows by which clock it goes. What is planned of them
        stays; begin again in a while.
        """
        self._routines = {routine.name: routine for routine in self._found()}
        following: dict[str, datetime | None] = {}
        for name, routine in self._routines.items():
            with suppress(ZoneUnknown):
                following[name] = routine.next_at(now)
        with self._units() as uow:
            planned = uow.routines.all()
            for name in planned.keys() - self._routines.keys():
                uow.routines.drop(name)
            for name, at in following.items():
                if name not in planned or planned[name] > now:
                    _plan(uow.routines, name, at)
        return len(following) == len(self._routines)

    def next_at(self) -> datetime | None:
        """When the next one is due; None: none is to come."""
        return min(self._due().values(), default=None)

    def run_due(self, now: datetime, held: Collection[str] = ()) -> bool:
        """Tell the one that is due longest; of several of its times behind, only the latest. False: none is due but
        those that are `held` back, by name.

        Raises:
            FiringFailed: this one failed and is due as before; the others can go on.
        """
        due = {name: at for name, at in self._due().items() if at <= now and name not in held}
        if not due:
            return False
        name = min(due, key=lambda each: (due[each], each))
        try:
            self._tell(self._routines[name], due[name], now)
        except Exception as error:
            raise FiringFailed("routine", name, error) from error
        return True

    def _tell(self, routine: Routine, due_at: datetime, now: datetime) -> None:
        says, following = tuple(routine.says(_latest(routine, due_at, now), now)), routine.next_at(now)
        with self._units() as uow:
            if uow.routines.move(routine.name, due_at, following):
                for say in says:
                    uow.outbox.add(say)

    def _due(self) -> dict[str, datetime]:
        with self._units.reading() as uow:
            return {name: at for name, at in uow.routines.all().items() if name in self._routines}


def _plan(store: RoutineStore, name: str, at: datetime | None) -> None:
    if at is None:
        store.drop(name)
    else:
        store.put(name, at)


def _latest(routine: Routine, due_at: datetime, now: datetime) -> datetime:
    """Of its times from then on the last one that has passed."""
    following = routine.next_at(due_at)
    while following is not None and following <= now:
        due_at, following = following, routine.next_at(following)
    return due_at
