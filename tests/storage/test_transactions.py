"""Transactions wait for each other, wake whom they must, survive a kill, and say plainly when the database is gone."""

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from cases.ports import StorageUnavailable, UnitOfWork
from cases.queues import Queue, Received
from cases.says import Say
from cases.timers import Timer, TimerKind
from storage.database import make_engine
from storage.queue_tables import OutboxRow
from storage.tables import HistoryRow
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import OPENED, a_case, engine_on, note, rung


def test_fifty_writers_at_once_all_get_their_turn(database: str) -> None:
    with engine_on(database) as engine:
        begin = SqlUnitsOfWork(engine)
        number = a_case(begin).number
        ready = threading.Barrier(50)

        def write(_: int) -> None:
            ready.wait()
            for _turn in range(4):
                with begin() as work:
                    read = work.cases.get(number)
                    work.save(replace(read, share_said=read.share_said + 1), [rung(50)], [OPENED], [])

        with ThreadPoolExecutor(50) as writers:
            list(writers.map(write, range(50)))
        with begin() as work:
            assert work.cases.get(number).share_said == 200


@pytest.mark.parametrize("kill", range(3))
def test_a_killed_writer_leaves_whole_transactions_only(database: str, kill: int) -> None:
    writer = [sys.executable, "-m", "tests.storage.writer", database]
    with subprocess.Popen(writer, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(3 + 2 * kill)]
        process.send_signal(signal.SIGKILL)
        told += [int(line) for line in process.stdout if line.endswith("\n")]
    assert process.returncode == -signal.SIGKILL
    with engine_on(database) as engine, engine.connect() as connection:
        written = connection.scalar(text("SELECT share_said FROM cases"))
        assert written is not None
        assert written >= told[-1]
        assert connection.scalar(select(func.count()).select_from(HistoryRow)) == written + 1
        assert connection.scalar(select(func.count()).select_from(OutboxRow)) == 5 * written
        assert connection.scalar(text("SELECT max(number) FROM timers")) == written


