"""Accounts in bulk: all of a file or none of it, every mistake at once, and the same file again changes nothing."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
from typer.testing import CliRunner, Result

from bot.accounts_file import AccountsFileErrors, read_accounts
from bot.cli_accounts import accounts_app
from bot.cli_db import db_app
from cases.accounts import Account
from cases.says import SayKind
from policies.loader import load_policies
from storage.migrate import head
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from tests.storage.given import engine_on

ACME = """
      - name: Acme
        program: okta
        plan: premier
        channels: [C0ACME]
        teams: [T0ACME]
        timezone: America/New_York
        business_hours: {days: mon-fri, from: "09:00", to: "18:00", holidays: US}
        contacts: [U0DANA]
        managers: [U0MAX]
        contact_methods:
          - {kind: email, label: Emails and tickets, value: help@oko.example}
          - {kind: in-app, label: In-app messaging, note: the bubble at the bottom}
"""
GLOBEX = """
      - {name: Globex, program: auth0, plan: enterprise, channels: [C0GLOBEX], timezone: Asia/Jerusalem}
"""
STORED = Account(7, "Initech", "oko", "standard", "UTC", ("C0INITECH",))


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """URL of a database that is not there yet, set as DATABASE_URL; no other settings around."""
    url = f"sqlite:///{tmp_path / 'caseclock.db'}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.delenv("POLICY_DIR", raising=False)
    return url


def test_a_whole_account_is_read(database: str) -> None:
    (acme,) = _read(ACME)
    assert (acme.program, acme.plan, acme.channels, acme.teams) == ("okta", "premier", ("C0ACME",), ("T0ACME",))
    assert acme.business_hours is not None
    assert (acme.business_hours.holidays, len(acme.business_hours.windows)) == ("US", 5)
    assert [(method.kind, method.value) for method in acme.contact_methods] == [
        ("email", "help@oko.example"),
        ("in-app", ""),
    ]


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("America/New_York", "America/NewYork", "timezone: 'America/NewYork' is not a time zone; try America/New_York"),
        ("America/New_York", "Home", "timezone: 'Home' is not a time zone; names look like America/New_York"),
        ("program: okta", "program: otka", "program: 'otka' is not a program; try okta"),
        (
            "plan: premier",
            "plan: enterprise",
            "plan: 'enterprise' is not a plan of okta; there are basic, prem",
        ),
        ("[C0ACME]", "['#acme']", "channels: '#acme' is not a Slack id such as C0123456789"),
        ("[C0ACME]", "[C0ACME, C0ACME]", "channels: C0ACME is there twice"),
        ("[C0ACME]", "[]", "channels: expected at least one"),
        ("[T0ACME]", "[acme]", "teams: 'acme' is not a Slack id such as T0123456789"),
        ("[U0MAX]", "[S0GROUP]", "managers: 'S0GROUP' is not a Slack id such as U0123456789"),
        ("contacts:", "contact:", "contact: is not a known field here; did you mean contacts?"),
        ("mon-fri", "weekdays", "business_hours.days: expected days such as mon-fri"),
        ('from: "09:00", ', "", "business_hours.from: is missing"),
        ("holidays: US", "holidays: Mars", "business_hours.holidays: no holidays are known for 'Mars'"),
        ("name: Acme", 'name: " "', "name: expected some text"),
        ("help@oko.example", "help", "contact_methods[0].value: expected an address such as help@example.com"),
        ("kind: email", "kind: pigeon", "contact_methods[0].kind: expected 'phone', 'email'"),
    ],
)
def test_each_mistake_is_told_by_its_field(wrong: str, right: str, said: str) -> None:
    (problem,) = _problems(ACME.replace(wrong, right))
    assert problem.startswith(f"accounts[0].{said}")


def test_all_mistakes_are_told_at_once() -> None:
    problems = _problems(ACME.replace("okta", "otka").replace("New_York", "NewYork") + GLOBEX.replace("[C0", "[X0"))
    assert [problem.partition(":")[0] for problem in problems] == [
        "accounts[0].program",
        "accounts[0].timezone",
        "accounts[1].channels",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "accounts: expected a list"),
        ("accounts: {}", "accounts: expected a list"),
        ("accounts: [7]", "accounts[0]: expected a group of fields"),
        ("accounts: [", "line 1: expected YAML"),
        ("accounts: []\naccounts: []", "line 2: the key 'accounts' is written twice"),
    ],
)
def test_a_file_of_another_shape_is_told_what_was_expected(content: str, said: str) -> None:
    with pytest.raises(AccountsFileErrors) as error:
        read_accounts(content.encode(), load_policies(), [])
    assert str(error.value).startswith(said)


def test_two_accounts_can_not_have_one_name() -> None:
    assert _problems(ACME + ACME.replace("C0ACME", "C0OTHER")) == (
        "accounts[1].name: 'Acme' is the name of accounts[0] already",
    )


def test_customers_may_share_a_channel_when_their_teams_tell_them_apart() -> None:
    beside = GLOBEX.replace("[C0GLOBEX]", "[C0ACME], teams: [T0GLOBEX]")
    assert [account.name for account in _read(ACME + beside)] == ["Acme", "Globex"]


@pytest.mark.parametrize(
    ("globex", "said"),
    [
        ("[C0ACME]", "accounts[1].teams: C0ACME is shared with Acme: name this customer's Slack teams"),
        ("[C0ACME], teams: [T0ACME]", "accounts[1].teams: C0ACME is shared with Acme, and so is the team T0ACME"),
        ("[C0INITECH], teams: [T0G]", "accounts[1].channels: C0INITECH is shared with Initech, which names no Slack"),
    ],
)
def test_a_shared_channel_needs_teams_that_differ(globex: str, said: str) -> None:
    problems = _problems(ACME + GLOBEX.replace("[C0GLOBEX]", globex))
    assert any(problem.startswith(said) for problem in problems)


def test_an_import_stores_the_accounts_and_welcomes_each_channel_once(database: str, tmp_path: Path) -> None:
    assert _import(tmp_path, ACME + GLOBEX).stdout == "Acme: new\nGlobex: new\n"
    assert _welcomed(database) == {("C0ACME", "Acme"), ("C0GLOBEX", "Globex")}


def test_the_same_file_again_changes_nothing_and_welcomes_nobody(database: str, tmp_path: Path) -> None:
    _import(tmp_path, ACME)
    assert len(_welcomed(database)) == 1
    assert _import(tmp_path, ACME).stdout == "Acme: unchanged\n"
    assert _welcomed(database) == set()


def test_a_changed_account_keeps_its_place_and_only_its_new_channel_is_welcomed(database: str, tmp_path: Path) -> None:
    _import(tmp_path, ACME)
    _welcomed(database)
    assert _import(tmp_path, ACME.replace("[C0ACME]", "[C0ACME, C0MORE]")).stdout == "Acme: changed\n"
    assert _welcomed(database) == {("C0MORE", "Acme")}


def test_one_mistake_imports_nothing(database: str, tmp_path: Path) -> None:
    refused = _import(tmp_path, ACME + GLOBEX.replace("enterprise", "premeir"))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        "accounts.yml: accounts[1].plan: 'premeir' is not a plan of auth0; try premier\nNothing was imported.\n"
    )
    assert json.loads(_run("list", "--json").stdout) == []


def test_the_list_is_readable_by_people_and_by_programs(database: str, tmp_path: Path) -> None:
    assert "No accounts yet" in _run("list").stdout
    imported = json.loads(_import(tmp_path, ACME, "--json").stdout)
    listed = json.loads(_run("list", "--json").stdout)
    assert imported == [{"outcome": "new", **listed[0]}]
    assert listed[0]["channels"] == ["C0ACME"]
    assert "Acme" in _run("list").stdout


def test_a_file_or_database_that_is_not_there_is_one_line(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = _run("import", "nowhere.yml")
    assert (missing.exit_code, missing.stderr) == (1, "nowhere.yml can't be read: No such file or directory\n")
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/caseclock.db")
    assert _run("list").stderr == "The database can't be used now: unable to open database file\n"
    monkeypatch.setenv("DATABASE_URL", "mysql://root:s3cret@db/x")
    told = _run("list").stderr
    assert told.startswith("DATABASE_URL: expected sqlite:///")
    assert "s3cret" not in told


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes.txt").write_text("not a database at all")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/notes.txt")
    for app, command in ((accounts_app, "list"), (db_app, "current"), (db_app, "upgrade")):
        result = CliRunner().invoke(app, [command])
        assert (result.exit_code, result.stderr) == (
            1,
            "The database can't be used now: file is not a database\n",
        )


def test_the_database_says_where_it_stands(database: str) -> None:
    behind = CliRunner().invoke(db_app, ["current"])
    assert (behind.exit_code, behind.stderr) == (1, "Run caseclock db upgrade.\n")
    assert CliRunner().invoke(db_app, ["upgrade"]).stdout == f"The database is up to date now: {head()}.\n"
    assert CliRunner().invoke(db_app, ["upgrade"]).stdout == "The database is up to date.\n"
    assert CliRunner().invoke(db_app, ["current"]).exit_code == 0


def _content(entries: str) -> bytes:
    return b"accounts:\n" + dedent(entries).encode()


def _read(entries: str) -> tuple[Account, ...]:
    return read_accounts(_content(entries), load_policies(), [STORED])


def _problems(entries: str) -> tuple[str, ...]:
    with pytest.raises(AccountsFileErrors) as error:
        _read(entries)
    return error.value.problems


def _import(folder: Path, entries: str, *options: str) -> Result:
    file = folder / "accounts.yml"
    file.write_bytes(_content(entries))
    return _run("import", str(file), *options)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(accounts_app, arguments)


def _welcomed(url: str) -> set[tuple[str, object]]:
    """What waits in the outbox, which is then sent."""
    with engine_on(url) as engine, SqlUnitsOfWork(engine, lambda: None)() as work:
        rows = work.outbox.claim(NOON, 10, ())
        for row in rows:
            assert row.say.kind is SayKind.WELCOME
            work.outbox.sent(row.id, None, NOON)
        return {(row.say.channel, row.say.body["account"]) for row in rows}
