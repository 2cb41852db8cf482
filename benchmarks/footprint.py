"""From the start of the process until it is connected, and the memory that it holds then."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

from benchmarks.bots import slack, start, stop, wait_for
from benchmarks.databases import SQLITE, Databases
from benchmarks.filling import Filling
from benchmarks.machine import resident_mib
from benchmarks.peer import Peer
from benchmarks.progress import tell
from benchmarks.report import Goal, Result, times
from workspace.server import Workspace

RUNS = 5
SETTLE_SECONDS = 1.0
WANTED_START, WANTED_MEMORY = 1.5, 1.4
Seen = tuple[float, float]
"""Seconds until connected, MiB held a second later."""


def run() -> Result:
    """The row."""
    with Databases() as databases:
        filling = Filling(1, datetime.now(UTC) + timedelta(days=1))

        def ours(workspace: Workspace) -> Seen:
            begun = time.perf_counter()
            bot = start(workspace, databases.filled(SQLITE, filling), databases.folder)
            try:
                wait_for(lambda: bool(workspace.hub.connections), [bot])
                return _seen(begun, bot.pid)
            finally:
                stop([bot])

        databases.filled(SQLITE, filling)
        seen = _interleaved({"Caseclock": ours, "slack_bolt + sqlalchemy + apscheduler": _theirs})
    (our_start, our_memory), (start_, memory) = seen.values()
    lines = [[name, f"{seconds:.2f} s", f"{mib:.0f} MiB"] for name, (seconds, mib) in seen.items()]
    goals = [
        Goal("started within 1.5 times", times(our_start / start_), our_start <= WANTED_START * start_, WHY),
        Goal("memory within 1.4 times", times(our_memory / memory), our_memory <= WANTED_MEMORY * memory, WHY),
    ]
    return Result("Start and memory", ["", "until connected", "resident"], lines, goals, NOTES)


def _interleaved(sides: dict[str, Callable[[Workspace], Seen]]) -> dict[str, Seen]:
    """The median of each, a run of one after a run of the other."""
    seen: dict[str, list[Seen]] = {name: [] for name in sides}
    for number in range(RUNS):
        for name, side in sides.items():
            tell(f"start {number + 1} of {RUNS}: {name}")
            with slack() as workspace:
                seen[name].append(side(workspace))
    return {name: (median(s for s, _ in each), median(mib for _, mib in each)) for name, each in seen.items()}


def _theirs(workspace: Workspace) -> Seen:
    begun = time.perf_counter()
    with Peer("bolt", workspace.api_url, workspace.bot_token, workspace.app_token, "whole") as peer:
        workspace.connected(timeout=60)
        return _seen(begun, peer.pid)


def _seen(begun: float, pid: int) -> Seen:
    seconds = time.perf_counter() - begun
    time.sleep(SETTLE_SECONDS)
    return seconds, resident_mib(pid)


WHY = (
    "The rest is SQLAlchemy's ORM and its mapping, pydantic, three policies (YAML, with the lines of its keys), the "
    "`holidays` library (which imports every country's), structlog with Rich, starlette, and what we are ourselves."
)
NOTES = (
    "Ours is `caseclock run` on a migrated SQLite file. Beside it: the three libraries, an engine, a scheduler "
    "that runs, and Bolt's Socket Mode connected to the same local Slack.",
)