def test_a_transaction_wakes_those_whose_queue_it_changed_and_nobody_else(database: str) -> None:
    woken: list[Collection[Queue]] = []
    with engine_on(database) as engine:
        begin = SqlUnitsOfWork(engine, woken.append)
        case = a_case(begin)
        event = Received("Ev1", {}, NOON)

        def wakes(*steps: Callable[[UnitOfWork], object]) -> set[Queue]:
            woken.clear()
            with begin() as work:
                for step in steps:
                    step(work)
            return {queue for changed in woken for queue in changed}

        a_timer = Timer("rung:1:50", TimerKind.RUNG, NOON, 50)
        assert wakes(lambda work: work.outbox.add(note("a"))) == {Queue.OUTBOX}
        assert not wakes(lambda work: work.outbox.add(note("a")))
        assert wakes(lambda work: work.outbox.claim(NOON, 1, ())) == {Queue.OUTBOX}
        assert not wakes(lambda work: work.outbox.claim(NOON, 1, ()), lambda work: work.timers.claim_due(NOON))
        assert not wakes(lambda work: work.cases.get(case.number), lambda work: work.cases.listing())
        assert not wakes(lambda work: work.timers.postpone(case.number, "gone", NOON))
        assert wakes(lambda work: work.inbox.put(event)) == {Queue.INBOX}
        assert wakes(lambda work: work.inbox.handled("Ev1", NOON), lambda work: work.outbox.add(note("c"))) == {
            Queue.INBOX,
            Queue.OUTBOX,
        }
        assert wakes(lambda work: work.save(work.cases.get(case.number), [a_timer], [], [])) == {Queue.TIMERS}
        with pytest.raises(ZeroDivisionError):
            wakes(lambda work: work.outbox.add(note("b")), lambda work: 1 // 0)
        assert not woken


def test_who_only_reads_waits_for_no_writer_and_changes_nothing(database: str) -> None:
    with engine_on(database) as engine:
        begin = SqlUnitsOfWork(engine)
        case = a_case(begin)
        with begin() as writing:
            writing.save(replace(writing.cases.get(case.number), title="Changed"), [], [], [])
            with begin.reading() as work:
                assert work.cases.get(case.number).title == case.title
        with begin.reading() as work:
            assert work.cases.get(case.number).title == "Changed"
            work.outbox.add(note("a"))
        with begin.reading() as work:
            assert work.outbox.next_ready_at(()) is None


def test_what_can_not_be_begun_is_told_and_works_again_later(sqlite_database: str) -> None:
    path = sqlite_database.removeprefix("sqlite:///")
    engine = make_engine(sqlite_database, patience=0.01)
    begin = SqlUnitsOfWork(engine)
    a_case(begin)
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    for _attempt in range(20):
        with pytest.raises(StorageUnavailable, match="locked"):
            _touch(begin)
    blocker.close()
    _touch(begin)
    engine.dispose()


def test_a_database_file_that_is_taken_away_is_told_and_used_again_when_it_is_back(sqlite_database: str) -> None:
    path = Path(sqlite_database.removeprefix("sqlite:///"))
    with engine_on(sqlite_database) as engine:
        begin = SqlUnitsOfWork(engine)
        case = a_case(begin)
        engine.dispose()
        _touch(begin)
        for file in path.parent.glob("caseclock.db*"):
            file.rename(file.with_name(f"away-{file.name}"))
        with pytest.raises(StorageUnavailable, match="no such table"):
            _touch(begin)
        for file in path.parent.glob("caseclock.db*"):
            file.unlink()
        for file in path.parent.glob("away-*"):
            file.rename(file.with_name(file.name.removeprefix("away-")))
        with begin() as work:
            assert work.cases.get(case.number) == case


@pytest.mark.postgresql
def test_connections_cut_by_the_server_are_made_anew(postgres_database: str, postgres_url: str) -> None:
    with engine_on(postgres_database) as engine, engine_on(postgres_url.format("postgres")) as admin:
        begin = SqlUnitsOfWork(engine)
        _touch(begin)
        with admin.begin() as connection:
            connection.execute(text(CUT_OFF), {"name": engine.url.database})
        _touch(begin)
        with pytest.raises(StorageUnavailable), begin() as work:
            _cut_midway(work, admin_url=postgres_url)
        _touch(begin)


def test_a_broken_promise_of_the_tables_is_an_error_of_ours(begin: SqlUnitsOfWork) -> None:
    with pytest.raises(IntegrityError), begin() as work:
        work.outbox.add(Say("k", note("k").kind, "C1", 0, case=404))


def test_sqlite_commits_to_disk_in_wal(sqlite_database: str) -> None:
    with engine_on(sqlite_database) as engine, engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


CUT_OFF = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"


def _cut_midway(work: UnitOfWork, admin_url: str) -> None:
    work.outbox.next_ready_at(())
    with engine_on(admin_url.format("postgres")) as admin, admin.begin() as connection:
        connection.execute(text(CUT_OFF.replace("= :name", "LIKE 'test_%'")))
    work.outbox.next_ready_at(())


def _touch(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        work.outbox.next_ready_at(())


def test_a_form_is_saved_however_busy_another_writer_is(sqlite_database: str) -> None:
    """SQLite's own lock would go to the writer that never pauses, time after time."""
    engine, told, begun = make_engine(sqlite_database, patience=0.6), threading.Event(), threading.Event()
    begin = SqlUnitsOfWork(engine)

    def write_without_pause() -> None:
        while not told.is_set():
            with begin() as work:
                work.inbox.handled("Ev1", NOON)
                begun.set()
                told.wait(0.05)

    with ThreadPoolExecutor(1) as pool:
        greedy = pool.submit(write_without_pause)
        try:
            assert begun.wait(10)
            for number in range(10):
                with begin() as work:
                    assert work.outbox.add(note(f"line {number}"))
        finally:
            told.set()
        greedy.result()
    engine.dispose()


def test_a_new_file_that_somebody_else_is_just_opening_is_waited_for(tmp_path: Path) -> None:
    place = tmp_path / "new.db"
    other = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
    for statement in ("CREATE TABLE t (x)", "BEGIN IMMEDIATE"):
        other.execute(statement).close()
    done = threading.Timer(0.2, lambda: other.execute("COMMIT").close())
    done.start()
    engine = make_engine(f"sqlite:///{place}", patience=10)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
    done.join()
    other.close()
