"""APScheduler 3.11 with SQLAlchemyJobStore, one job a rung, added one by one as an application would."""

import pickle
import sqlite3
import sys
import time
from datetime import UTC, datetime, timedelta

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine, create_engine, event, insert, select

from benchmarks.peers import rung
from benchmarks.peers.loop import Answer, Question, serve

JOB = "benchmarks.peers.rung:tell"
SHARES = (50, 75, 90, 100)
FAR = timedelta(days=30)
AT_ONCE = 10_000
"""Rows that are filled in with one statement."""


def engine_on(url: str) -> Engine:
    """SQLite in WAL, and as patient as PostgreSQL."""
    engine = create_engine(url, connect_args={"timeout": 30} if url.startswith("sqlite") else {})

    def in_wal(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL").close()
        connection.execute("PRAGMA synchronous=FULL").close()

    if url.startswith("sqlite"):
        event.listen(engine, "connect", in_wal)
    return engine


store = SQLAlchemyJobStore(engine=engine_on(sys.argv[1]))
scheduler = BackgroundScheduler(
    timezone=UTC, jobstores={"default": store}, job_defaults={"misfire_grace_time": None, "coalesce": True}
)


def fill(jobs: int, first: datetime, apart: float) -> None:
    """Many jobs at once, each as `add_job` would have stored it."""
    scheduler.add_job(JOB, "date", run_date=first + FAR, args=(1, 50), id="template")
    with store.engine.begin() as connection:
        state = pickle.loads(connection.scalar(select(store.jobs_t.c.job_state)))  # noqa: S301 - ours
        connection.execute(store.jobs_t.delete())
        for begin in range(0, jobs, AT_ONCE):
            numbers = range(begin, min(begin + AT_ONCE, jobs))
            connection.execute(
                insert(store.jobs_t), [_row(state, n, first + timedelta(seconds=n * apart)) for n in numbers]
            )


def _row(state: dict[str, object], number: int, at: datetime) -> dict[str, object]:
    state |= {"id": f"filled-{number}", "next_run_time": at, "args": (number // 4, SHARES[number % 4])}
    state["trigger"].run_date = at  # type: ignore[attr-defined]  # a DateTrigger
    return {"id": state["id"], "next_run_time": at.timestamp(), "job_state": pickle.dumps(state)}


def plan(cases: int) -> float:
    """Seconds for the four rungs of so many cases."""
    at = datetime.now(UTC) + FAR
    begun = time.perf_counter()
    for case in range(cases):
        for share in SHARES:
            scheduler.add_job(JOB, "date", run_date=at + timedelta(minutes=share), args=(case, share))
    return time.perf_counter() - begun


def fired(jobs: int, at: float, patience: float) -> Answer:
    """How late so many jobs were that were due at one instant; `dropped` is how many never ran."""
    while len(rung.ran) < jobs and time.time() < at + patience:
        time.sleep(0.005)
    late = sorted(ran - at for ran in rung.ran)
    p99 = late[int(len(late) * 0.99)] if late else 0.0
    return {"p99": p99, "median": late[len(late) // 2] if late else 0.0, "dropped": float(jobs - len(late))}


def answer(asked: Question) -> Answer:
    """By `do`: start, fill, plan_now, go_on, plan, fired."""
    match asked["do"]:
        case "start":
            scheduler.start(paused="paused" in asked)
        case "fill":
            fill(int(asked["jobs"]), datetime.fromtimestamp(float(asked["first"]), UTC), float(asked["apart"]))
        case "plan_now":
            scheduler.add_job(JOB, "date", run_date=datetime.now(UTC), args=(1, 50))
        case "go_on":
            scheduler.resume()
        case "plan":
            return {"seconds": plan(int(asked["cases"]))}
        case "fired":
            return fired(int(asked["jobs"]), float(asked["at"]), float(asked["patience"]))
    return {}


if __name__ == "__main__":
    serve(answer)
