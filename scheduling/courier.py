"""Couriers: each carries what waits for one address, so that one that answers slowly or never holds up no other."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from cases.case import Case
from cases.change import Places
from cases.parcels import NotCarried, Taken, pause
from cases.ports import Clock, UnitOfWork, UnitsOfWork
from cases.troubles import Trouble, TroubleKind, begins, ends
from scheduling.worker import Worker

Carry = Callable[[Taken, Case, datetime], None]
"""Brings a parcel to its address. Raises NotCarried."""

TOLD_FROM = 3
"""After so many failed tries the operators hear of it."""
KEPT = timedelta(days=30)
"""How long it is known what was carried."""
DROPPED_AT_ONCE = 500

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Courier:
    """A worker's step: one parcel at a time, of one address."""

    def __init__(self, address: str, carry: Carry, units: UnitsOfWork, places: Places, clock: Clock) -> None:
        self._address = address
        self._carry = carry
        self._units = units
        self._places = places
        self._clock = clock
        self._next: datetime | None = None

    def step(self) -> bool:
        """Carry the next one; False: nothing may go now."""
        with self._units.reading() as unit:
            self._next = unit.parcels.next_ready_at(self._address)
        if self._next is None or self._next > self._clock.now():
            return False
        with self._units() as unit:
            taken = unit.parcels.take(self._address, self._clock.now())
            case = unit.cases.several([taken.parcel.case])[taken.parcel.case] if taken else None
        if taken is None or case is None:
            return False
        failed = self._try(taken, case)
        with self._units() as unit:
            self._settle(unit, taken, failed, self._clock.now())
        return True

    def seconds_to_next(self) -> float | None:
        """Until something may go; None: not before a wake."""
        return None if self._next is None else (self._next - self._clock.now()).total_seconds()

    def _try(self, taken: Taken, case: Case) -> NotCarried | None:
        try:
            self._carry(taken, case, self._clock.now())
        except NotCarried as error:
            return error
        except Exception as error:
            # Its message may hold an address; its kind doesn't.
            return NotCarried(type(error).__name__)
        return None

    def _settle(self, unit: UnitOfWork, taken: Taken, failed: NotCarried | None, now: datetime) -> None:
        about = f"{TroubleKind.OUTSIDE}:{self._address}"
        if failed is None:
            unit.parcels.carried(taken.id, now)
            ends(unit, self._places, about, now)
            return
        seconds = None if failed.for_good else pause(taken)
        told = {"key": taken.parcel.key, "error": failed.reason}
        if seconds is None:
            log.error("parcel_given_up", **told)
            unit.parcels.give_up(taken.id, failed.reason, now)
        else:
            seconds = max(seconds, failed.pause_seconds)
            log.warning("parcel_put_off", again_in_seconds=round(seconds), **told)
            unit.parcels.later(taken.id, now + timedelta(seconds=seconds), failed.reason)
        if seconds is None or taken.attempts + 1 >= TOLD_FROM:
            begins(unit, self._places, Trouble(TroubleKind.OUTSIDE, now, self._address, failed.reason))


class Couriers:
    """One for each address that the operator names, and one for what is meant for any other."""

    def __init__(self, carries: Mapping[str, Carry], units: UnitsOfWork, places: Places, clock: Clock) -> None:
        self._known = frozenset(carries)
        self._units = units
        self._places = places
        self._clock = clock
        couriers = [Courier(address, carry, units, places, clock) for address, carry in carries.items()]
        self._workers = [Worker("courier", each.step, each.seconds_to_next) for each in couriers]
        self._workers.append(Worker("courier", self._strays, lambda: None))

    def start(self) -> None:
        """Takes up what a predecessor left."""
        with self._units() as unit:
            unit.parcels.release_leases()
        for worker in self._workers:
            worker.start()

    def wake(self) -> None:
        """There may be something to carry. Cheap, from any thread."""
        for worker in self._workers:
            worker.wake()

    def stop(self) -> None:
        """Finishes what is under way, all of it at once; the rest waits in its rows."""
        for worker in self._workers:
            worker.halt()
        for worker in self._workers:
            worker.stop()

    def tidy(self, now: datetime) -> bool:
        """Forget some of what was carried long ago; False: there is no more of it."""
        with self._units() as unit:
            return unit.parcels.drop_carried(now - KEPT, DROPPED_AT_ONCE) > 0

    def _strays(self) -> bool:
        with self._units.reading() as unit:
            addresses = unit.parcels.strays(self._known)
        lost = [Courier(address, _nowhere, self._units, self._places, self._clock) for address in addresses]
        return sum(courier.step() for courier in lost) > 0


def _nowhere(taken: Taken, case: Case, now: datetime) -> None:
    raise NotCarried("no address of this name")
