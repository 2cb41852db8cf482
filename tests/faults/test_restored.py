"""A backup taken under load, restored over what went on after it: the books balance, and each case is whole."""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from bot.cli import app
from storage.base import SayState
from storage.queue_tables import OutboxRow
from tests.faults.books import Books
from tests.faults.recovering import BACK_SECONDS, back
from tests.faults.waiting import wait_for
from tests.journeys.acting import open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, words
from workspace.process_stage import ProcessStage

Rows = Mapping[str, OutboxRow]
"""Of an outbox, by key."""
LIMIT = timedelta(seconds=30)
ALWAYS = 1_000_000
MORE = 3
"""So many lines at least are written before the backup, and so many after it."""


class Writing:
    """Dana writes line after line into her case's thread, each once the bot has heard the one before."""

    def __init__(self, stage: ProcessStage) -> None:
        self._stage = stage
        self._enough = threading.Event()
        self.lines: list[str] = []

    @contextmanager
    def going_on(self) -> Iterator[None]:
        thread = threading.Thread(target=self._write)
        thread.start()
        try:
            yield
        finally:
            self._enough.set()
            thread.join()

    def until_more(self) -> None:
        """Returns when some more lines were heard."""
        heard = len(self.lines) + MORE
        wait_for(lambda: len(self.lines) > heard)

    def _write(self) -> None:
        dana, root = self._stage.person("Dana"), card(self._stage, "C0ACME").ts
        while not self._enough.is_set():
            line = f"Line {len(self.lines):03} of the log"
            dana.post("C0ACME", line, root)
            wait_for(partial(self._is_heard, line))
            self.lines.append(line)

    def _is_heard(self, line: str) -> bool:
        return any(line in str(row.body) for row in rows(self._stage.database_url).values())


def rows(url: str) -> Rows:
    engine = create_engine(url)
    with Session(engine) as session:
        found = session.scalars(select(OutboxRow)).all()
        session.expunge_all()
    engine.dispose()
    return {row.key: row for row in found}


def waiting(of: Rows, channel: str) -> set[str]:
    """Keys of what is still to be posted there."""
    return {row.key for row in of.values() if row.state is SayState.WAITING and row.channel == channel}


def caseclock(command: str, file: Path, stage: ProcessStage, *more: str) -> None:
    done = CliRunner().invoke(app, [command, str(file), "--database-url", stage.database_url, *more])
    assert done.exit_code == 0, done.output


def test_a_backup_under_load_loses_nothing_that_was_owed_and_doubles_nothing_of_it(tmp_path: Path) -> None:
    copy = tmp_path / "backup.db"
    with ProcessStage(tmp_path, MORNING) as stage:
        open_p1(stage)
        open_p1(stage)
        for channel in ("C0TRIAGE", "C0ACME"):
            stage.slack.faults.rate_limit("chat.postMessage", int(LIMIT.total_seconds()), ALWAYS, channel)
        stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
        wait_for(lambda: waiting(rows(stage.database_url), "C0ACME"))
        writing = Writing(stage)
        with writing.going_on():
            writing.until_more()
            caseclock("backup", copy, stage)
            writing.until_more()
        stage.slack.faults.clear("C0TRIAGE")
        stage._set_clock(stage.clock.now() + 2 * LIMIT)
        wait_for(lambda: not waiting(rows(stage.database_url), "C0TRIAGE"), BACK_SECONDS)
        assert stage.ask_to_stop() == 0
        stage.slack.wait_until(lambda: not stage.slack.hub.connections)

        kept, went_on = rows(f"sqlite:///{copy}"), rows(stage.database_url)
        told_since = waiting(kept, "C0TRIAGE") - waiting(went_on, "C0TRIAGE")
        owed_still = waiting(kept, "C0ACME") & waiting(went_on, "C0ACME")
        assert (len(told_since) >= MORE, len(owed_still) >= 1) == (True, True)
        stage.slack.faults.clear()
        stage._engine.dispose()
        caseclock("restore", copy, stage, "--force")
        back(stage)
        with stage.units() as uow:
            assert [getattr(uow.cases.get(number).assignee, "user", None) for number in (1, 2)] == ["U0ERIN", None]
        stage.move(hours=2)

        lost = {row.token for row in went_on.values()} - {row.token for row in kept.values()}
        stand = Books(stage.slack, stage._engine, frozenset(lost)).balance()
        assert set(stand.values()) == {1}
        assert told_since | owed_still <= stand.keys()
        triage = [words(message) for message in stage.slack.messages("C0TRIAGE")]
        copies = {line: sum(line in shown for shown in triage) for line in writing.lines}
        before = [line for line in writing.lines if any(line in str(row.body) for row in kept.values())]
        assert MORE <= len(before) <= len(writing.lines) - MORE
        assert {copies[line] for line in before} == {1}, "what the backup knew stands once"
        assert {copies[line] for line in writing.lines} <= {1, 2}, "what came after it is found again, none is lost"
        with stage.units() as uow:
            histories = [Counter(entry.what for entry in uow.cases.history(number)) for number in (1, 2)]
        assert [history["opened"] for history in histories] == [1, 1]
        assert [history["claimed"] for history in histories] == [1, 0]
        assert histories[1]["breached"] == 1
