"""`caseclock policy` as a support manager uses it."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli_policy import policy_app
from policies.loader import SHIPPED

AUTH0 = "due --program auth0 --plan enterprise --product platform --priority 2 --timezone Asia/Jerusalem"
OKO = "due --program oko --plan standard --product oko --timezone America/New_York"
LINE = {
    "program": "auth0",
    "plan": "enterprise",
    "product": "platform",
    "priority": 2,
    "opened_at": "2026-03-27T00:30:00Z",
    "timezone": "Asia/Jerusalem",
}


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Eighty columns, no colours, and no settings but the test's."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("POLICY_DIR", raising=False)
    monkeypatch.chdir(tmp_path)


def run(command: str, stdin: str | bytes | None = None) -> tuple[int, str, str]:
    """Exit code, stdout, stderr."""
    result = CliRunner().invoke(policy_app, command.split(), input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def answers(stdin: str | bytes) -> tuple[int, list[dict[str, object]]]:
    """Exit code and lines of a batch."""
    code, out, _ = run("due --batch -", stdin)
    return code, [json.loads(line) for line in out.splitlines()]


def test_check_is_content_with_what_is_shipped_and_lists_what_is_assumed() -> None:
    code, out, _ = run("check")
    assert code == 0
    assert "Assumed" in out
    assert "business support hours" in " ".join(out.split())
    assert max(len(line) for line in out.splitlines()) <= 80


def test_check_names_every_problem_and_fails(tmp_path: Path) -> None:
    text = (SHIPPED / "oko.yml").read_text()
    (tmp_path / "oko.yml").write_text(
        text.replace("within: 1d", "within: soon").replace("name: Oko\n", "nane: Oko\n", 1)
    )
    code, out, err = run(f"check {tmp_path}")
    assert (code, out) == (1, "")
    said = " ".join(err.split())
    assert "plans.standard.targets.any.within: expected a length such as 45s, 30m, 2h or 1d, found 'soon'" in said
    assert "nane: is not a known field here; did you mean name?" in said
    code, out, _ = run(f"check {tmp_path} --json")
    assert (code, len(json.loads(out)["problems"])) == (1, 3)


def test_policy_dir_replaces_the_shipped_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text((SHIPPED / "oko.yml").read_text().replace("program: oko", "program: mine"))
    monkeypatch.setenv("POLICY_DIR", str(tmp_path))
    assert [p["program"] for p in json.loads(run("check --json")[1])["programs"]] == ["mine"]
    assert run("show okta")[0] == 1
    assert run(f"check {SHIPPED} --json")[0] == 0


def test_a_broken_policy_stops_every_command_with_its_problems(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text("program: [")
    monkeypatch.setenv("POLICY_DIR", str(tmp_path))
    for command in ("check", "show oko", f"{OKO} --opened-at 2026-03-03T14:00:00Z", "due --batch -"):
        code, out, err = run(command)
        assert (code, out) == (1, "")
        assert "bad.yml" in err.replace("\n", "")


@pytest.mark.parametrize("program", ["oko", "okta", "auth0"])
def test_show_prints_a_programme_within_eighty_columns(program: str) -> None:
    code, out, _ = run(f"show {program}")
    assert code == 0
    assert max(len(line) for line in out.splitlines()) <= 80


def test_show_keeps_to_the_plan_and_product_asked_for() -> None:
    _, out, _ = run("show okta --plan basic --product service")
    assert "12h" in out
    assert "Premier" not in out
    assert "Gateway" not in out
    code, _, err = run("show okta --plan gold")
    assert code == 1
    assert "expected basic, premier, premier-access or premier-plus" in " ".join(err.split())


def test_show_as_json_has_the_same_facts() -> None:
    shown = json.loads(run("show oko --json")[1])
    assert shown["plans"]["standard"]["targets"]["any"]["within"] == {"amount": 1, "unit": "d"}
    assert list(json.loads(run("show okta --plan basic --json")[1])["plans"]) == ["basic"]


def test_due_on_the_friday_on_which_clocks_change_in_jerusalem() -> None:
    code, out, _ = run(f"{AUTH0} --opened-at 2026-03-27T00:30:00Z")
    assert code == 0
    assert "Fri 27 Mar 05:30" in out
    answer = json.loads(run(f"{AUTH0} --opened-at 2026-03-27T00:30:00Z --json")[1])
    assert answer["due_at"] == "2026-03-27T02:30:00Z"
    assert "stretches" not in answer


def test_due_explained_tells_the_holiday_the_weekend_and_the_nights() -> None:
    _, out, _ = run(f"{OKO} --opened-at 2026-07-02T14:00:00-04:00 --explain")
    for words in ("4h", "after hours", "Independence Day (observed)", "weekend", "5h", "In all", "9h"):
        assert words in out
    assert max(len(line) for line in out.splitlines()) <= 80
    stretches = json.loads(run(f"{OKO} --opened-at 2026-07-02T14:00:00-04:00 --explain --json")[1])["stretches"]
    assert sum(s["seconds"] for s in stretches if s["kind"] == "counted") == 9 * 3600


def test_a_clock_change_is_shown_as_the_wall_clock_jumps() -> None:
    _, out, _ = run(f"{AUTH0} --opened-at 2026-03-26T23:30:00Z --explain")
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert "Fri 27 Mar 01:30 Fri 27 Mar 02:00 30m support hours" in rows
    assert "Fri 27 Mar 02:00 Fri 27 Mar 03:00 – clocks go forward 1 h" in rows


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (f"{AUTH0} --opened-at 2026-03-27T00:30:00", "with Z or an offset"),
        (f"{OKO} --opened-at 2026-03-27T00:30:00Z --priority 1", "no priorities"),
        (AUTH0.replace("auth0", "auth1") + " --opened-at 2026-03-27T00:30:00Z", "auth0, oko or okta"),
        (AUTH0.replace("Asia/Jerusalem", "Asia/Atlantis") + " --opened-at 2026-03-27T00:30:00Z", "Asia/Atlantis"),
        ("due --batch nowhere.jsonl", "can't be read"),
    ],
)
def test_a_question_that_can_not_be_answered_says_why(command: str, said: str) -> None:
    code, out, err = run(command)
    assert (code, out) == (1, "")
    assert said in " ".join(err.split())


@pytest.mark.parametrize(
    "command", ["due", "due --program oko", "due --batch - --program oko", "due --batch - --explain"]
)
def test_options_that_are_missing_or_quarrel_are_a_usage_error(command: str) -> None:
    assert run(command)[0] == 2


def test_a_batch_gives_each_line_back_with_its_due_time() -> None:
    later = {**LINE, "opened_at": "2026-03-27T02:30:00.9+02:00", "ticket": ["kept", {"as": "it is"}]}
    oko = {**LINE, "program": "oko", "plan": "standard", "product": "oko", "priority": None}
    code, lines = answers("\n".join(json.dumps(line) for line in (LINE, later, oko)) + "\n\n")
    assert code == 0
    assert lines == [
        {**LINE, "due_at": "2026-03-27T02:30:00Z"},
        {**later, "due_at": "2026-03-27T02:30:00Z"},
        {**oko, "due_at": "2026-03-27T22:00:00Z"},
    ]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("program", "auth1", "auth0, oko or okta"),
        ("plan", "gold", "enterprise or premier"),
        ("product", "service", "expected platform"),
        ("priority", 5, "1, 2, 3 or 4"),
        ("priority", None, "found none"),
        ("priority", "2", "whole number"),
        ("priority", True, "whole number"),
        ("opened_at", "2026-03-27T00:30:00", "offset"),
        ("opened_at", "yesterday", "offset"),
        ("opened_at", 1774571400, "text"),
        ("opened_at", "0001-01-01T00:00:00+14:00", "offset"),
        ("opened_at", "9999-12-31T00:00:00Z", "1970 to 2199"),
        ("timezone", "Asia/Atlantis", "no time zone"),
        ("timezone", "", "no time zone"),
        ("timezone", "../../etc/passwd", "no time zone"),
        ("timezone", None, "text"),
    ],
)
def test_a_bad_line_comes_back_with_its_error_and_the_rest_still_answer(field: str, value: object, said: str) -> None:
    bad = {**LINE, field: value}
    code, lines = answers(f"{json.dumps(bad)}\n{json.dumps(LINE)}\n")
    assert code == 0
    assert said in str(lines[0].pop("error"))
    assert lines == [bad, {**LINE, "due_at": "2026-03-27T02:30:00Z"}]


@pytest.mark.parametrize(
    "junk", [b"nope", b"[1]", b"3", b'"x"', b"\xff", b'{"a": NaN}', b'{"a": 1e999}', b"[" * 99999, b"9" * 9999]
)
def test_a_line_that_is_no_object_comes_back_by_its_number(junk: bytes) -> None:
    code, lines = answers(b"\n" + junk + b"\n" + json.dumps(LINE).encode())
    assert code == 0
    assert lines[0].keys() == {"line", "error"}
    assert lines[0]["line"] == 2
    assert "due_at" in lines[1]


def test_a_line_that_lacks_a_field_says_which() -> None:
    _, (line,) = answers(json.dumps({"program": "oko", "due_at": "never"}))
    assert line.pop("error") == "plan is missing; product is missing; opened_at is missing; timezone is missing"
    assert line == {"program": "oko"}


def test_a_batch_can_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "lines.jsonl").write_text(json.dumps(LINE))
    code, out, _ = run("due --batch lines.jsonl")
    assert (code, json.loads(out)["due_at"]) == (0, "2026-03-27T02:30:00Z")


def test_a_terminal_that_knows_only_ascii_and_a_closed_stdin_are_no_accident() -> None:
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    caseclock = [sys.executable, "-c", "from bot.cli import main; main()", "policy"]
    shown = subprocess.run([*caseclock, "show", "oko"], env=environment, cwd=SHIPPED.parent, capture_output=True)
    assert (shown.returncode, shown.stderr) == (0, b"")
    command = f"{shlex.join(caseclock)} due --batch - <&-"
    asked = subprocess.run(["/bin/sh", "-c", command], cwd=SHIPPED.parent, capture_output=True, text=True)
    assert (asked.returncode, asked.stderr) == (1, "there is no stdin to read; name a file instead\n")


def test_the_check_holds_the_ladders_against_the_operators_addresses(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rung = "- {at: 90, tell: [managers-channel, managers]"
    okta = (SHIPPED / "okta.yml").read_text().replace(rung, f"{rung}, reach: [on-call-pager]")
    (tmp_path / "okta.yml").write_text(okta)
    assert run(f"check {tmp_path}")[0] == 0
    addresses = tmp_path / "addresses.txt"
    addresses.write_text("reach: {}")
    monkeypatch.setenv("ADDRESSES_FILE", str(addresses))
    code, _, told = run(f"check {tmp_path}")
    assert code == 1
    assert "the ladder of okta reaches on-call-pager at 90 %" in " ".join(told.split())
    addresses.write_text("reach: {on-call-pager: {url: 'mailto://a:b@c.example'}}")
    assert run(f"check {tmp_path}")[0] == 0
