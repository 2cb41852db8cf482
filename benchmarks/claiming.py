"""Claiming the next due timer, with 10,000 pending and with 1,000,000."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median

from benchmarks.databases import Databases, engine_on
from benchmarks.filling import RUNGS, Filling
from benchmarks.progress import tell
from benchmarks.report import Goal, Result, milliseconds, times
from storage.unit_of_work import SqlUnitsOfWork

SIZES = (10_000, 1_000_000)
"""Pending timers."""
CLAIMS = 200
WANTED = 1.3
DUE = datetime(2030, 3, 4, 12, tzinfo=UTC)
HOW_MANY_DUE = {"none due": timedelta(seconds=-1), "some due": timedelta(minutes=30), "all due": timedelta(days=3650)}


def run() -> Result:
    """The row."""
    lines: list[list[str]] = []
    worst = 0.0
    with Databases() as databases:
        for kind in databases.kinds:
            taken = _claims(databases, kind)
            for what in HOW_MANY_DUE:
                small, large = (median(taken[size, what]) for size in SIZES)
                worst = max(worst, large / small)
                lines.append([f"{kind}, {what}", milliseconds(small), milliseconds(large), times(large / small)])
    goal = Goal("within 1.3 times, on both databases", f"{times(worst)} at the most", worst <= WANTED)
    headings = ["", *(f"{size:,} pending" for size in SIZES), ""]
    return Result("Claiming a due timer", headings, lines, [goal], NOTES)


def _claims(databases: Databases, kind: str) -> dict[tuple[int, str], list[float]]:
    """Seconds of each claim, the sizes and the numbers of due ones in turn."""
    taken: dict[tuple[int, str], list[float]] = {(size, what): [] for size in SIZES for what in HOW_MANY_DUE}
    urls = []
    for size in SIZES:
        tell(f"{kind}: {size:,} pending")
        urls.append(databases.filled(kind, Filling(size // RUNGS, DUE, apart=60)))
    with engine_on(urls[0]) as small, engine_on(urls[1]) as large:
        begins = dict(zip(SIZES, (SqlUnitsOfWork(each) for each in (small, large)), strict=True))
        for attempt in range(CLAIMS + 20):
            for (size, what), seconds in taken.items():
                took = _claim(begins[size], DUE + HOW_MANY_DUE[what])
                if attempt >= 20:
                    seconds.append(took)
    return taken


def _claim(begin: SqlUnitsOfWork, now: datetime) -> float:
    """One transaction that takes the earliest due timer and its case, and gives them back."""
    begun = time.perf_counter()
    with begin() as work:
        work.timers.claim_due(now)
    return time.perf_counter() - begun


NOTES = (
    "A claim is a whole transaction that locks the timer's row and its case's. `some due` is the first half hour.",
)
