"""`caseclock export` and `erase`, as an operator types them."""

import csv
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from cases.ports import UnitsOfWork
from tests.builders import BOB, DANA, ENG
from tests.storage.lived import lived, said_by


@pytest.fixture
def url(database: str, begin: UnitsOfWork) -> str:
    lived(begin)
    return database


def run(url: str, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, [*arguments, "--database-url", url], input=typed, env={"COLUMNS": "80"})


def lines(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_cases_are_exported_with_their_history(url: str, tmp_path: Path) -> None:
    rows = lines(run(url, "export"))
    assert [row["number"] for row in rows if row["of"] == "cases"] == [1, 2, 3]
    assert {row["case_number"] for row in rows if row["of"] == "history"} == {1, 2, 3}
    acmes = lines(run(url, "export", "--account", "Acme"))
    assert [row["number"] for row in acmes if row["of"] == "cases"] == [1, 3]
    assert lines(run(url, "export", "--since", "2026-03-03")) == []
    assert run(url, "export", "--account", "Nobody").exit_code == 1
    assert run(url, "export", "--since", "yesterday").exit_code == 2

    out = tmp_path / "cases.csv"
    assert run(url, "export", "--format", "csv", "--out", str(out)).exit_code == 0
    with out.open(newline="") as written:
        table = list(csv.reader(written))
    assert table[0] == ["Of", "Id", "Column", "Value"]
    assert ["cases", "1", "title", said_by(DANA, "title")] in table
    assert out.stat().st_mode & 0o077 == 0


def test_no_cell_begins_a_formula(url: str, begin: UnitsOfWork) -> None:
    with begin() as work:
        (row,) = work.traces.of_case("cases", 1)
        work.traces.put("cases", row, {**row, "title": "=HYPERLINK(1)"})
    said = run(url, "export", "--format", "csv").stdout
    assert "cases,1,title,'=HYPERLINK(1)" in said


def test_all_that_is_kept_of_a_person_is_what_would_be_erased(url: str) -> None:
    rows = lines(run(url, "export", "--person", DANA.user))
    assert {row["of"] for row in rows} >= {"cases", "history", "participants", "outbox", "inbox", "intakes", "accounts"}
    assert all(DANA.user in json.dumps(row) for row in rows)
    done = json.loads(run(url, "erase", "--person", DANA.user, "--yes", "--json").stdout)
    assert sum(done["erased"].values()) == len(rows)
    assert re.fullmatch("person-[0-9a-f]{8}", done["pseudonym"])
    assert lines(run(url, "export", "--person", DANA.user)) == []
    assert "Nothing is kept of U0DANA." in run(url, "erase", "--person", DANA.user, "--yes").stdout


def test_it_asks_first_and_says_what_will_go(url: str) -> None:
    no = run(url, "erase", "--person", BOB.user, typed="n\n")
    assert no.exit_code == 1
    assert "lines of cases' history" in no.output
    assert "Nothing was erased." in no.output
    assert lines(run(url, "export", "--person", BOB.user)) != []
    other = run(url, "erase", "--person", BOB.user, "--team", "T0OTHER", "--yes")
    assert (other.exit_code, "T0ACME, not T0OTHER" in other.output) == (1, True)


def test_what_is_open_is_refused_with_what_to_do(url: str) -> None:
    for of in (("--person", ENG.user), ("--account", "Bolt")):
        refused = run(url, "erase", *of, "--yes")
        assert refused.exit_code == 1
        assert "C-2" in refused.output
        assert "Nothing was erased." in refused.output
    assert run(url, "erase", "--yes").exit_code == 2


def test_what_is_still_to_be_said_of_an_account_is_said_first(url: str) -> None:
    assert run(url, "erase", "--person", DANA.user, "--yes").exit_code == 0
    refused = run(url, "erase", "--account", "Acme", "--yes")
    assert (refused.exit_code, "has still to send something" in refused.output) == (1, True)


def test_an_account_goes(url: str) -> None:
    done = run(url, "erase", "--account", "Acme", "--yes")
    assert done.exit_code == 0, done.output
    assert re.search("Acme is account-[0-9a-f]{8} from now on", done.output)
    assert "Acme" not in run(url, "accounts", "list").output
