"""The ledger: what came of letters, written down for several at a time in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from cases.causes import because_of
from cases.detours import Refusal
from cases.meters import UNMETERED, Meter
from cases.ports import Clock, StorageUnavailable, UnitOfWork, UnitsOfWork
from cases.queues import Delivery
from cases.says import Say, SayKind
from scheduling.outcome import LEASE_SECONDS, THREAD_PAUSE_SECONDS, GivenUp, Later, Outcome, Sent, Waits
from scheduling.pacing import Pacing

Settled = Callable[[UnitOfWork, Say], None]
"""Told of each say that was sent or given up, in the transaction that records it."""

Refused = Callable[[UnitOfWork, Say, Refusal, str, datetime], None]
"""Told of each say that Slack refused for good, with its code, in the transaction that records it."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

MOST_WAITED_FOR = 200

RESULTS: Mapping[type[Outcome], str] = {Sent: "sent", Waits: "waits", Later: "later", GivenUp: "refused"}


def nobody_asks(unit: UnitOfWork, say: Say) -> None:
    """Nothing follows from what was said."""


def nobody_minds(unit: UnitOfWork, say: Say, refusal: Refusal, reason: str, now: datetime) -> None:
    """Nothing follows from what was refused."""


@dataclass(frozen=True, slots=True)
class Landed:
    """A letter that is no longer in flight."""

    delivery: Delivery
    outcome: Outcome
    taken_at: datetime


class Ledger:
    """One thread writes in it."""

    def __init__(
        self,
        units: UnitsOfWork,
        clock: Clock,
        pacing: Pacing,
        settled: Settled = nobody_asks,
        refused: Refused = nobody_minds,
        meter: Meter = UNMETERED,
    ) -> None:
        self._units = units
        self._clock = clock
        self._pacing = pacing
        self._settled = settled
        self._refused = refused
        self._meter = meter
        self._waiting: dict[str, dict[int, bool]] = {}
        """By the key waited for: ids of deliveries that wait, and whether each is uncertain. What another replica sends
        is never heard of here, so those that were waited for lately are kept; the others are looked at each second.
        """

    def write(self, landed: Sequence[Landed]) -> None:
        """All of them together. Where one can't be written, it alone is left to its lease: when that runs out, the
        message is looked up before it is sent again.

        Raises:
            StorageUnavailable: nothing was written; Slack has taken them, so try again rather than look them up there.
        """
        try:
            self._write(landed)
        except StorageUnavailable:
            raise
        except Exception:
            if len(landed) == 1:
                log.exception("recording_failed", key=landed[0].delivery.say.key)
                return
            for each in landed:
                self.write((each,))

    def record(self, unit: UnitOfWork, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
        """In a transaction that is under way. What follows from it has the same cause."""
        with because_of(delivery.cause):
            self._record(unit, delivery, outcome, now)

    def _record(self, unit: UnitOfWork, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
        outbox, id = unit.outbox, delivery.id
        match outcome:
            case Sent(post):
                outbox.sent(id, post, now)
                self._settled(unit, delivery.say)
                self._release(unit, delivery.say, now)
            case GivenUp(reason) if not outbox.is_for(id, delivery.say.channel):
                log.info("say_goes_elsewhere", key=delivery.say.key, reason=reason)
                outbox.later(id, now, uncertain=delivery.uncertain)
            case GivenUp(reason) if new := unit.channels.moved().get(delivery.say.channel):
                # Said by a process that didn't know yet.
                log.info("say_goes_elsewhere", key=delivery.say.key, reason=reason)
                outbox.redirect(delivery.say.key, new, now, "")
            case GivenUp(reason, refusal):
                log.error("say_refused", key=delivery.say.key, reason=reason)
                outbox.give_up(id, reason, now)
                self._refused(unit, delivery.say, refusal, reason, now)
                self._settled(unit, delivery.say)
                self._release(unit, delivery.say, now)
            case Waits(key):
                self._wait(key, id, delivery.uncertain)
                at = now + timedelta(seconds=THREAD_PAUSE_SECONDS)
                outbox.later(id, at, uncertain=delivery.uncertain, tried=False)
            case Later(seconds, uncertain, error):
                outbox.later(id, now + timedelta(seconds=seconds), uncertain=uncertain, error=error)

    def tell(self, delivery: Delivery, outcome: Outcome) -> None:
        """To the log and the meter: what came of a try. Never what it says."""
        say = delivery.say
        self._meter.sent(RESULTS[type(outcome)])
        with because_of(delivery.cause):
            if isinstance(outcome, Sent):
                log.info("said", key=say.key, channel=say.channel)
            elif isinstance(outcome, Later):
                log.warning("say_put_off", key=say.key, error=outcome.error, again_in_seconds=outcome.seconds)

    def _write(self, landed: Sequence[Landed]) -> None:
        with self._units() as unit:
            now = self._clock.now()
            ours = [each for each in landed if not _is_anothers(each, now)]
            channels = {each.delivery.say.channel for each in landed}
            unit.lines.close(self._pacing.to_tell(channels), self._pacing.now())
            for each in ours:
                self.record(unit, each.delivery, each.outcome, now)
        for each in landed:
            if each in ours:
                self.tell(each.delivery, each.outcome)
            else:
                log.warning("lease_ran_out", key=each.delivery.say.key)

    def _wait(self, key: str, id: int, uncertain: bool) -> None:
        those = self._waiting.pop(key, {})
        if len(self._waiting) >= MOST_WAITED_FOR:
            del self._waiting[next(iter(self._waiting))]
        self._waiting[key] = those | {id: uncertain}

    def _release(self, unit: UnitOfWork, say: Say, now: datetime) -> None:
        """Those that waited for this message, or for what a digest told in its place, may go at once. Their try was
        taken back when they were put off.
        """
        digest = unit.outbox.digest_of(say.key) if say.kind is SayKind.DIGEST else None
        for key in (say.key, *(row.key for row in (digest.rows if digest else ()))):
            for id, uncertain in self._waiting.pop(key, {}).items():
                unit.outbox.later(id, now, uncertain=uncertain)


def _is_anothers(landed: Landed, now: datetime) -> bool:
    """Another replica may have it by now: what this one failed in says nothing about its try. Sent is sent."""
    over = now >= landed.taken_at + timedelta(seconds=LEASE_SECONDS)
    return over and not isinstance(landed.outcome, Sent)
