"""Callers: each tells one address outside Slack of the rungs that ask for it, until they ask nothing any more."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from cases.case import Case
from cases.causes import because_of
from cases.change import Places
from cases.parcels import NotCarried, ParcelKind, Taken
from cases.ports import Clock, UnitOfWork, UnitsOfWork
from cases.reaching import Alarm, asked
from cases.says import card_key
from cases.telling import TRIAGE
from scheduling.carrying import AtAddress, arrived, failed, tried
from scheduling.outcome import backoff

Call = Callable[[Sequence[Alarm], datetime], None]
"""Tells an address of alarms, all at once. Raises NotCarried."""

TOLD_FROM = 2
"""After so many failed tries the operators hear of it: one may be chance, and somebody waits to be called."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Caller(AtAddress):
    """A worker's step: everything that waits for its address, as one call. Nothing is ever given up."""

    def __init__(
        self, address: str, call: Call, units: UnitsOfWork, places: Callable[[], Places], clock: Clock
    ) -> None:
        super().__init__(ParcelKind.REACH, address, units, places, clock)
        self._call = call

    def step(self) -> bool:
        """Call; False: there is nothing to say now."""
        if not self.may_go():
            return False
        with self._units() as unit:
            now = self._clock.now()
            taken = unit.parcels.take_alarms(self._address, now)
            alarms = self._asked(unit, taken, now)
        if not alarms:
            return bool(taken)
        with self.holding([alarm.taken for alarm in alarms]):
            error = tried(lambda: self._call(alarms, self._clock.now()))
        with self._units() as unit:
            for alarm in alarms:
                with because_of(alarm.taken.cause):
                    self._settle(unit, alarm.taken, error, self._clock.now())
        return True

    def _asked(self, unit: UnitOfWork, taken: Sequence[Taken], now: datetime) -> tuple[Alarm, ...]:
        """Those that still ask something; the others go nowhere."""
        cases = unit.cases.several({each.parcel.case for each in taken})
        told = asked(taken, cases)
        for each in taken:
            if each not in told:
                with because_of(each.cause):
                    log.info("parcel_overtaken", key=each.parcel.key)
                unit.parcels.overtaken(each.id, now)
        return tuple(self._alarm(unit, each, cases[each.parcel.case]) for each in told)

    def _alarm(self, unit: UnitOfWork, taken: Taken, case: Case) -> Alarm:
        return Alarm(taken, case, unit.outbox.post_of(card_key(case.number, TRIAGE)))

    def _settle(self, unit: UnitOfWork, taken: Taken, error: NotCarried | None, now: datetime) -> None:
        if error is None:
            arrived(unit, self._places(), self._address, taken, now)
        else:
            failed(unit, self._places(), taken, error, backoff(taken.attempts), TOLD_FROM, now)
