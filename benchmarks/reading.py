"""App Home, `/case list` and `/case find` with 100, 10,000 and 100,000 cases: all of them open, or always a hundred."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

from benchmarks.databases import Databases, engine_on
from benchmarks.filling import Filling
from benchmarks.office import room_on
from benchmarks.progress import tell
from benchmarks.report import Goal, Result, milliseconds, times
from cases.finding import search_of
from cases.homes import Homes
from cases.lookup import Lookup
from cases.people import Actor, Person, Role
from storage.unit_of_work import SqlUnitsOfWork

SIZES = (100, 10_000, 100_000)
FEW = 100
"""Open, however many there were before."""
RUNS = 5
FLAT = 1.5
ERIN = Actor(Person("U0ERIN", "T0HOST", "Erin"), frozenset(Role))
"""An engineer and a manager, whose Home has every list."""
DANA = Actor(Person("U0DANA", "T0ACME", "Dana"))
Read = Callable[[], object]


def run() -> Result:
    """The row."""
    lines: list[list[str]] = []
    goals: list[Goal] = []
    with Databases() as databases:
        for kind in databases.kinds:
            for still_open, which in ((None, "all open"), (FEW, f"{FEW} open")):
                by_size = [_taken(databases, kind, size, still_open) for size in SIZES]
                for what in by_size[0]:
                    taken = [median(of[what]) for of in by_size]
                    ratio = max(taken) / taken[0]
                    name = f"{kind}, {which}: {what}"
                    lines.append([name, *map(milliseconds, taken), times(ratio)])
                    goals.append(Goal(f"{name}: flat within 1.5 times", times(ratio), ratio <= FLAT, WHY[what]))
    return Result("Reading, by cases", ["", *(f"{size:,}" for size in SIZES), ""], lines, goals, NOTES)


def _taken(databases: Databases, kind: str, size: int, still_open: int | None) -> dict[str, list[float]]:
    """Seconds of each reading, one after the other."""
    tell(f"{kind}: {size:,} cases, {still_open or size:,} open")
    now = datetime.now(UTC)
    url = databases.filled(kind, Filling(size, now, apart=60, still_open=still_open))
    taken: dict[str, list[float]] = {}
    with engine_on(url) as engine:
        reads = _reads(SqlUnitsOfWork(engine), now + timedelta(minutes=10))
        for number in range(RUNS + 1):
            for what, read in reads.items():
                begun = time.perf_counter()
                read()
                if number:
                    taken.setdefault(what, []).append(time.perf_counter() - begun)
    return taken


def _reads(begin: SqlUnitsOfWork, now: datetime) -> dict[str, Read]:
    room = room_on(begin)
    homes, lookup = Homes(room), Lookup(room)
    return {
        SUPPORT_HOME: lambda: homes.support(ERIN, ("U0ERIN",), {}, now),
        CUSTOMER_HOME: lambda: homes.customer(DANA, {}),
        LIST: lambda: lookup.listing(ERIN, "C0TRIAGE"),
        COMMON: lambda: lookup.find(search_of("offices sign"), ERIN, "C0TRIAGE"),
        RARE: lambda: lookup.find(search_of("zebra"), ERIN, "C0TRIAGE"),
    }


SUPPORT_HOME, CUSTOMER_HOME, LIST = "support's Home", "a customer's Home", "list"
COMMON, RARE = "a search that finds all", "a search that finds none"
HOMES = (
    "Home reads how every open case stands before it cuts its pages: lists, counts and loads are made in `cases/`; "
    "a manager's counts the cases of thirty days too."
)
SEARCH = "A word may stand anywhere in a text, so every text is read: an index of three-letter pieces would be needed."
WHY = {SUPPORT_HOME: HOMES, CUSTOMER_HOME: HOMES, LIST: "", COMMON: SEARCH, RARE: SEARCH}
NOTES = ("All cases are one account's: the worst there is.",)
