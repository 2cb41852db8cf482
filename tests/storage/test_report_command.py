"""`caseclock report`, as an operator types it: a week that was, on both databases."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import make_url
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.clock import SystemClock
from cases.calendars import CalendarBook
from cases.case import Entry
from cases.change import Change
from cases.ports import UnitsOfWork
from cases.responding import claimed, given_back
from cases.room import Room
from policies.holiday_names import holiday_names
from policies.loader import load_policies
from tests.builders import DANA, ENG, ENG2, PLACES, OnDuty, account, case

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def run(url: str, *words: str) -> Result:
    settings = {"COLUMNS": "80", "NO_COLOR": "1"}
    result = CliRunner().invoke(app, ["report", *words, "--database-url", url], env=settings)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def url(database: str, begin: UnitsOfWork) -> str:
    """Priority 1s of Acme's: C-1 answered by Erin after ten minutes, C-2 given back by Frank and missed; C-3 answered
    by Erin nine days ago.
    """
    policies, now = load_policies(), SystemClock().now()
    room = Room(begin, policies, CalendarBook(holiday_names), OnDuty(), PLACES)
    deeds = {
        5 * HOUR: [(claimed, ENG, 10 * MINUTE)],
        4 * HOUR: [(claimed, ENG2, 10 * MINUTE), (given_back, ENG2, 20 * MINUTE)],
        9 * 24 * HOUR: [(claimed, ENG, 30 * MINUTE)],
    }
    with begin() as uow:
        acme = uow.accounts.put(account())
    for ago, steps in deeds.items():
        at = now - ago
        with begin() as uow:
            fresh = replace(case(1, of=policies["okta"], at=at), account=acme.id)
            stored = room.save(uow, Change(uow.cases.add(fresh, str(at)), (Entry(at, DANA, "opened"),)))
            for deed, who, after in steps:
                stored = room.save(uow, deed(stored, who, at + after))
    return database


def test_a_week_in_a_terminal_of_eighty_columns(url: str) -> None:
    said = run(url)
    assert (said.exit_code, said.stderr) == (0, "")
    assert max(len(line) for line in said.stdout.splitlines()) <= 80
    words = " ".join(said.stdout.split())
    assert "Report: the 7 days up to " in words
    assert ", UTC First answers: 50 % in time, 1 kept, 1 missed; the 7 days before 100 %" in words
    assert "Of those given, half within 10 min, nine of ten within 10 min" in words
    assert "│ Okta · Premier · │ 50 % │ 2 │ 100 % │ 10 min │ 10 min │ 1 │" in words.replace("┃", "│")
    assert "C-2 Acme, Priority 1: first answer missed " in words
    assert "; it was given back" in words


def test_by_engineer_their_load_and_hand_backs_are_told(url: str) -> None:
    said = run(url, "last", "week", "by", "engineer", "--timezone", "America/New_York")
    assert (said.exit_code, said.stderr) == (0, "")
    assert "00:00, New York time" in said.stdout
    table = [line.split("│")[1:-1] for line in run(url, "engineer").stdout.splitlines() if line.startswith("│")]
    cells = {row[0].strip(): [cell.strip() for cell in row[1:]] for row in table}
    assert cells["Erin"] == ["100 %", "1", "100 %", "10 min", "10 min", "0", "2"], "C-1, and C-3 still"
    assert cells["Frank"][-2:] == ["1", "0"]


def test_as_json_all_of_it(url: str) -> None:
    said = run(url, "account", "--json")
    assert (said.exit_code, said.stderr) == (0, "")
    found = json.loads(said.stdout)
    (acme,) = found["groups"]
    assert (acme["names"], acme["now"]["kept"], acme["now"]["missed"], acme["before"]["kept"]) == (["Acme"], 1, 1, 1)
    assert [(row["case"], row["kept"], row["cause"]) for row in found["rows"]] == [
        (1, True, None),
        (2, False, "given-back"),
    ]
    assert (found["span"]["period"], found["span"]["whole"]) == ("week", False)


def test_as_tables_and_as_a_picture(url: str, tmp_path: Path) -> None:
    cases, figures = (list(csv.DictReader(StringIO(run(url, form).stdout))) for form in ("--csv", "--figures"))
    assert [(row["Case"], row["In time"], row["Support seconds"]) for row in cases] == [
        ("C-1", "yes", "600"),
        ("C-2", "no", ""),
    ]
    assert (figures[0]["In time"], figures[0]["Given back"], figures[0]["In time, before"]) == ("1", "1", "1")
    drawn = run(url, "--png", str(tmp_path / "report.png"))
    assert (drawn.exit_code, drawn.stdout, drawn.stderr) == (0, "", "")
    assert (tmp_path / "report.png").read_bytes().startswith(b"\x89PNG")
    nowhere = run(url, "--png", str(tmp_path / "no" / "report.png"))
    assert (nowhere.exit_code, nowhere.stdout) == (1, "")
    assert "report.png can't be written: No such file or directory" in nowhere.stderr


def test_of_an_empty_database_nothing_was_due(database: str) -> None:
    said = run(database, "quarter")
    assert (said.exit_code, said.stderr) == (0, "")
    assert "First answers: none was due; the three months before —" in said.stdout
    assert json.loads(run(database, "--json").stdout)["rows"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mnth"], "Did you mean 'month'?"),
        (["week", "month"], "One of these at a time, please: week or month"),
        (["--timezone", "Mars/Base"], "Mars/Base"),
        (["--json", "--csv"], "choose one of them"),
    ],
)
def test_what_is_mistyped_is_said_on_stderr(database: str, words: Sequence[str], said: str) -> None:
    wrong = run(database, *words)
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert said in " ".join(wrong.stderr.replace("│", " ").split())
    assert max(len(line) for line in wrong.stderr.splitlines()) <= 80


def test_where_there_is_no_database_none_is_made(tmp_path: Path) -> None:
    wrong = run(f"sqlite:///{tmp_path / 'none.db'}")
    assert (wrong.exit_code, wrong.stdout, "There is no database at" in wrong.stderr) == (1, "", True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgresql
def test_a_database_that_can_not_be_reached_is_said_without_its_password(postgres_database: str) -> None:
    nobody = make_url(postgres_database).set(database="nobodys", password="hunter2")
    wrong = run(nobody.render_as_string(hide_password=False))
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "The database can't be used now" in wrong.stderr
    assert "hunter2" not in wrong.stderr
