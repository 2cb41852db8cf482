"""The sender: takes what must be said from the outbox, most urgent first, and sends to several channels at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog

from cases.ports import Clock, StorageUnavailable, UnitOfWork, UnitsOfWork
from cases.queues import ALARMS, ANNOUNCEMENTS, Delivery
from cases.says import Say, SayKind
from cases.storms import merged
from scheduling.addressing import Letter, address
from scheduling.outcome import (
    DRAWING_PAUSE_SECONDS,
    LEASE_SECONDS,
    THREAD_PAUSE_SECONDS,
    GivenUp,
    Later,
    Outcome,
    Sent,
    Waits,
)
from scheduling.pacing import Pacing
from scheduling.postman import Postman
from scheduling.worker import SWEEP_SECONDS, Worker

LANES = 8
"""Channels served at the same time."""
RECORDING_TRIES = 8
"""Each waits for the database as long as that waits for a lock; together they end well before the lease does."""

ANNOUNCING_SECONDS = 1.0
"""Between two announcements: Slack's limit for all channels together is left to what is said about cases."""

Settled = Callable[[UnitOfWork, Say], None]
"""Told of each say that was sent or given up, in the transaction that records it."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def nobody_asks(unit: UnitOfWork, say: Say) -> None:
    """Nothing follows from what was said."""


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
        sweep_seconds: float = SWEEP_SECONDS,
    ) -> None:
        self._units = units
        self._settled = settled
        self._postman = postman
        self._clock = clock
        self._pacing = pacing
        self._pool = ThreadPoolExecutor(LANES, thread_name_prefix="sender")
        self._flying: set[Future[None]] = set()
        self._waiting: dict[str, dict[int, bool]] = {}
        """By the key waited for: ids of deliveries that wait, and whether each is uncertain."""
        self._worker = Worker("sender", self.step, self.seconds_to_next, sweep_seconds)

    def start(self) -> None:
        """Sends from now on by itself."""
        self._worker.start()

    def wake(self) -> None:
        """There may be something to send. Cheap, from any thread."""
        self._worker.wake()

    def stop(self) -> None:
        """Finishes what is in flight; the rest stays in the outbox."""
        self._worker.stop()
        self._pool.shutdown(wait=True)

    def drain(self) -> bool:
        """Send all that may go now and wait for it; False: there was nothing."""
        sent = False
        while self.step():
            sent = True
            wait(tuple(self._flying))
        return sent

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """More alarms are coming: meanwhile none goes that could become part of a digest with them."""
        self._pacing.close(ALARMS)
        try:
            yield
        finally:
            self._pacing.open(ALARMS)
            self.wake()

    def step(self) -> bool:
        """Set off as many letters as lanes are free; False: nothing may go now."""
        free = LANES - self._pacing.in_flight()
        if free <= 0:
            return False
        with self._units() as unit:
            now, at = self._clock.now(), self._pacing.now()
            self._pacing.learn(unit.lines.closed(at))
            deliveries = unit.outbox.claim(now, free, self._pacing.busy(), at)
            single = [delivery for delivery in deliveries if not merged(unit, delivery, now)]
            addressed = [(delivery, self._address(unit, delivery, now)) for delivery in single]
        for delivery, letter in addressed:
            if letter is not None:
                self._set_off(delivery, letter, now)
        return bool(deliveries)

    def seconds_to_next(self) -> float | None:
        """Until something may go; None: not before a wake."""
        if self._pacing.in_flight() >= LANES:
            return None
        with self._units() as unit:
            ready = unit.outbox.next_ready_at(self._pacing.busy())
        times = [self._pacing.seconds_to_next()]
        times.append((ready - self._clock.now()).total_seconds() if ready is not None else None)
        return min((seconds for seconds in times if seconds is not None), default=None)

    def _address(self, unit: UnitOfWork, delivery: Delivery, now: datetime) -> Letter | None:
        try:
            letter = address(unit, delivery)
        except Exception as error:
            log.exception("addressing_failed", key=delivery.say.key, again_in_seconds=DRAWING_PAUSE_SECONDS)
            self._record(unit, delivery, Later(DRAWING_PAUSE_SECONDS, delivery.uncertain, repr(error)), now)
            return None
        if isinstance(letter, Letter):
            return letter
        self._record(unit, delivery, letter, now)
        _tell(delivery, letter)
        return None

    def _set_off(self, delivery: Delivery, letter: Letter, taken_at: datetime) -> None:
        self._pacing.take(delivery.say.channel)
        if delivery.say.kind is SayKind.ANNOUNCEMENT:
            self._pacing.take(ANNOUNCEMENTS)
        flight = self._pool.submit(self._deliver, letter, taken_at)
        self._flying.add(flight)
        flight.add_done_callback(self._flying.discard)

    def _deliver(self, letter: Letter, taken_at: datetime) -> None:
        delivery = letter.delivery
        try:
            outcome = self._postman.deliver(letter, taken_at, self._remember_file)
            if isinstance(outcome, Later) and self._clock.now() >= taken_at + timedelta(seconds=LEASE_SECONDS):
                # Another replica may have it by now: what this one failed in says nothing about its try.
                log.warning("lease_ran_out", key=delivery.say.key)
                return
            self._record_patiently(delivery, outcome)
            _tell(delivery, outcome)
        except Exception:
            # The lease runs out, and the message is looked up before it is sent again.
            log.exception("recording_failed", key=delivery.say.key)
        finally:
            self._pacing.free(delivery.say.channel)
            if delivery.say.kind is SayKind.ANNOUNCEMENT:
                self._pacing.hold(ANNOUNCEMENTS, ANNOUNCING_SECONDS)
                self._pacing.free(ANNOUNCEMENTS)
            self.wake()

    def _remember_file(self, delivery: Delivery, file: str | None) -> bool:
        with self._units() as unit:
            return unit.outbox.remember_file(delivery.id, file, delivery.file)

    def _record_patiently(self, delivery: Delivery, outcome: Outcome) -> None:
        """Slack has the message: a database that is busy for some seconds must not make us look it up there."""
        for is_last in (*[False] * (RECORDING_TRIES - 1), True):
            try:
                with self._units() as unit:
                    unit.lines.close(self._pacing.to_tell(delivery.say.channel), self._pacing.now())
                    self._record(unit, delivery, outcome, self._clock.now())
                return
            except StorageUnavailable:
                if is_last:
                    raise

    def _record(self, unit: UnitOfWork, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
        outbox, id = unit.outbox, delivery.id
        match outcome:
            case Sent(post):
                outbox.sent(id, post, now)
                self._settled(unit, delivery.say)
                self._release(unit, delivery.say.key, now)
            case GivenUp(reason):
                outbox.give_up(id, reason, now)
                self._settled(unit, delivery.say)
                self._release(unit, delivery.say.key, now)
            case Waits(key):
                self._waiting.setdefault(key, {})[id] = delivery.uncertain
                at = now + timedelta(seconds=THREAD_PAUSE_SECONDS)
                outbox.later(id, at, uncertain=delivery.uncertain, tried=False)
            case Later(seconds, uncertain, error):
                outbox.later(id, now + timedelta(seconds=seconds), uncertain=uncertain, error=error)

    def _release(self, unit: UnitOfWork, key: str, now: datetime) -> None:
        """Those that waited for this message may go at once. Their try was taken back when they were put off."""
        for id, uncertain in self._waiting.pop(key, {}).items():
            unit.outbox.later(id, now, uncertain=uncertain)


def _tell(delivery: Delivery, outcome: Outcome) -> None:
    """To the log: what was refused, and what takes more than one try. Never what it says."""
    if isinstance(outcome, GivenUp):
        log.error("say_refused", key=delivery.say.key, reason=outcome.reason)
    elif isinstance(outcome, Later):
        log.warning("say_put_off", key=delivery.say.key, error=outcome.error, again_in_seconds=outcome.seconds)
