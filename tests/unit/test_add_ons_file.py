"""Add-ons in an accounts file and in a policy: every mistake by its field, with the reason."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.accounts_file import AccountsFileErrors, read_accounts
from bot.cli_accounts import accounts_app
from bot.cli_policy import policy_app
from cases.accounts import Account
from cases.add_ons import AddOnKind
from policies.loader import SHIPPED, load_policies
from policies.problems import PolicyErrors

FILE = """
accounts:
  - name: Acme
    program: okta
    plan: {plan}
    channels: [C0ACME]
    timezone: America/New_York
    add_ons:
      - kind: {kind}
        person: {person}
        region: Americas
        timezone: {timezone}
        starts: {starts}
        ends: {ends}
        share: {share}
        holidays: {holidays}
        contacts: [{contacts}]
"""
GOOD = {
    "plan": "premier-plus",
    "kind": "mission-critical",
    "person": "U0ERIN",
    "timezone": "America/New_York",
    "starts": "2026-03-01",
    "ends": "2027-02-28",
    "share": "50",
    "holidays": "US-CA",
    "contacts": "U0DANA",
}


def read(**changed: str) -> Account:
    written = FILE.format(**(GOOD | changed)).encode()
    (account,) = read_accounts(written, load_policies(), [])
    return account


def people(count: int) -> str:
    return ", ".join(f"U0P{number:02d}" for number in range(count))


def test_an_add_on_is_read_as_it_stands() -> None:
    (add_on,) = read().add_ons
    assert (add_on.kind, add_on.person, add_on.share) == (AddOnKind.MISSION_CRITICAL, "U0ERIN", 50)
    assert (add_on.starts.isoformat(), add_on.ends.isoformat()) == ("2026-03-01", "2027-02-28")
    assert (add_on.holidays, add_on.contacts) == ("US-CA", ("U0DANA",))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kind", "butler", "add_ons[0].kind"),
        ("person", "erin", "add_ons[0].person: 'erin' is not a Slack id"),
        ("timezone", "Mars/Base", "add_ons[0].timezone: no time zone is called"),
        ("starts", "soon", "add_ons[0].starts: expected a date"),
        ("ends", "2026-02-28", "add_ons[0].ends: expected a day after the start"),
        ("ends", "2026-03-01", "add_ons[0].ends: expected a day after the start"),
        ("share", "75", "add_ons[0].share: expected 50 or 100"),
        ("holidays", "XX", "add_ons[0].holidays: no holidays are known"),
        ("contacts", "dana", "add_ons[0].contacts[0]: 'dana' is not a Slack id"),
        ("contacts", "U0DANA, U0DANA", "add_ons[0].contacts: U0DANA is there twice"),
        ("plan", "premier", "add_ons[0].kind: premier doesn't sell mission-critical"),
    ],
)
def test_each_mistake_is_told_by_its_field(field: str, value: str, said: str) -> None:
    with pytest.raises(AccountsFileErrors) as caught:
        read(**{field: value})
    assert any(said in problem for problem in caught.value.problems), caught.value.problems


@pytest.mark.parametrize(("share", "most"), [(50, 5), (100, 10)])
def test_one_contact_too_many_is_refused_with_the_reason(share: int, most: int) -> None:
    assert len(read(share=str(share), contacts=people(most)).add_ons[0].contacts) == most
    with pytest.raises(AccountsFileErrors) as caught:
        read(share=str(share), contacts=people(most + 1))
    said = f"Mission Critical Support at {share} % is for {most} named contacts in Americas, and these are {most + 1}."
    assert caught.value.problems == (f"accounts[0].add_ons[0].contacts: {said}",)


def test_an_executive_has_no_named_contacts() -> None:
    assert read(kind="dedicated-cse", contacts="").add_ons[0].contacts == ()
    with pytest.raises(AccountsFileErrors, match="has no named contacts"):
        read(kind="dedicated-cse")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("calendar: person", "calendar: nights", "add_ons.0.calendar: expected one of the calendars"),
        ("calendar: person", "calendar: always", "a person is not there round the clock"),
        ("kind: mission-critical", "kind: dedicated-cse", "expected each kind once, found twice: dedicated-cse"),
        ("mobilisation_days: 90", "mobilisation_days: soon", "mobilisation_days: expected a whole number"),
        ("{50: 5, 100: 10}", "{50: 0}", "contacts.50: expected 1 or more"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused_by_its_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (SHIPPED / "okta.yml").read_text()
    assert old in text
    (tmp_path / "okta.yml").write_text(text.replace(old, new))
    with pytest.raises(PolicyErrors) as caught:
        load_policies(tmp_path)
    assert any(said in str(problem) for problem in caught.value.problems), caught.value.problems


def test_an_account_is_shown_with_its_add_ons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'caseclock.db'}")
    (tmp_path / "accounts.yml").write_text(FILE.format(**GOOD))
    wide = {"COLUMNS": "160"}
    assert CliRunner().invoke(accounts_app, ["import", "accounts.yml"], env=wide).exit_code == 0
    shown = CliRunner().invoke(accounts_app, ["show", "Acme"], env=wide).stdout
    assert "U0ERIN, Americas, 50 %, 2026-03-01 to 2027-02-28, US-CA holidays; contacts U0DANA" in shown
    (add_on,) = json.loads(CliRunner().invoke(accounts_app, ["show", "Acme", "--json"]).stdout)["add_ons"]
    assert (add_on["kind"], add_on["ends"]) == ("mission-critical", "2027-02-28")


def test_the_policy_shows_its_add_ons_and_what_is_assumed_of_them() -> None:
    okta = load_policies()["okta"]
    names = [rule.name for rule in okta.plans["premier-plus"].add_ons]
    assert names == ["Dedicated Customer Success Executive", "Mission Critical Support"]
    assert all(not plan.add_ons for id, plan in okta.plans.items() if id != "premier-plus")
    shown = CliRunner().invoke(policy_app, ["show", "okta"], env={"COLUMNS": "200"}).stdout
    for word in ("Add-on Mission Critical Support", "from day 90", "5 named contacts at 50%", "09:00 to 18:00 on the"):
        assert word in shown
