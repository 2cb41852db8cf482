"""Planning the rungs of a case, in its transaction, beside APScheduler's job store with one job a rung."""

import itertools
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from benchmarks.databases import Databases, engine_on
from benchmarks.filling import RUNGS, Filling
from benchmarks.office import room_on
from benchmarks.peer import Peer
from benchmarks.progress import tell
from benchmarks.report import Goal, Result, times
from cases.case import Entry
from cases.change import Change
from cases.room import Room
from cases.timers import planned_timers
from storage.timers import SqlTimers
from storage.unit_of_work import SqlUnitsOfWork

SIZES = (1_000, 10_000, 100_000)
ROUNDS, CASES = 7, 20
"""Each round plans so many cases on either side, in turn."""
WANTED = 10.0
FLAT = 1.5
Rates = tuple[float, float, float]
"""Rungs a second: what they add to their transaction, in the whole transaction of a changed case, and theirs."""
HEADINGS = ["", "the rungs, in it", "a changed case", "APScheduler", "rungs", "whole"]
DUE = datetime(2030, 3, 4, 12, tzinfo=UTC)


def run() -> Result:
    """The row."""
    with Databases() as databases:
        rates = {(kind, size): _rates(databases, kind, size) for kind in databases.kinds for size in SIZES}
    lines = [
        [
            f"{kind}, {size:,} open cases",
            *(f"{rate:,.0f}" for rate in (added, whole, theirs)),
            times(added / theirs),
            times(whole / theirs),
        ]
        for (kind, size), (added, whole, theirs) in rates.items()
    ]
    goals = [
        *_goals("the rungs, in their transaction", 0, rates),
        *_goals("the case's whole transaction", 1, rates),
    ]
    return Result("Planning a case's rungs: rungs a second", HEADINGS, lines, goals, NOTES)


def _goals(what: str, which: int, rates: Mapping[tuple[str, int], Rates]) -> list[Goal]:
    worst = min(rate[which] / rate[2] for rate in rates.values())
    growth = max(rates[kind, SIZES[0]][which] / rates[kind, SIZES[-1]][which] for kind, _ in rates)
    longer = f"{times(growth)} as long with {SIZES[-1]:,} as with {SIZES[0]:,}"
    return [
        Goal(f"{what}: at least 10 times the rungs a second", f"{times(worst)} at the least", worst >= WANTED, WHY),
        Goal(f"{what}: flat", longer, growth <= FLAT, WHY_NOT_FLAT),
    ]


def _rates(databases: Databases, kind: str, size: int) -> Rates:
    """At the median of interleaved rounds."""
    tell(f"{kind}: {size:,} open cases")
    url = databases.filled(kind, Filling(size, DUE, apart=60))
    added: list[float] = []
    whole: list[float] = []
    theirs: list[float] = []
    with engine_on(url) as engine, Peer("jobs", databases.empty(kind)) as peer:
        room = room_on(SqlUnitsOfWork(engine))
        peer.ask(do="start")
        peer.ask(do="fill", jobs=size * RUNGS, first=DUE.timestamp(), apart=15)
        numbers = itertools.cycle(range(1, size + 1, max(1, size // 997)))
        _plan(room, numbers)
        peer.ask(do="plan", cases=CASES)
        for _ in range(ROUNDS):
            added.append(_plan_in_it(engine, room, numbers))
            whole.append(_plan(room, numbers))
            theirs.append(peer.ask(do="plan", cases=CASES)["seconds"])
    of_each = [CASES * RUNGS / median(seconds) for seconds in (added, whole, theirs)]
    return of_each[0], of_each[1], of_each[2]


def _plan_in_it(engine: Engine, room: Room, numbers: "itertools.cycle[int]") -> float:
    """Seconds that the rungs of some cases add to a transaction: each case's worked out, taken away and stored anew."""
    with room.units.reading() as work:
        cases = [work.cases.get(number) for number in itertools.islice(numbers, CASES)]
    taken = 0.0
    for case in cases:
        with Session(engine) as session, session.begin():
            session.connection()
            begun = time.perf_counter()
            SqlTimers(session).replace(case.number, planned_timers(case, room.calendar(case)))
            taken += time.perf_counter() - begun
    return taken


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
    "One transaction of ours reads the case, writes it, its history, its people and four timers, and is written "
    "through once; beside it stand four bare inserts of a job, each written through, which know of no case. So four "
    "times is about all that the disk allows, less SQLAlchemy's and pydantic's work for the case."
)
WHY_NOT_FLAT = "A case's rows lie all over a larger database, and so does what a checkpoint writes of them."
NOTES = (
    "*The rungs, in it*: what they add to the transaction of their case, whose commit is not counted; four of them are "
    "worked out, taken away and stored anew. *A changed case*: that transaction whole, with its commit; the case is "
    "read and locked too, stored, its history and its people written. APScheduler's is `add_job` four times, each a "
    "commit, on a scheduler that runs; the application's own case is not counted for it.",
    "Both write through (WAL with synchronous=FULL; PostgreSQL as it comes).",
)
