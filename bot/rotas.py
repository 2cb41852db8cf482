"""Who is on duty, as the operator's rotas say: read again every few minutes, and asked without waiting for anybody."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog

from bot.rota_file import RotaModel, Rotas
from cases.change import Places
from cases.ports import Clock, UnitsOfWork
from cases.rota import LATE_BY, Shift, ShiftChange, edges, last_change, on_duty, weekly_edges, weekly_on_duty
from cases.shift_notes import ShiftNotes
from cases.troubles import Trouble, TroubleKind, begins, ends
from outside.calendars import Calendar, Unreadable

AGAIN = timedelta(minutes=5)

log: structlog.stdlib.BoundLogger = structlog.get_logger("bot")


class Duties:
    """See `cases.rota.Rota`."""

    def __init__(
        self, rotas: Rotas, folder: Path, units: UnitsOfWork, places: Callable[[], Places], clock: Clock
    ) -> None:
        """`places`: where the team's channels are now."""
        self._rotas = rotas
        self._folder = folder
        self._units = units
        self._places = places
        self._clock = clock
        self._calendars: Mapping[str, Calendar] = {}
        self._of: Rotas | None = None
        """Whose calendars those are."""
        self._shifts: Mapping[str, tuple[Shift, ...]] = {}
        self._next: datetime | None = None

    def __call__(self, program: str, now: datetime) -> tuple[str, ...]:
        """Nobody where there is no rota, in its gaps, and while its calendar can't be read."""
        rota = self._rotas.get(program)
        if rota is None:
            return ()
        if rota.group:
            return (rota.group,)
        return on_duty(self._shifts.get(program, ()), now) if rota.calendar else weekly_on_duty(rota.weekly, now)

    def on_group(self, group: str) -> tuple[str, ...]:
        """Ids of the programs whose rota is this user group of Slack's."""
        return tuple(program for program, rota in self._rotas.items() if rota.group == group)

    def exchange(self, rotas: Rotas) -> None:
        """From now on these. Safe from any thread; calendars are read at the next step, until then as they were."""
        if rotas != self._rotas:
            self._rotas = rotas

    def changes(self, now: datetime) -> Iterator[tuple[str, ShiftChange]]:
        """The latest change of shift of each program within the last hour."""
        for program, rota in self._rotas.items():
            since, shifts = now - LATE_BY, self._shifts.get(program, ())
            at = edges(shifts, since, now) if rota.calendar else weekly_edges(rota.weekly, since, now)
            change = last_change(at, partial(self, program))
            if change is not None:
                yield program, change

    def step(self) -> bool:
        """Read the calendars, if it is time; False: there is nothing more to do now."""
        now = self._clock.now()
        is_new = self._take()
        if not is_new and (not self._calendars or (self._next is not None and now < self._next <= now + AGAIN)):
            return False
        read: dict[str, tuple[Shift, ...]] = {}
        wrong: dict[str, str] = {}
        for program, calendar in self._calendars.items():
            try:
                read[program] = calendar.shifts(now)
            except Unreadable as error:
                wrong[program] = str(error)
                log.warning("rota_unreadable", program=program, reason=str(error))
        self._shifts, self._next = read, now + AGAIN
        with self._units() as unit:
            for program in wrong:
                begins(unit, self._places(), Trouble(TroubleKind.ROTA, now, program, wrong[program]))
            for lasting in unit.troubles.all():
                if lasting.trouble.kind is TroubleKind.ROTA and lasting.trouble.about not in wrong:
                    ends(unit, self._places(), lasting.trouble.key, now)
        return False

    def _take(self) -> bool:
        """The calendars of rotas that were exchanged; False: they are those that were there."""
        rotas = self._rotas
        if rotas is self._of:
            return False
        self._calendars = {program: calendar_of(rota, self._folder) for program, rota in rotas.items() if rota.calendar}
        self._of = rotas
        return True

    def seconds_to_next(self) -> float | None:
        """Until the calendars are read again."""
        return None if self._next is None else (self._next - self._clock.now()).total_seconds()


class ShiftWatch:
    """A worker's step: reads the rotas anew, and has each change of shift told, once."""

    def __init__(self, duties: Duties, notes: ShiftNotes, clock: Clock) -> None:
        self._duties = duties
        self._notes = notes
        self._clock = clock
        self._told: dict[str, datetime] = {}
        """By program; the database knows it too, and for ever."""

    def step(self) -> bool:
        """False: there is nothing more to do now."""
        self._duties.step()
        now = self._clock.now()
        for program, change in self._duties.changes(now):
            if self._told.get(program) != change.at:
                self._notes.tell(program, change)
                self._told[program] = change.at
        return False


def calendar_of(rota: RotaModel, folder: Path) -> Calendar:
    """Of a rota that goes by one. `folder`: that of the rota's file."""
    place = rota.calendar or ""
    where = place if place.startswith(("http://", "https://")) else str(folder / place)
    return Calendar(where, rota.zone, {name.lower(): id for name, id in rota.people.items()})
