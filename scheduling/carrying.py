"""What follows from a try to carry something, whatever it was: the address is in trouble, or no longer."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

import structlog

from cases.change import Places
from cases.parcels import NotCarried, ParcelKind, Taken
from cases.ports import Clock, StorageUnavailable, UnitOfWork, UnitsOfWork
from cases.troubles import Trouble, TroubleKind, begins, ends

HOLD_SECONDS = 10.0
"""How often a try that goes on says so: its lease of thirty seconds ends soon after its process, and not before."""
MOST_HOLDS = 12
"""A try that goes on for two minutes hangs: another process may take what it has."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class AtAddress:
    """What every worker at one address knows: when something may go there next."""

    def __init__(
        self, kind: ParcelKind, address: str, units: UnitsOfWork, places: Callable[[], Places], clock: Clock
    ) -> None:
        """`places`: where the team's channels are now."""
        self._kind = kind
        self._address = address
        self._units = units
        self._places = places
        self._clock = clock
        self._next: datetime | None = None

    def may_go(self) -> bool:
        """Something may go now. Waits for no writer."""
        with self._units.reading() as unit:
            self._next = unit.parcels.next_ready_at(self._kind, self._address)
        return self._next is not None and self._next <= self._clock.now()

    @contextmanager
    def holding(self, taken: Sequence[Taken]) -> Iterator[None]:
        """Meanwhile nobody else takes them. How long a try lasts nobody knows: a receiver may answer byte by byte."""
        over = Event()
        holder = Thread(target=self._hold, args=(taken, over), name="holder", daemon=True)
        holder.start()
        try:
            yield
        finally:
            over.set()
            holder.join()

    def _hold(self, taken: Sequence[Taken], over: Event) -> None:
        for _ in range(MOST_HOLDS):
            if over.wait(HOLD_SECONDS):
                return
            try:
                with self._units() as unit:
                    unit.parcels.hold(taken, self._clock.now())
            except StorageUnavailable:
                log.warning("parcel_not_held", keys=[each.parcel.key for each in taken])

    def seconds_to_next(self) -> float | None:
        """Until something may go; None: not before a wake."""
        return None if self._next is None else (self._next - self._clock.now()).total_seconds()


def tried(carry: Callable[[], None]) -> NotCarried | None:
    """What came of it; None: it arrived."""
    try:
        carry()
    except NotCarried as error:
        return error
    except Exception as error:
        # Its message may hold an address; its kind doesn't.
        return NotCarried(type(error).__name__)
    return None


def arrived(unit: UnitOfWork, places: Places, address: str, taken: Taken, now: datetime) -> None:
    """The receiver has it."""
    log.info("parcel_carried", key=taken.parcel.key)
    unit.parcels.carried(taken.id, now)
    ends(unit, places, f"{TroubleKind.OUTSIDE}:{address}", now)


def failed(
    unit: UnitOfWork,
    places: Places,
    taken: Taken,
    error: NotCarried,
    pause: float | None,
    told_from: int,
    now: datetime,
) -> None:
    """Another try after `pause` seconds; None: it is given up. The operators hear after `told_from` tries, or then."""
    told = {"key": taken.parcel.key, "error": error.reason}
    if pause is None:
        log.error("parcel_given_up", **told)
        unit.parcels.give_up(taken.id, error.reason, now)
    else:
        seconds = max(pause, error.pause_seconds)
        log.warning("parcel_put_off", again_in_seconds=round(seconds), **told)
        unit.parcels.later(taken.id, now + timedelta(seconds=seconds), error.reason)
    if pause is None or taken.attempts + 1 >= told_from:
        begins(unit, places, Trouble(TroubleKind.OUTSIDE, now, taken.parcel.address, error.reason))
