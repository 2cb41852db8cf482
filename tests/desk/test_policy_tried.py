"""A policy is edited: what it would have done is read from what is stored, and an open case may be moved to it."""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from cases.case import Case
from cases.says import Note, SayKind
from policies.loader import SHIPPED
from tests.builders import CUSTOMER, ENGINEER, NOON
from tests.desk.conftest import Office
from tests.desk.test_desk import fire
from tests.desk.test_reception import opened

MINUTE = timedelta(minutes=1)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
"""After whatever the command took for now."""


@pytest.fixture
def new_dir(tmp_path: Path) -> Path:
    """Okta's Premier answers a Priority 1 within half an hour, and managers hear at 80 %."""
    folder = tmp_path / "new"
    folder.mkdir()
    for file in SHIPPED.glob("*.yml"):
        (folder / file.name).write_text(file.read_text())
    edit(folder, "1: {within: 1h, calendar: always}", "1: {within: 30m, calendar: always}")
    edit(folder, "{at: 90, tell: [managers-channel", "{at: 80, tell: [managers-channel")
    return folder


def edit(folder: Path, before: str, after: str) -> None:
    text = (folder / "okta.yml").read_text()
    assert before in text
    (folder / "okta.yml").write_text(text.replace(before, after, 1))


def run(tmp_path: Path, *words: str, policies: Path = SHIPPED) -> Result:
    settings = {
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "POLICY_DIR": str(policies),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'cases.db'}",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "TRIAGE_CHANNEL": "C0TRIAGE",
        "MANAGERS_CHANNEL": "C0MANAGERS",
        "SUPPORT_ENGINEERS": "U0ENG",
        "SUPPORT_MANAGERS": "U0MAX",
    }
    if (tmp_path / "addresses.yml").exists():
        settings["ADDRESSES_FILE"] = str(tmp_path / "addresses.yml")
    result = CliRunner().invoke(app, ["policy", *words], env=settings)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert all(len(line) <= 80 for line in result.stdout.splitlines() if words[0] != "adopt" and "--json" not in words)
    return result


def worked(office: Office) -> Case:
    """C-1: half of the hour was told, then claimed and solved; what a whole life leaves in the history."""
    case = opened(office).case
    fire(office, 31)
    office.desk.claim(case.number, ENGINEER, NOON + 40 * MINUTE)
    office.desk.reprioritise(case.number, 2, "a workaround holds", ENGINEER, NOON + 50 * MINUTE)
    office.asking.ask(case.number, "Which browser?", ENGINEER, NOON + 55 * MINUTE)
    office.desk.resolve(case.number, "Renewed.", ENGINEER, NOON + 60 * MINUTE)
    return case


def lived(office: Office) -> Case:
    case = opened(office).case
    fire(office, 31)
    office.desk.claim(case.number, ENGINEER, NOON + 40 * MINUTE)
    office.desk.reprioritise(case.number, 2, "a workaround holds", ENGINEER, NOON + 50 * MINUTE)
    office.desk.give_back(case.number, ENGINEER, NOON + 60 * MINUTE)
    fire(office, 95)
    office.desk.claim(case.number, ENGINEER, NOON + 100 * MINUTE)
    return case


def test_a_replay_without_changes_finds_none(office: Office, tmp_path: Path) -> None:
    lived(office)
    said = run(tmp_path, "replay", str(SHIPPED))
    assert (said.exit_code, "All of them would have gone as they did." in said.stdout) == (0, True)
    found = json.loads(run(tmp_path, "replay", str(SHIPPED), "--json").stdout)
    assert (found["cases"], found["differ"], found["left_out"]) == (1, [], [])
    assert found["before"] == found["after"] == {"told_of": 1, "told": 2, "missed": 0}


def test_an_edited_policy_says_which_cases_would_have_gone_otherwise(
    office: Office, tmp_path: Path, new_dir: Path
) -> None:
    lived(office)
    said = run(tmp_path, "replay", str(new_dir), "--since", "2026-03-01").stdout
    assert "Tried on 1 case opened since 1 Mar 2026." in said
    assert " ".join(said.split()).count("breach") == 1
    (case,) = json.loads(run(tmp_path, "replay", str(new_dir), "--json").stdout)["differ"]
    assert (case["case"], case["before"]["words"], case["after"]["words"]) == ("C-1", "at 75 %", "breach")
    assert [line["at"] for line in case["after"]["told"]][:2] == ["2026-03-02T12:15:00Z", "2026-03-02T12:22:30Z"]
    assert json.loads(run(tmp_path, "replay", str(new_dir), "--since", "2026-04-01", "--json").stdout)["cases"] == 0


