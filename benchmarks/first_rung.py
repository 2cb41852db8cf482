"""100,000 open cases: from the start of the process to the first rung fired, and the memory that it takes."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median

from sqlalchemy import Engine, create_engine, text

from benchmarks.bots import slack, start, stop, wait_for
from benchmarks.databases import Databases
from benchmarks.filling import RUNGS, Filling
from benchmarks.machine import resident_mib
from benchmarks.peer import Peer
from benchmarks.progress import tell
from benchmarks.report import Goal, Result, times

CASES = 100_000
RUNS = 3
APART = timedelta(hours=1)
"""Between one case's rungs and the next case's: only the first is due."""
WANTED_MEMORY = 1.2
TIMER_BYTES = 50
"""Less than any way to hold a timer in Python takes."""
Seen = tuple[float, float]
"""Seconds to the first rung, MiB held then."""


def run() -> Result:
    """The row."""
    lines: list[list[str]] = []
    goals: list[Goal] = []
    with Databases() as databases:
        for kind in databases.kinds:
            (ours, mib), (alone, alone_mib), (theirs, their_mib) = _measured(databases, kind)
            lines += [
                [f"{kind}, Caseclock", f"{ours:.2f} s", f"{mib:.0f} MiB"],
                [f"{kind}, Caseclock with one case", f"{alone:.2f} s", f"{alone_mib:.0f} MiB"],
                [f"{kind}, APScheduler", f"{theirs:.2f} s", f"{their_mib:.0f} MiB"],
            ]
            goals += [
                Goal(f"{kind}: no slower", times(ours / theirs), ours <= theirs, WHY),
                Goal(f"{kind}: memory within 1.2 times", times(mib / their_mib), mib <= WANTED_MEMORY * their_mib, WHY),
                Goal(
                    f"{kind}: never all timers in memory",
                    f"{mib - alone_mib:+.0f} MiB for {CASES:,} cases",
                    (mib - alone_mib) * 2**20 < CASES * RUNGS * TIMER_BYTES,
                ),
            ]
    headings = ["", "start to first rung", "resident"]
    return Result(f"{CASES:,} open cases: from the start to the first rung", headings, lines, goals, NOTES)


def _measured(databases: Databases, kind: str) -> list[Seen]:
    """Medians of interleaved runs: ours with all cases, ours with one, theirs."""
    tell(f"{kind}: {CASES:,} cases")
    due = datetime.now(UTC) - timedelta(seconds=1)
    many, one = (Filling(cases, due, int(APART.total_seconds())) for cases in (CASES, 1))
    jobs = databases.empty(kind)
    seen: tuple[list[Seen], list[Seen], list[Seen]] = ([], [], [])
    for number in range(RUNS):
        tell(f"{kind}: run {number + 1} of {RUNS}")
        for side, filling in zip(seen, (many, one), strict=False):
            side.append(_ours(databases, databases.filled(kind, filling)))
        with Peer("jobs", jobs) as filler:
            filler.ask(do="start", paused=1)
            if number == 0:
                filler.ask(do="fill", jobs=CASES * RUNGS, first=time.time() + 3600, apart=900)
            filler.ask(do="plan_now")
        seen[2].append(_theirs(jobs))
    return [(median(s for s, _ in side), median(mib for _, mib in side)) for side in seen]


def _ours(databases: Databases, url: str) -> Seen:
    looking = create_engine(url)
    try:
        with slack() as workspace:
            begun = time.perf_counter()
            bot = start(workspace, url, databases.folder)
            try:
                wait_for(lambda: _told(looking), [bot])
                return time.perf_counter() - begun, resident_mib(bot.pid)
            finally:
                stop([bot])
    finally:
        looking.dispose()


def _told(engine: Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.scalar(text("SELECT share_said FROM cases WHERE number = 1")))


def _theirs(url: str) -> Seen:
    begun = time.perf_counter()
    with Peer("jobs", url) as peer:
        peer.ask(do="start")
        peer.ask(do="fired", jobs=1, at=time.time(), patience=90)
        return time.perf_counter() - begun, resident_mib(peer.pid)


WHY = (
    "Ours is the whole bot: before the first rung it imports Slack's libraries, reads the policies, looks whether the "
    "database is migrated, and asks Slack who it is; theirs imports a scheduler. See the row of start and memory."
)
NOTES = ("One rung is due at the start, the others later. APScheduler finds its job in its store of 400,000.",)
