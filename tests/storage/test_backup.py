"""A backup is one moment of the database, taken while somebody writes; a restore puts it back where nobody is."""

import json
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli_backup import DUMP, LOAD
from storage import backup as backups
from storage.unit_of_work import SqlUnitsOfWork
from tests.docs.blocks import Line, pages
from tests.storage import postgres
from tests.storage.given import engine_on, note
from tests.storage.lived import dumped, lived

WRITER = [sys.executable, "-m", "tests.storage.writer"]
WRITTEN = 40


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "80"})


def words(result: Result) -> str:
    return " ".join(result.output.split())


def test_a_backup_taken_while_somebody_writes_is_one_moment_of_it(
    sqlite_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.backup.PAGES", 1)  # many steps, as with a large database
    copies = [tmp_path / f"{number}.db" for number in range(5)]
    with subprocess.Popen([*WRITER, sqlite_database], stdout=subprocess.PIPE, text=True) as writing:
        assert writing.stdout is not None
        for _ in range(WRITTEN):
            writing.stdout.readline()
        done = [run("backup", str(copy), "--database-url", sqlite_database) for copy in copies]
        went_on = int(writing.stdout.readline())
        writing.kill()
    assert [each.exit_code for each in done] == [0] * len(copies), done[0].output
    assert went_on > WRITTEN
    seen = []
    for copy in copies:
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        with sqlite3.connect(copy) as opened:
            assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
            ((said, revision),) = opened.execute("SELECT share_said, revision FROM cases").fetchall()
            assert opened.execute("SELECT key FROM timers").fetchall() == [(f"rung:{said}",)]
            assert opened.execute("SELECT count(*) FROM outbox").fetchone() == (5 * said,)
            assert opened.execute("SELECT count(*) FROM history").fetchone() == (said + 1,)
            assert revision == said + 2
            seen.append(said)
        opened.close()
    assert seen == sorted(seen)
    assert sorted(each.name for each in tmp_path.iterdir() if "partial" in each.name) == []


def test_there_and_back_everything_is_as_it_was(sqlite_database: str, tmp_path: Path) -> None:
    with engine_on(sqlite_database) as engine:
        begin = SqlUnitsOfWork(engine)
        lived(begin)
        with begin() as work:
            work.outbox.add(note("still to be said"))
        before = dumped(engine)
        assert run("backup", str(tmp_path / "b.db"), "--database-url", sqlite_database).exit_code == 0
        refused = run("restore", str(tmp_path / "b.db"), "--database-url", sqlite_database, "--force")
        assert refused.exit_code == 1
        assert "is in use: stop the bot first. Nothing was changed." in words(refused)
    kept = run("restore", str(tmp_path / "b.db"), "--database-url", sqlite_database)
    assert (kept.exit_code, "--force replaces it" in words(kept)) == (1, True)

    place = Path(make_url(sqlite_database).database or "")
    place.write_bytes(b"broken")
    place.unlink()
    done = run("restore", str(tmp_path / "b.db"), "--database-url", sqlite_database)
    assert done.exit_code == 0, done.output
    with engine_on(sqlite_database) as engine:
        after = dumped(engine)
        waiting = [row for row in after["outbox"] if row["state"] == "waiting"]
        assert [row["uncertain"] for row in waiting] == [1], "Slack is asked before it is said again"
        for row in after["outbox"]:
            row["uncertain"] = 0
        assert after == before


def test_over_one_that_nobody_has_open_with_force(sqlite_database: str, tmp_path: Path) -> None:
    assert run("backup", str(tmp_path / "b.db"), "--database-url", sqlite_database).exit_code == 0
    assert run("backup", str(tmp_path / "b.db"), "--database-url", sqlite_database).exit_code == 1
    with engine_on(sqlite_database) as engine:
        lived(SqlUnitsOfWork(engine))
    assert run("restore", str(tmp_path / "b.db"), "--database-url", sqlite_database, "--force").exit_code == 0
    with engine_on(sqlite_database) as engine:
        assert dumped(engine)["cases"] == []


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DROP TABLE alembic_version", "is no database of Caseclock"),
        ("UPDATE alembic_version SET version_num = 'of-tomorrow'", "is of of-tomorrow, which this Caseclock"),
    ],
)
def test_what_is_no_backup_is_not_restored(statement: str, why: str, sqlite_database: str, tmp_path: Path) -> None:
    path = Path(make_url(sqlite_database).database or "")
    with sqlite3.connect(path) as opened:
        opened.execute(statement)
    opened.close()
    done = run("restore", str(path), "--database-url", f"sqlite:///{tmp_path / 'new.db'}")
    assert done.exit_code == 1
    assert why in words(done)
    assert not (tmp_path / "new.db").exists()


@pytest.mark.postgresql
def test_postgresql_is_told_its_own_commands_and_they_work(postgres_database: str, tmp_path: Path) -> None:
    for command in ("backup", "restore"):
        told = run(command, str(tmp_path / "b.db"), "--database-url", postgres_database)
        assert told.exit_code == 1
        assert (DUMP if command == "backup" else " ".join(LOAD)) in words(told)
    bin = postgres.binaries()
    assert bin is not None
    with engine_on(postgres_database) as engine:
        lived(SqlUnitsOfWork(engine))
        with SqlUnitsOfWork(engine)() as work:
            work.outbox.add(note("still to be said"))
        before = dumped(engine)
    env = {"PATH": f"{bin}:/usr/bin:/bin", "DATABASE": postgres_database.replace("+psycopg", "")}
    subprocess.run(["sh", "-c", DUMP], env=env, cwd=tmp_path, check=True)
    with engine_on(postgres_database) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE cases SET title = 'spoilt'"))
    for line in LOAD:
        subprocess.run(["sh", "-c", line], env=env, cwd=tmp_path, check=True)
    with engine_on(postgres_database) as engine:
        after = dumped(engine)
    asked = {row["key"]: bool(row["uncertain"]) for row in after["outbox"] if row["state"] == "waiting"}
    assert asked == {"still to be said": True}, "Slack is asked before it is said again"
    for row in (*before["outbox"], *after["outbox"]):
        row["uncertain"] = row["state"] == "waiting"
    assert _sorted(after) == _sorted(before)


def test_the_operators_page_has_the_commands_that_are_tried_here() -> None:
    (page,) = [page for page in pages() if page.name == "docs/guides/operators.md"]
    lines = [step.command for step in page.steps if isinstance(step, Line)]
    assert [line for line in lines if line.startswith("p")] == [DUMP, *LOAD]


def _sorted(tables: object) -> str:
    return json.dumps(tables, default=str, sort_keys=True)


def test_what_is_written_between_two_steps_is_not_in_it(sqlite_database: str, tmp_path: Path) -> None:
    path, copy, left = Path(make_url(sqlite_database).database or ""), tmp_path / "b.db", [50]

    def write(*_: int) -> None:
        left[0] -= 1
        if left[0] >= 0:
            with sqlite3.connect(path) as other:
                other.execute("INSERT INTO away (user_id) VALUES (?)", (f"U{left[0]}",))
            other.close()

    with pytest.MonkeyPatch.context() as small:
        small.setattr(backups, "PAGES", 1)
        backups.backup(path, copy, write)
    with sqlite3.connect(copy) as opened:
        assert opened.execute("SELECT count(*) FROM away").fetchone() == (0,)
    opened.close()
    assert left[0] < 50
