"""Couriers: each carries what waits for one address, so that one that answers slowly or never holds up no other."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from cases.case import Case
from cases.causes import because_of
from cases.change import Places
from cases.parcels import NotCarried, ParcelKind, Taken, pause
from cases.ports import Clock, UnitOfWork, UnitsOfWork
from cases.reaching import Alarm
from scheduling.caller import Call, Caller
from scheduling.carrying import AtAddress, arrived, failed, tried
from scheduling.worker import Worker

Carry = Callable[[Taken, Case, datetime], None]
"""Brings a parcel to its address. Raises NotCarried."""

TOLD_FROM = 3
"""After so many failed tries the operators hear of it."""
KEPT = timedelta(days=30)
"""How long it is known what was carried."""
DROPPED_AT_ONCE = 500
UNKNOWN = "no address of this name"


class Courier(AtAddress):
    """A worker's step: one parcel at a time, of one address."""

    def __init__(
        self, address: str, carry: Carry, units: UnitsOfWork, places: Callable[[], Places], clock: Clock
    ) -> None:
        super().__init__(ParcelKind.WEBHOOK, address, units, places, clock)
        self._carry = carry

    def step(self) -> bool:
        """Carry the next one; False: nothing may go now."""
        if not self.may_go():
            return False
        with self._units() as unit:
            taken = unit.parcels.take(self._address, self._clock.now())
            case = unit.cases.several([taken.parcel.case])[taken.parcel.case] if taken else None
        if taken is None or case is None:
            return False
        with because_of(taken.cause):
            with self.holding([taken]):
                error = tried(lambda: self._carry(taken, case, self._clock.now()))
            with self._units() as unit:
                self._settle(unit, taken, error, self._clock.now())
        return True

    def _settle(self, unit: UnitOfWork, taken: Taken, error: NotCarried | None, now: datetime) -> None:
        if error is None:
            arrived(unit, self._places(), self._address, taken, now)
        else:
            seconds = None if error.for_good else pause(taken)
            failed(unit, self._places(), taken, error, seconds, TOLD_FROM, now)


class Couriers:
    """One for each address that the operator names, and one for what is meant for any other."""

    def __init__(
        self,
        carries: Mapping[str, Carry],
        calls: Mapping[str, Call],
        units: UnitsOfWork,
        places: Callable[[], Places],
        clock: Clock,
    ) -> None:
        """By the addresses' names: how webhooks go there, and how alarms do."""
        self._known = {ParcelKind.WEBHOOK: frozenset(carries), ParcelKind.REACH: frozenset(calls)}
        self._units = units
        self._places = places
        self._clock = clock
        each: list[Courier | Caller] = [self._courier(address, carry) for address, carry in carries.items()]
        each += [self._caller(address, call) for address, call in calls.items()]
        self._workers = [Worker("courier", one.step, one.seconds_to_next) for one in each]
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

    def _courier(self, address: str, carry: Carry) -> Courier:
        return Courier(address, carry, self._units, self._places, self._clock)

    def _caller(self, address: str, call: Call) -> Caller:
        return Caller(address, call, self._units, self._places, self._clock)

    def _strays(self) -> bool:
        with self._units.reading() as unit:
            webhooks, alarms = (unit.parcels.strays(kind, known) for kind, known in self._known.items())
        lost: list[Courier | Caller] = [self._courier(address, _nowhere) for address in webhooks]
        lost += [self._caller(address, _nobody) for address in alarms]
        return sum(each.step() for each in lost) > 0


def _nowhere(taken: Taken, case: Case, now: datetime) -> None:
    raise NotCarried(UNKNOWN)


def _nobody(alarms: Sequence[Alarm], now: datetime) -> None:
    raise NotCarried(UNKNOWN)
