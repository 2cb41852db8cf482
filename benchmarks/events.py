"""Events a second: stored, acknowledged and handled by one process, and by 1, 2 and 4 replicas on PostgreSQL."""

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, create_engine, text

from benchmarks.bots import PATIENCE_SECONDS, caseclock, slack
from benchmarks.databases import POSTGRESQL, Databases
from benchmarks.filling import Filling
from benchmarks.peer import Peer
from benchmarks.progress import tell
from benchmarks.report import Result
from workspace.server import Workspace

EVENTS, THREADS = 600, 30
HANDLED_SECONDS = 300.0
REPLICAS = (1, 2, 4)
Seen = tuple[float, float]
"""Events a second acknowledged, and handled."""


def run() -> Result:
    """The row."""
    lines: list[list[str]] = []
    with Databases() as databases:
        lines.append(["bare Bolt", f"{_bolt('default'):,.0f}", "—"])
        lines.append(["bare Bolt, process_before_response", f"{_bolt('before'):,.0f}", "—"])
        for kind in databases.kinds:
            for replicas in REPLICAS if kind == POSTGRESQL else (1,):
                acked, handled = _ours(databases, kind, replicas)
                lines.append([f"Caseclock, {kind}, {replicas} process(es)", f"{acked:,.0f}", f"{handled:,.0f}"])
    return Result("Events a second", ["", "acknowledged", "handled"], lines, (), NOTES)


def _bolt(mode: str) -> float:
    tell(f"bare Bolt, {mode}")
    with slack() as workspace, Peer("bolt", workspace.api_url, workspace.bot_token, workspace.app_token, mode):
        workspace.connected(timeout=60)
        begun = _write(workspace)
        workspace.settled(HANDLED_SECONDS)
        return EVENTS / (time.perf_counter() - begun)


def _ours(databases: Databases, kind: str, replicas: int) -> Seen:
    tell(f"{kind}, {replicas} process(es)")
    url = databases.filled(kind, Filling(1, datetime.now(UTC) + timedelta(days=1)))
    # An engine of SQLAlchemy's own locks nothing in order to look.
    looking = create_engine(url)
    with slack() as workspace, caseclock(workspace, url, databases.folder, replicas):
        begun = _write(workspace)
        workspace.settled(HANDLED_SECONDS)
        acked = time.perf_counter() - begun
        while _is_waiting(looking):
            if time.perf_counter() - begun > HANDLED_SECONDS:
                raise TimeoutError("events are still waiting")
            time.sleep(0.05)
        return EVENTS / acked, EVENTS / (time.perf_counter() - begun)


def _is_waiting(engine: Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.scalar(text("SELECT count(*) FROM inbox WHERE handled_at IS NULL")))


def _write(workspace: Workspace) -> float:
    """Messages in threads, as fast as Slack can write them; when the first was written."""
    dana = workspace.user("Dana")
    roots = [dana.post("C0ACME", f"thread {number}") for number in range(THREADS)]
    workspace.settled(PATIENCE_SECONDS)
    begun = time.perf_counter()
    for number in range(EVENTS):
        dana.post("C0ACME", f"message {number}", roots[number % THREADS].ts)
    return begun


NOTES = (
    "Messages in threads that belong to no case: each is stored in the inbox before its ack, taken out, looked up and "
    "settled: three transactions that are written through, and one that only reads. Bolt's handler is empty.",
    "What limits the handling: a process handles one event at a time, and waits for its transactions. What "
    "limits the acks: listeners are threads of one interpreter. Replicas add up only as far as there are processors, "
    "which here are shared with the database and with the local Slack that sends the events.",
)
