"""5,000 rungs due at one instant: how late each is told, all but the sending; beside APScheduler, and a bare table."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from benchmarks.databases import Databases, engine_on
from benchmarks.filling import Filling
from benchmarks.office import room_on
from benchmarks.peer import Peer
from benchmarks.progress import tell
from benchmarks.report import Goal, Result, times
from bot.clock import SystemClock
from cases.timekeeping import Timekeeping
from scheduling.alarm import Alarm
from scheduling.tick import Tick
from storage.unit_of_work import SqlUnitsOfWork

RUNGS = 5_000
WANTED = 0.1
PATIENCE_SECONDS = 300.0
AHEAD = timedelta(seconds=3)
"""Between the start and the instant at which they are due."""
TRIES = 2
"""Of APScheduler, whose best counts."""


def run() -> Result:
    """The row."""
    lines: list[list[str]] = []
    goals: list[Goal] = []
    with Databases() as databases:
        for kind in databases.kinds:
            late = _ours(databases, kind)
            theirs = min((_theirs(databases, kind) for _ in range(TRIES)), key=lambda each: each["p99"])
            ours = late[int(len(late) * 0.99)]
            lost = RUNGS - len(late)
            lines += [
                [f"{kind}, Caseclock", f"{late[len(late) // 2]:.2f} s", f"{ours:.2f} s", str(lost)],
                [
                    f"{kind}, APScheduler",
                    f"{theirs['median']:.2f} s",
                    f"{theirs['p99']:.2f} s",
                    f"{theirs['dropped']:.0f}",
                ],
            ]
            goals += [
                Goal(f"{kind}: none dropped", f"{lost} dropped", lost == 0),
                Goal(
                    f"{kind}: lateness p99 at most a tenth of APScheduler's best",
                    f"{times(ours / theirs['p99'])} of it",
                    ours <= WANTED * theirs["p99"],
                    WHY,
                ),
            ]
    return Result("5,000 rungs due at one instant", ["", "late, median", "late, p99", "dropped"], lines, goals, NOTES)


def _ours(databases: Databases, kind: str) -> list[float]:
    """How late each rung's transaction stood, in seconds, rising."""
    tell(f"{kind}: {RUNGS:,} rungs, Caseclock")
    now = datetime.now(UTC)
    due = now.replace(microsecond=0) + AHEAD + timedelta(seconds=20)
    url = databases.filled(kind, Filling(RUNGS, due))
    late: list[float] = []
    done = threading.Event()
    with engine_on(url) as engine:
        begin = SqlUnitsOfWork(engine, lambda changed: alarm.wake())
        keeping = Timekeeping(room_on(begin))

        def fire(now: datetime) -> bool:
            fired = keeping.fire_next(now)
            if fired:
                late.append((datetime.now(UTC) - due).total_seconds())
            if len(late) == RUNGS:
                done.set()
            return fired

        alarm = _alarm(fire, SqlUnitsOfWork(engine))
        alarm.start()
        done.wait(PATIENCE_SECONDS)
        alarm.stop()
    return sorted(late)


def _alarm(fire: Callable[[datetime], bool], looking: SqlUnitsOfWork) -> Alarm:
    """As `scheduling/service.py` sets it."""

    def next_due_at() -> datetime | None:
        with looking() as work:
            return work.timers.next_due_at()

    return Alarm(Tick(fire).run, next_due_at, SystemClock(), SystemClock())


def _theirs(databases: Databases, kind: str) -> dict[str, float]:
    tell(f"{kind}: {RUNGS:,} rungs, APScheduler")
    with Peer("jobs", databases.empty(kind)) as peer:
        peer.ask(do="start", paused=1)
        due = time.time() + AHEAD.total_seconds() + 3
        peer.ask(do="fill", jobs=RUNGS, first=due, apart=0)
        peer.ask(do="go_on")
        return peer.ask(do="fired", jobs=RUNGS, at=due, patience=PATIENCE_SECONDS)


WHY = (
    "A rung of ours is its case's whole transaction: read, decided again, stored with its history, its timers, each "
    "message that it owes; theirs notes that a function was called."
)
NOTES = (
    "Lateness is from the due instant until the rung's transaction stands (ours), or its job runs (theirs: "
    "`misfire_grace_time=None`, ten threads, an empty job; with the default of one second it drops what is later).",
)
