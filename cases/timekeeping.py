"""What time does to cases: due timers fire, one transaction each."""

from dataclasses import replace
from datetime import datetime, timedelta

from cases.case import Case
from cases.committing import checked
from cases.errors import FiringFailed
from cases.escalating import escalated
from cases.ports import UnitOfWork
from cases.room import Room
from cases.says import SayKind
from cases.telling import card_updates, redrawn
from cases.timers import Timer, TimerKind, planned_timers

RETRY_AFTER_SECONDS = 30


class Timekeeping:
    """The tick's side of the core."""

    def __init__(self, room: Room) -> None:
        self._room = room

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
                    self._fire(uow, uow.cases.get(due[0]), due[1], managers, now)
        except Exception as error:
            if due is None:
                raise
            with self._room.units() as uow:
                uow.timers.postpone(due[0], due[1].key, now + timedelta(seconds=RETRY_AFTER_SECONDS))
            raise FiringFailed(due[0], due[1].key, error) from error
        return due is not None

    def _fire(self, uow: UnitOfWork, case: Case, timer: Timer, managers: tuple[str, ...], now: datetime) -> None:
        places = self._room.places
        if timer.kind in {TimerKind.RUNG, TimerKind.REPEAT}:
            own = uow.accounts.get(case.account).managers
            change = escalated(case, self._room.calendar(case), places, own or managers, now)
            change = replace(change, says=(*change.says, *card_updates(case, places)))
        else:
            change = checked(case, places, now)
        if timer.kind is TimerKind.CHECK_IN:
            change = replace(
                change, says=(*change.says, *redrawn(uow.outbox.said(case.number, SayKind.CHECK_IN), case))
            )
        if timer in planned_timers(change.case, self._room.calendar(case)):
            raise RuntimeError(f"{timer.key} of {case.reference} fired, and is due as before")
        self._room.save(uow, change)
