"""An account's success manager in the accounts file: checked against its plan, kept, shown with what is due."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.accounts_file import AccountsFileErrors, read_accounts
from bot.cli_accounts import accounts_app
from cases.accounts import Account
from policies.loader import load_policies

ACME = """
accounts:
  - name: Acme
    program: okta
    plan: premier-access
    channels: [C0ACME]
    timezone: America/New_York
    contacts: [U0DANA]
    csm: U0CY
    tam: U0TIM
    term_starts: 2026-03-02
    success_meeting_every: 2 months
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of the database, with no other settings around."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'caseclock.db'}")
    monkeypatch.delenv("POLICY_DIR", raising=False)
    return tmp_path


def read(content: str = ACME) -> Account:
    (account,) = read_accounts(content.encode(), load_policies(), [])
    return account


def run(folder: Path, *arguments: str, content: str = ACME) -> Result:
    (folder / "accounts.yml").write_text(content)
    return CliRunner().invoke(accounts_app, arguments, env={"COLUMNS": "160"})


def test_the_people_the_term_and_the_months_are_read() -> None:
    acme = read()
    assert (acme.csm, acme.tam, str(acme.term_starts)) == ("U0CY", "U0TIM", "2026-03-02")
    assert (acme.success_meeting_every, acme.business_review_every) == (2, None)


@pytest.mark.parametrize(
    ("was", "now", "problem"),
    [
        ("csm: U0CY", "csm: Cy", "accounts[0].csm: 'Cy' is not a Slack id such as U0123456789"),
        ("csm: U0CY", "csm: C0CY", "accounts[0].csm: 'C0CY' is not a Slack id such as U0123456789"),
        ("tam: U0TIM", "tam: '@tim'", "accounts[0].tam: '@tim' is not a Slack id such as U0123456789"),
        (
            "csm: U0CY",
            "csm: U0DANA",
            "accounts[0].csm: U0DANA is among the customer's own contacts; the success manager is one of our people",
        ),
        ("2026-03-02", "March", "accounts[0].term_starts: expected a date such as 2026-12-26, found 'March'"),
        ("2026-03-02", "1026-03-02", "accounts[0].term_starts: expected a day from 2000 to 2100, found 1026-03-02"),
        (
            "2 months",
            "14d",
            "accounts[0].success_meeting_every: expected calendar months such as 1 month or 3 months, 24 at most, "
            "found '14d'",
        ),
        (
            "2 months",
            "25 months",
            "accounts[0].success_meeting_every: expected calendar months such as 1 month or 3 months, 24 at most, "
            "found '25 months'",
        ),
    ],
)
def test_what_is_wrong_is_told_by_its_field(was: str, now: str, problem: str) -> None:
    with pytest.raises(AccountsFileErrors) as error:
        read(ACME.replace(was, now))
    assert error.value.problems == (problem,)


def test_a_plan_without_a_success_manager_says_so_kindly() -> None:
    with pytest.raises(AccountsFileErrors) as error:
        read(ACME.replace("premier-access", "premier"))
    assert error.value.problems == (
        "accounts[0].csm: Okta Premier comes without a success manager, so there is none to name; remove it",
        "accounts[0].success_meeting_every: Okta Premier brings no success meetings; remove it",
    )


def test_the_account_is_shown_with_its_people_and_what_is_due(folder: Path) -> None:
    assert run(folder, "import", "accounts.yml").exit_code == 0
    shown = run(folder, "show", "Acme").stdout
    for words in (
        "Okta Premier Access",
        "U0CY",
        "U0TIM",
        "2026-03-02",
        "every 2 months",
        "every 3 months (the plan's)",
        "Mon 16 Mar 09:00 2026",
        "reminder of the Premier Access kickoff",
        "Sat 25 Apr 09:00 2026",
        "reminder of the Standard Success Meeting",
    ):
        assert words in shown

    as_json = json.loads(run(folder, "show", "Acme", "--json").stdout)
    assert (as_json["csm"], as_json["term_starts"], as_json["success_meeting_every"]) == ("U0CY", "2026-03-02", 2)
    assert as_json["due"][0] == {
        "at": "2026-03-16T13:00:00Z",
        "what": "reminder of the Premier Access kickoff",
        "key": "kickoff:2026-03-02:14",
    }


def test_an_account_that_is_not_there_is_told_of(folder: Path) -> None:
    missing = run(folder, "show", "Nobody")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "No account is called 'Nobody'; caseclock accounts list shows them all." in missing.stderr


def test_without_anything_due_it_says_nothing_is(folder: Path) -> None:
    plain = ACME.replace("premier-access", "basic")
    plain = "\n".join(line for line in plain.splitlines() if "csm" not in line and "every" not in line)
    assert run(folder, "import", "accounts.yml", content=plain).exit_code == 0
    shown = run(folder, "show", "Acme", content=plain).stdout
    assert shown.rstrip().endswith("Due next\nnothing")


ADD_ON = """
    add_ons:
      - kind: mission-critical
        person: U0MIA
        region: Americas
        timezone: America/New_York
        starts: 2026-03-02
        ends: 2027-03-01
"""


def test_what_is_due_for_an_add_on_is_shown_too(folder: Path) -> None:
    plus = ACME.replace("premier-access", "premier-plus") + ADD_ON.lstrip("\n")
    assert run(folder, "import", "accounts.yml", content=plus).stderr == ""
    shown = run(folder, "show", "Acme", content=plus).stdout
    assert "Mission Critical Support begins" in shown
    assert "last days to ask for Mission Critical Support again" in shown
    assert "no public holidays set" in " ".join(shown.split())
    with_them = plus.replace("ends: 2027-03-01", "ends: 2027-03-01\n        holidays: US-CA")
    run(folder, "import", "accounts.yml", content=with_them)
    assert "US-CA holidays" in " ".join(run(folder, "show", "Acme", content=with_them).stdout.split())
