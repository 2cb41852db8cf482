"""The sender: takes what must be said from the outbox, most urgent first, and sends to several channels at once.

Lanes speak to Slack and nothing else; one thread speaks to the database for all of them, so that what came of several
posts is written down in one transaction, and no lane waits for another one's.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import get_ident

import structlog

from cases.causes import because_of
from cases.meters import UNMETERED, Meter
from cases.ports import Clock, StorageUnavailable, UnitOfWork, UnitsOfWork
from cases.queues import ALARMS, ANNOUNCEMENTS, Delivery
from cases.says import SayKind
from cases.storms import merged
from scheduling.addressing import Letter, address
from scheduling.ledger import Landed, Ledger, Refused, Settled, nobody_asks, nobody_minds
from scheduling.outcome import DRAWING_PAUSE_SECONDS, Later
from scheduling.pacing import Pacing
from scheduling.postman import Postman
from scheduling.worker import SWEEP_SECONDS, Worker

LANES = 16
"""Channels served at the same time."""
LAST_TRIES = 8
"""Of a sender that stops, to write down what Slack took; each waits as long as the database waits for a lock."""

ANNOUNCING_SECONDS = 1.0
"""Between two announcements: Slack's limit for all channels together is left to what is said about cases."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Sender:
    """One letter in flight a channel, over all processes that share the database. A crash leaves leases behind, whose
    posts are looked up before they are sent.
    """

    def __init__(
        self,
        units: UnitsOfWork,
        postman: Postman,
        clock: Clock,
        pacing: Pacing,
        settled: Settled = nobody_asks,
        refused: Refused = nobody_minds,
        sweep_seconds: float = SWEEP_SECONDS,
        meter: Meter = UNMETERED,
    ) -> None:
        self._units = units
        self._postman = postman
        self._clock = clock
        self._pacing = pacing
        self._ledger = Ledger(units, clock, pacing, settled, refused, meter)
        self._pool = ThreadPoolExecutor(LANES, thread_name_prefix="sender")
        self._flying: set[Future[None]] = set()
        self._landed: deque[Landed] = deque()
        self._ready_at: datetime | None = None
        """When the next letter may be taken that could not be taken at the last look."""
        self._gatherer: int | None = None
        """The thread whose commits are looked at together."""
        self._worker = Worker("sender", self._look, self._seconds_to_next, sweep_seconds)

    def start(self) -> None:
        """Sends from now on by itself."""
        self._worker.start()

    def wake(self) -> None:
        """There may be something to send. Cheap, from any thread. Who gathers wakes it once that is over."""
        if get_ident() != self._gatherer:
            self._worker.wake()

    def stop(self) -> None:
        """Finishes what is in flight; the rest stays in the outbox."""
        self._worker.stop()
        self._pool.shutdown(wait=True)
        for is_last in (*[False] * (LAST_TRIES - 1), True):
            try:
                self._write_down()
                return
            except StorageUnavailable:
                if is_last:
                    log.exception("recording_failed", keys=[each.delivery.say.key for each in self._landed])

    def drain(self) -> bool:
        """Send all that may go now and wait for it; False: there was nothing."""
        sent = False
        while self.step():
            sent = True
            wait(tuple(self._flying))
        return sent

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """More alarms are coming, of this thread: meanwhile none goes that could become part of a digest with them, nor
        what redraws a message, which would go before them."""
        self._pacing.close(ALARMS)
        self._gatherer = get_ident()
        try:
            yield
        finally:
            self._gatherer = None
            self._pacing.open(ALARMS)
            self.wake()

    def step(self) -> bool:
        """Write down what came of earlier letters, and set off as many as lanes are free; False: neither, for now."""
        landed = self._write_down()
        return self._take().any or landed

    def _look(self) -> bool:
        """The same, for whoever need not be told: True if another look may find something at once."""
        self._write_down()
        return self._take().more

    def _take(self) -> "_Taken":
        free = LANES - self._pacing.in_flight()
        if free <= 0:
            self._ready_at = None
            return _Taken(False, False)
        with self._units() as unit:
            now, at = self._clock.now(), self._pacing.now()
            self._pacing.learn(unit.lines.closed(at))
            deliveries = unit.outbox.claim(now, free, self._pacing.busy(), at)
            single = [delivery for delivery in deliveries if not _merged(unit, delivery, now)]
            letters = [letter for letter in (self._address(unit, delivery, now) for delivery in single) if letter]
            # Whatever was taken and does not fly has left its channel to what is behind it.
            more = len(deliveries) == free or len(letters) < len(deliveries)
            if not more:
                flying = {line for letter in letters for line in _lines(letter.delivery)}
                self._ready_at = unit.outbox.next_ready_at(self._pacing.busy() | flying)
        for letter in letters:
            self._set_off(letter, now)
        return _Taken(bool(deliveries), more)

    def _seconds_to_next(self) -> float | None:
        """Until something may go; None: not before a wake."""
        if self._pacing.in_flight() >= LANES:
            return None
        times = [self._pacing.seconds_to_next()]
        times.append((self._ready_at - self._clock.now()).total_seconds() if self._ready_at is not None else None)
        return min((seconds for seconds in times if seconds is not None), default=None)

    def _address(self, unit: UnitOfWork, delivery: Delivery, now: datetime) -> Letter | None:
        try:
            letter = address(unit, delivery)
        except Exception as error:
            log.exception("addressing_failed", key=delivery.say.key, again_in_seconds=DRAWING_PAUSE_SECONDS)
            later = Later(DRAWING_PAUSE_SECONDS, delivery.uncertain, repr(error))
            self._ledger.record(unit, delivery, later, now)
            return None
        if isinstance(letter, Letter):
            return letter
        self._ledger.record(unit, delivery, letter, now)
        self._ledger.tell(delivery, letter)
        return None

    def _set_off(self, letter: Letter, taken_at: datetime) -> None:
        for line in _lines(letter.delivery):
            self._pacing.take(line)
        flight = self._pool.submit(self._deliver, letter, taken_at)
        self._flying.add(flight)
        flight.add_done_callback(self._flying.discard)

    def _deliver(self, letter: Letter, taken_at: datetime) -> None:
        """In a lane. The channel stays taken until the outcome is written down."""
        with because_of(letter.delivery.cause):
            outcome = self._postman.deliver(letter, taken_at, self._remember_file)
        self._landed.append(Landed(letter.delivery, outcome, taken_at))
        self.wake()

    def _remember_file(self, delivery: Delivery, file: str | None) -> bool:
        with self._units() as unit:
            return unit.outbox.remember_file(delivery.id, file, delivery.file)

    def _write_down(self) -> bool:
        """What came of the letters that have landed; False: none has. Raises StorageUnavailable: they wait for it."""
        landed = tuple(self._landed[n] for n in range(len(self._landed)))
        if not landed:
            return False
        self._ledger.write(landed)
        for each in landed:
            self._landed.popleft()
            self._free(each.delivery)
        return True

    def _free(self, delivery: Delivery) -> None:
        if delivery.say.kind is SayKind.ANNOUNCEMENT:
            self._pacing.hold(ANNOUNCEMENTS, ANNOUNCING_SECONDS)
        for line in _lines(delivery):
            self._pacing.free(line)


def _merged(unit: UnitOfWork, delivery: Delivery, now: datetime) -> bool:
    """A digest has the cause of the alarm that it was made for."""
    with because_of(delivery.cause):
        return merged(unit, delivery, now)


def _lines(delivery: Delivery) -> tuple[str, ...]:
    """What it keeps from others while it is in flight."""
    channel = delivery.say.channel
    return (channel, ANNOUNCEMENTS) if delivery.say.kind is SayKind.ANNOUNCEMENT else (channel,)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a look at the outbox came to."""

    any: bool
    """Something was taken."""
    more: bool
    """And there may be more to take at once."""
