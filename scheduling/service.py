"""All that time does, in one piece: the alarm and its tick, the inbox, the sender."""

from collections.abc import Callable, Collection
from datetime import datetime

from cases.messages import Messenger, Renderer
from cases.meters import UNMETERED, Meter
from cases.ports import Clock, UnitsOfWork
from cases.queues import Queue, Received
from scheduling.alarm import Alarm
from scheduling.inbox import Inbox
from scheduling.ledger import Refused, Settled, nobody_asks, nobody_minds
from scheduling.pacing import Pacing
from scheduling.postman import Postman
from scheduling.sender import Sender
from scheduling.tick import Tick
from scheduling.worker import Worker

ALL = frozenset(Queue)
SHARED_SWEEP_SECONDS = 0.8
"""So that what another process commits is known here within a second."""


class Scheduling:
    """Runs in threads of its own between `start` and `stop`; or, without them, step by step with `run_pending`."""

    def __init__(
        self,
        *,
        units: UnitsOfWork,
        fire: Callable[[datetime], bool],
        handle: Callable[[Received], None],
        renderer: Renderer,
        messenger: Messenger,
        clock: Clock,
        wall: Clock,
        monotonic: Callable[[], float],
        shared: bool = False,
        settled: Settled = nobody_asks,
        refused: Refused = nobody_minds,
        meter: Meter = UNMETERED,
    ) -> None:
        """Join the parts.

        Commits made by `fire` and `handle` should call `wake`; those of `units` need not, and must not where nothing
        was changed. `clock` may be moved, `wall` is the machine's own, `monotonic` as for `Pacing`. `shared`: other
        processes work on the same database, whose commits wake nobody here; so it is looked at often.
        """
        self._units = units
        self._clock = clock
        sweep = {"sweep_seconds": SHARED_SWEEP_SECONDS} if shared else {}
        pacing = Pacing(monotonic)
        postman = Postman(renderer, messenger, clock, pacing, meter)
        self._sender = Sender(units, postman, clock, pacing, settled, refused, meter=meter, **sweep)
        self._inbox = Inbox(units, handle, clock, meter)
        self._handling = Worker("inbox", self._inbox.step, self._inbox.seconds_to_next, **sweep)
        self._tick = Tick(fire, self._sender.gathering)
        self._alarm = Alarm(self._tick.run, self._next_due_at, clock, wall, **sweep)

    def start(self) -> None:
        """Takes up what a predecessor left: its leases first, where nobody else can hold any."""
        with self._units() as unit:
            unit.outbox.release_leases()
            unit.inbox.release_leases()
        self._sender.start()
        self._handling.start()
        self._alarm.start()

    def wake(self, changed: Collection[Queue] = ALL) -> None:
        """After a commit, with the queues that it changed, and after the clock was moved: look at them anew.

        Cheap, any thread.
        """
        if Queue.TIMERS in changed or Queue.REMINDERS in changed:
            self._alarm.wake()
        if Queue.INBOX in changed:
            self._handling.wake()
        if Queue.OUTBOX in changed:
            self._sender.wake()

    def stop(self) -> None:
        """Finishes what is under way and leaves the rest in its rows."""
        self._alarm.stop()
        self._handling.stop()
        self._inbox.finish()
        self._sender.stop()

    @property
    def looked_at(self) -> datetime | None:
        """When all that was due had been fired last, by `wall`; None: never yet."""
        return self._alarm.looked_at

    def run_pending(self, now: datetime) -> None:
        """Without threads of its own: fire all that is due at `now`, handle the inbox and send, until all is quiet.

        `now` is what the clock says. What is held back by the pace of one post a second a channel stays for the next
        call: where time is told rather than lived, `monotonic` should leap ahead too.
        """
        while any((self._tick.run(now), self._handle_all(), self._sender.drain())):
            pass

    def _handle_all(self) -> bool:
        handled = False
        while self._inbox.step():
            handled = True
        return handled

    def _next_due_at(self) -> datetime | None:
        with self._units.reading() as unit:
            due = (unit.timers.next_due_at(), unit.reminders.next_due_at())
        return min((at for at in due if at is not None), default=None)