def test_what_can_not_be_tried_says_why(office: Office, tmp_path: Path, new_dir: Path) -> None:
    lived(office)
    (new_dir / "okta.yml").unlink()
    said = run(tmp_path, "replay", str(new_dir)).stdout
    assert "C-1  there is no programme okta in them" in said
    wrong = run(tmp_path, "replay", str(tmp_path / "nowhere"))
    assert (wrong.exit_code, wrong.stdout, "can't be read" in wrong.stderr) == (1, "", True)
    assert run(tmp_path, "replay", str(SHIPPED), "--since", "yesterday").exit_code == 2


def test_a_diff_says_in_words_what_changes_and_which_cases_keep_the_old_version(
    office: Office, tmp_path: Path, new_dir: Path
) -> None:
    opened(office)
    said = run(tmp_path, "diff", str(new_dir)).stdout
    assert "plan Premier · priority 1 · first answer within: 1h → 30m" in said
    assert "+ ladder · at 80 %: tells managers, managers-channel" in said
    assert "− ladder · at 90 %: tells managers, managers-channel" in said
    assert "1 open case keeps okta 2026" in said
    found = json.loads(run(tmp_path, "diff", str(new_dir), "--json").stdout)
    assert [each["cases"] for each in found["pinned"]] == [["C-1"]]
    assert "Nothing changes." in run(tmp_path, "diff", str(SHIPPED)).stdout


def test_where_there_is_no_database_none_is_made(tmp_path: Path, new_dir: Path) -> None:
    assert run(tmp_path, "replay", str(new_dir)).exit_code == 1
    assert run(tmp_path, "diff", str(new_dir)).exit_code == 0
    assert not (tmp_path / "cases.db").exists()


def test_an_open_case_is_moved_on_purpose(office: Office, tmp_path: Path, new_dir: Path) -> None:
    case = opened(office).case
    fire(office, 31)
    secret = f"whsec_{base64.b64encode(bytes(32)).decode()}"
    (tmp_path / "addresses.yml").write_text(f"webhooks: {{crm: {{url: 'https://crm.example', secrets: [{secret}]}}}}")
    said = run(tmp_path, "adopt", "c-1", "--reason", "Acme signed <it>", "--by", "Olivia", policies=new_dir)
    assert said.exit_code == 0, said.output
    assert "A first answer is due Mon 2 Mar 12:30 in UTC, was Mon 2 Mar 13:00." in said.stdout
    with office.units() as uow:
        moved = uow.cases.get(case.number)
        assert (moved.promise.target, moved.due_at) == ("30m", NOON + 30 * MINUTE)
        assert [timer.key for timer in uow.timers.of_case(1) if timer.key.startswith("rung")] == ["rung:1:100"]
        assert uow.cases.history(1)[-1].what == "adopted"
        told = uow.parcels.take("crm", LATER)
        assert told is not None
        assert '"what": "adopted"' in json.dumps(told.parcel.body["changes"])
        notes = [say for say in uow.outbox.said(1, SayKind.NOTE) if say.body["note"] == Note.ADOPTED]
    assert [(say.channel, say.body["by"], say.body["reason"]) for say in notes] == [
        ("C0TRIAGE", "Olivia", "Acme signed <it>")
    ]
    again = run(tmp_path, "adopt", "C-1", "--reason", "Again", policies=new_dir).stdout
    assert "C-1 is under Okta" in again
    assert "already" in again
    with office.units() as uow:
        assert uow.cases.get(1).revision == moved.revision


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("C-7", "--reason", "So"), 1, "I don't know a case C-7"),
        (("seven", "--reason", "So"), 2, "expected a case such as C-12"),
        (("C-1",), 2, "--reason: say why, in a sentence: the team reads it"),
        (("C-1", "--reason", " "), 2, "--reason: say why, in a sentence: the team reads it"),
        (("C-1", "--reason", "So", "--by", ""), 2, "--by: say who does it"),
    ],
)
def test_what_is_no_case_and_what_has_no_name_or_reason_moves_none(
    office: Office, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    result = run(tmp_path, "adopt", *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_a_case_that_is_done_keeps_what_it_was_promised(office: Office, tmp_path: Path, new_dir: Path) -> None:
    worked(office)
    result = run(tmp_path, "adopt", "C-1", "--reason", "So", policies=new_dir)
    assert (result.exit_code, "has a solution offered already" in result.stderr) == (1, True)
    assert json.loads(run(tmp_path, "replay", str(SHIPPED), "--json").stdout)["differ"] == []
    office.solutions.reopen(1, "It is back.", CUSTOMER, "C0ACME", NOON + 90 * MINUTE)
    fire(office, 400)
    assert json.loads(run(tmp_path, "replay", str(SHIPPED), "--json").stdout)["differ"] == []
