"""What time does to cases: due timers fire, one transaction each."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from cases.assigning import by_the_rung, day_over
from cases.case import Case
from cases.causes import because_of
from cases.committing import checked
from cases.errors import FiringFailed
from cases.escalating import escalated
from cases.leasing import leased
from cases.meters import UNMETERED, Meter
from cases.naming import named_nobody
from cases.ports import UnitOfWork
from cases.presence import here, without
from cases.regions import called
from cases.room import Room
from cases.rota import asked_of
from cases.says import Say, SayKind
from cases.solving import closed
from cases.telling import card_updates, redrawn
from cases.timers import Timer, TimerKind, planned_timers
from cases.waiting import waited

RETRY_AFTER_SECONDS = 30
WAITS = frozenset({TimerKind.WAIT_REMINDER, TimerKind.OFFER_CLOSE})
LEASES = frozenset({TimerKind.LEASE_ASK, TimerKind.LEASE_QUEUE, TimerKind.NOBODY})


class Timekeeping:
    """The tick's side of the core."""

    def __init__(self, room: Room, meter: Meter = UNMETERED) -> None:
        self._room = room
        self._meter = meter

    def fire_next(self, now: datetime) -> bool:
        """Fire the earliest due timer, in one transaction with all that follows from it; False: nothing is due.

        Raises:
            FiringFailed: this one failed and was postponed by 30 s; the others can go on.
        """
        managers = self._room.duty.managers()
        due: tuple[int, Timer] | None = None
        try:
            with self._room.units() as uow:
                due = uow.timers.claim_due(now)
                if due is not None:
                    with because_of(f"timer:C-{due[0]}:{due[1].key}"):
                        self._fire(uow, uow.cases.get(due[0]), due[1], managers, now)
        except Exception as error:
            if due is None:
                raise
            with self._room.units() as uow:
                uow.timers.postpone(due[0], due[1].key, now + timedelta(seconds=RETRY_AFTER_SECONDS))
            raise FiringFailed(f"C-{due[0]}", due[1].key, error) from error
        if due is not None:
            self._meter.fired((now - due[1].due_at).total_seconds())
        return due is not None

    def _fire(self, uow: UnitOfWork, case: Case, timer: Timer, managers: tuple[str, ...], now: datetime) -> None:
        places = self._room.places
        if timer.kind in {TimerKind.RUNG, TimerKind.REPEAT}:
            own = uow.accounts.managers(case.account)
            away = uow.away.people(now)
            change = escalated(case, self._room.calendar(case), places, here(own or managers, away), now)
            change = by_the_rung(change, places, now)
            shown = (*card_updates(case, places), *redrawn(uow.outbox.said(case.number, SayKind.ASSIGNED), case))
            change = replace(change, says=(*self._called(change.says, away, case, now), *shown))
        elif timer.kind in WAITS | LEASES:
            calendar = self._room.calendar(case)
            change = waited(case, calendar, now) if timer.kind in WAITS else leased(case, calendar, places, now)
            change = replace(change, says=self._called(change.says, uow.away.people(now), case, now))
        elif timer.kind is TimerKind.RELEASE:
            change = day_over(case, places, now)
        elif timer.kind is TimerKind.NAMING:
            change = named_nobody(case, places, now)
        elif timer.kind is TimerKind.CLOSE:
            change = closed(case, now)
            shown = (*card_updates(case, places), *redrawn(uow.outbox.said(case.number, SayKind.SOLUTION), case))
            change = replace(change, says=(*change.says, *shown))
        else:
            change = checked(case, places, now)
        if timer.kind is TimerKind.CHECK_IN:
            change = replace(
                change, says=(*change.says, *redrawn(uow.outbox.said(case.number, SayKind.CHECK_IN), case))
            )
        if timer in planned_timers(change.case, self._room.calendar(case)):
            raise RuntimeError(f"{timer.key} of {case.reference} fired, and is due as before")
        if timer.kind in WAITS | LEASES | {TimerKind.RELEASE, TimerKind.NAMING}:
            self._room.save_and_redraw(uow, change)
        else:
            self._room.save(uow, change)

    def _called(self, says: Iterable[Say], away: Collection[str], case: Case, now: datetime) -> tuple[Say, ...]:
        """Whom of the team the says mention: without who is away, the designated team's region, or who is on duty."""
        asked = called(without(says, away), case, now)
        return asked_of(asked, self._room.rota(case.promise.program, now))
