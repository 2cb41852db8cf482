"""Planning the rungs of a case, in its transaction, beside APScheduler's job store with one job a rung."""

import itertools
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median

from benchmarks.databases import Databases, engine_on
from benchmarks.filling import RUNGS, Filling
from benchmarks.office import room_on
from benchmarks.peer import Peer
from benchmarks.progress import tell
from benchmarks.report import Goal, Result, times
from cases.case import Entry
from cases.change import Change
from cases.room import Room
from storage.unit_of_work import SqlUnitsOfWork

SIZES = (1_000, 10_000, 100_000)
ROUNDS, CASES = 7, 20
"""Each round plans so many cases on either side, in turn."""
WANTED = 10.0
FLAT = 1.5
DUE = datetime(2030, 3, 4, 12, tzinfo=UTC)


def run() -> Result:
    """The row."""
    with Databases() as databases:
        rates = {(kind, size): _rates(databases, kind, size) for kind in databases.kinds for size in SIZES}
    lines = [
        [f"{kind}, {size:,} open cases", f"{ours:,.0f}", f"{theirs:,.0f}", times(ours / theirs)]
        for (kind, size), (ours, theirs) in rates.items()
    ]
    worst = min(ours / theirs for ours, theirs in rates.values())
    growth = max(rates[kind, SIZES[0]][0] / rates[kind, SIZES[-1]][0] for kind, _ in rates)
    goals = [
        Goal(
            "at least 10 times the rungs a second, on both databases",
            f"{times(worst)} at the least",
            worst >= WANTED,
            WHY,
        ),
        Goal("flat", f"{times(growth)} as long with {SIZES[-1]:,} as with {SIZES[0]:,}", growth <= FLAT),
    ]
    return Result("Planning a case's rungs: rungs a second", ["", "Caseclock", "APScheduler", ""], lines, goals, NOTES)


def _rates(databases: Databases, kind: str, size: int) -> tuple[float, float]:
    """Rungs a second, ours and theirs, at the median of interleaved rounds."""
    tell(f"{kind}: {size:,} open cases")
    url = databases.filled(kind, Filling(size, DUE, apart=60))
    ours: list[float] = []
    theirs: list[float] = []
    with engine_on(url) as engine, Peer("jobs", databases.empty(kind)) as peer:
        room = room_on(SqlUnitsOfWork(engine))
        peer.ask(do="start")
        peer.ask(do="fill", jobs=size * RUNGS, first=DUE.timestamp(), apart=15)
        numbers = itertools.cycle(range(1, size + 1, max(1, size // 997)))
        _plan(room, numbers)
        peer.ask(do="plan", cases=CASES)
        for _ in range(ROUNDS):
            ours.append(_plan(room, numbers))
            theirs.append(peer.ask(do="plan", cases=CASES)["seconds"])
    return tuple(CASES * RUNGS / median(seconds) for seconds in (ours, theirs))  # type: ignore[return-value]


def _plan(room: Room, numbers: "itertools.cycle[int]") -> float:
    """Seconds for some cases: each is read, changed and stored, with its history and its rungs planned anew."""
    begun = time.perf_counter()
    for number in itertools.islice(numbers, CASES):
        with room.units() as work:
            case = work.cases.get(number)
            due = case.due_at + timedelta(minutes=1)
            room.save(work, Change(replace(case, due_at=due), (Entry(DUE, None, "reprioritised", "benchmark"),)))
    return time.perf_counter() - begun


WHY = (
    "One transaction of ours reads the case, writes it, its history, its people and four timers; beside it stand four "
    "bare inserts of a job, which know of no case. What remains is SQLAlchemy's and pydantic's work for the case."
)
NOTES = (
    "Ours is the whole transaction of a changed case: read and locked, stored, history, participants, its four rungs "
    "deleted and planned anew. APScheduler's is `add_job` four times, each a commit, on a scheduler that runs; "
    "the application's own case is not counted for it.",
    "Both write through (WAL with synchronous=FULL; PostgreSQL as it comes).",
)
