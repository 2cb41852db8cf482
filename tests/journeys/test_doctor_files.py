"""What the doctor says of the files that settings name: that they are well, and what it couldn't look at."""

import subprocess

import pytest

from bot.diagnosis import Finding, Level
from tests.journeys.doctor_breaks import broken_policy, newer_database, read_only_database
from tests.journeys.doctor_file_breaks import PASSWORD
from tests.journeys.doctor_setups import Break, Setup, database, setup
from tests.journeys.test_stand_in import CASECLOCK
from tests.outside.receiver import SECRETS
from workspace.prepared import ACCOUNTS

__all__ = ["database", "setup"]

FILES = ("ROTA_FILE", "ADDRESSES_FILE", "ACCOUNTS_FILE")
ADDRESSES = f"""
webhooks: {{crm: {{url: 'https://crm.example/{PASSWORD}', secrets: ['{SECRETS[0]}']}}}}
reach: {{pager: {{url: 'mailto://bot:{PASSWORD}@mail.example'}}}}
"""


@pytest.fixture(autouse=True)
def written(setup: Setup) -> None:
    """All three, and right."""
    setup.file("ROTA_FILE", "okta: {group: S0CALL}\noko: {calendar: on-call.ics, people: {erin: U0ERIN}}")
    (setup.folder / "on-call.ics").write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n")
    setup.file("ADDRESSES_FILE", ADDRESSES)
    setup.file("ACCOUNTS_FILE", ACCOUNTS.decode())


def of_files(found: list[Finding]) -> dict[str, tuple[Level, str]]:
    return {each.what: (each.level, each.said) for each in found if each.what in FILES}


def test_what_is_right_is_a_line_each_of_names_alone(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    found = setup.findings(monkeypatch)
    assert {each.level for each in found} == {Level.OK}, found
    assert of_files(found) == {
        "ROTA_FILE": (Level.OK, "oko, okta"),
        "ADDRESSES_FILE": (Level.OK, "crm, pager"),
        "ACCOUNTS_FILE": (Level.OK, "accounts: 3"),
    }


def test_before_the_first_start_accounts_are_held_against_nothing(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.database.unlink()
    assert of_files(setup.findings(monkeypatch))["ACCOUNTS_FILE"] == (Level.OK, "accounts: 3")
    assert not setup.database.exists()


def test_of_a_database_that_cannot_be_read_it_says_what_could_be_looked_at(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.database.write_bytes(b"no database at all, but sixteen bytes and more of something else")
    said = "3, each right by itself; not held against those in the database"
    assert of_files(setup.findings(monkeypatch))["ACCOUNTS_FILE"] == (Level.WARNING, said)
    setup.file("ACCOUNTS_FILE", ACCOUNTS.decode().replace("plan: premier", "plan: premium"))
    level, wrong = of_files(setup.findings(monkeypatch))["ACCOUNTS_FILE"]
    assert (level, "accounts[0].plan" in wrong) == (Level.ERROR, True)


@pytest.mark.parametrize("how", [read_only_database, newer_database], ids=lambda how: how.__name__)
def test_a_database_that_can_be_read_is_enough(setup: Setup, how: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    how(setup)
    assert of_files(setup.findings(monkeypatch))["ACCOUNTS_FILE"] == (Level.OK, "accounts: 3")


def test_while_policies_are_wrong_it_says_what_could_not_be_looked_at(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_policy(setup)
    found = of_files(setup.findings(monkeypatch))
    assert {level for level, _ in found.values()} == {Level.WARNING}
    assert "whether there are such programmes isn't known" in found["ROTA_FILE"][1]
    assert "whether a ladder reaches others isn't known" in found["ADDRESSES_FILE"][1]
    assert "isn't looked at" in found["ACCOUNTS_FILE"][1]


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["table", "json"])
def test_the_command_prints_no_password_and_fails_for_a_wrong_file(setup: Setup, more: list[str]) -> None:
    setup.file("ADDRESSES_FILE", f"{ADDRESSES}\n  wrong: {{url: 'nonsense://{PASSWORD}'}}")
    env = {**setup.settings, "PATH": "/usr/bin:/bin", "PYTHONTZPATH": "", "COLUMNS": "80"}
    told = subprocess.run([CASECLOCK, "doctor", *more], env=env, cwd=setup.folder, capture_output=True, text=True)
    assert told.returncode == 1
    assert "ADDRESSES_FILE" in told.stdout
    for secret in (PASSWORD, SECRETS[0]):
        assert secret not in told.stdout + told.stderr
