"""What the doctor says of set-ups that are broken, each in one way, against the local Slack and real databases."""

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, make_url, text

from bot.accounts_import import import_accounts
from bot.diagnosis import Finding, Level
from bot.doctor import examine
from bot.doctor_slack import NEEDED
from policies.loader import SHIPPED, load_policies
from storage.database import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.journeys.test_stand_in import CASECLOCK
from tests.storage import postgres
from workspace.manifest import manifest
from workspace.prepared import ACCOUNTS
from workspace.server import Workspace
from workspace.stage import furnish

PLENTY = 50_000_000_000


def wall() -> datetime:
    return datetime.now(UTC)


@dataclass
class Setup:
    """One that works, until something in it is broken."""

    slack: Workspace
    folder: Path
    settings: dict[str, str]
    http: bool = False
    free: int = PLENTY

    def findings(self, environment: pytest.MonkeyPatch) -> list[Finding]:
        environment.chdir(self.folder)
        for name, value in self.settings.items():
            environment.setenv(name, value)
        return list(examine(http=self.http, now=wall, free=lambda _: self.free, zone_folders=()))

    @property
    def database(self) -> Path:
        return self.folder / "caseclock.db"


Break = Callable[[Setup], None]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A migrated one with three accounts."""
    file = tmp_path_factory.mktemp("doctor") / "caseclock.db"
    upgrade(f"sqlite:///{file}")
    engine = make_engine(f"sqlite:///{file}")
    import_accounts(ACCOUNTS, load_policies(), SqlUnitsOfWork(engine))
    engine.dispose()
    return file.read_bytes()


@pytest.fixture
def setup(tmp_path: Path, database: bytes) -> Iterator[Setup]:
    with local_slack() as slack:
        (tmp_path / "caseclock.db").write_bytes(database)
        yield Setup(slack, tmp_path, settings_of(slack, tmp_path))


@contextmanager
def local_slack() -> Iterator[Workspace]:
    slack = Workspace(wall, scopes=manifest().scopes, subscriptions=manifest().events)
    furnish(slack)
    with slack:
        yield slack


def settings_of(slack: Workspace, folder: Path) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5".replace("y", "1").replace("z", "2"),
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'caseclock.db'}",
        "TRIAGE_CHANNEL": "C0TRIAGE",
        "MANAGERS_CHANNEL": "C0MANAGERS",
        "SUPPORT_ENGINEERS": "S0CALL",
        "SUPPORT_MANAGERS": "U0MAX",
    }


def wrong_token(setup: Setup) -> None:
    setup.settings["SLACK_BOT_TOKEN"] = "xoxb-of-another-app"


def missing_scope(setup: Setup) -> None:
    granted = manifest().scopes - {"files:read"}
    home = replace(setup.slack.app, scopes=granted)
    setup.slack.app = setup.slack.world.app = setup.slack.installations.home = home


def not_in_the_channel(setup: Setup) -> None:
    setup.slack.channel("C0TRIAGE").members.remove("U0BOT")


def not_in_a_customers_channel(setup: Setup) -> None:
    setup.slack.channel("C0ORCHARD").members.remove("U0BOT")


def archived(setup: Setup) -> None:
    setup.slack.channel("C0MANAGERS").is_archived = True


def unknown_channel(setup: Setup) -> None:
    setup.settings["MANAGERS_CHANNEL"] = "C0NOWHERE"


def unreadable_group(setup: Setup) -> None:
    setup.settings["SUPPORT_ENGINEERS"] = "S0NOBODY"


def deactivated_manager(setup: Setup) -> None:
    setup.slack.state.users["U0MAX"].deleted = True


def read_only_database(setup: Setup) -> None:
    setup.settings["DATABASE_URL"] = f"sqlite:///file:{setup.database}?mode=ro&uri=true"


def unmigrated_database(setup: Setup) -> None:
    engine = create_engine(setup.settings["DATABASE_URL"])
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "storage:migrations")
        command.downgrade(config, "0006_digests")
    engine.dispose()


def newer_database(setup: Setup) -> None:
    engine = create_engine(setup.settings["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_from_next_year'"))
    engine.dispose()


def broken_policy(setup: Setup) -> None:
    folder = setup.folder / "policies"
    copytree(SHIPPED, folder, ignore=lambda _, names: [name for name in names if not name.endswith(".yml")])
    oko = folder / "oko.yml"
    lines = oko.read_text().splitlines()
    lines.insert(lines.index("plans:"), "plan: wrong")
    oko.write_text("\n".join(lines))
    setup.settings["POLICY_DIR"] = str(folder)


def missing_policy(setup: Setup) -> None:
    folder = setup.folder / "policies"
    folder.mkdir()
    (folder / "oko.yml").write_text((SHIPPED / "oko.yml").read_text())
    setup.settings["POLICY_DIR"] = str(folder)


def clock_ahead(setup: Setup) -> None:
    setup.slack.state.clock = lambda: wall() - timedelta(minutes=3)


def clock_a_little_behind(setup: Setup) -> None:
    setup.slack.state.clock = lambda: wall() + timedelta(seconds=30)


def no_socket(setup: Setup) -> None:
    setup.slack.world.new_socket_url = lambda: "ws://127.0.0.1:1/link"


def wrong_app_token(setup: Setup) -> None:
    setup.settings["SLACK_APP_TOKEN"] = "xapp-of-another-app"


def no_slack(setup: Setup) -> None:
    setup.settings["SLACK_API_URL"] = "http://127.0.0.1:1/api/"


def disk_almost_full(setup: Setup) -> None:
    setup.free = 40_000_000


def missing_setting(setup: Setup) -> None:
    del setup.settings["SLACK_APP_TOKEN"]


def wrong_signing_secret(setup: Setup) -> None:
    setup.http = True
    setup.settings["SLACK_SIGNING_SECRET"] = "verificationToken4711"


BROKEN: Mapping[Break, tuple[str, Level, str, str]] = {
    wrong_token: ("bot token", Level.ERROR, "Slack refuses it: invalid_auth", "Copy SLACK_BOT_TOKEN anew"),
    missing_scope: ("scopes", Level.ERROR, "files:read is missing, so files of replies", "install the app anew"),
    not_in_the_channel: ("TRIAGE_CHANNEL", Level.ERROR, "the bot is not in #triage (C0TRIAGE)", "/invite @Caseclock"),
    not_in_a_customers_channel: ("Orchard", Level.ERROR, "the bot is not in #orchard-support", "/invite @Caseclock"),
    archived: ("MANAGERS_CHANNEL", Level.ERROR, "#managers (C0MANAGERS) is archived", "Unarchive it"),
    unknown_channel: (
        "MANAGERS_CHANNEL",
        Level.ERROR,
        "there is no channel C0NOWHERE",
        "name another one in",
    ),
    unreadable_group: ("SUPPORT_ENGINEERS", Level.ERROR, "S0NOBODY can't be read: no_such_subteam", "list people"),
    deactivated_manager: ("SUPPORT_MANAGERS", Level.ERROR, "the account of U0MAX is deactivated", "Name somebody else"),
    read_only_database: ("database", Level.ERROR, "it can be read, but not written", "Let the user"),
    unmigrated_database: (
        "database",
        Level.WARNING,
        "it is at 0006_digests; this",
        "caseclock db upgrade",
    ),
    newer_database: ("database", Level.ERROR, "it is at 9999_from_next_year, which", "Run the newer version"),
    broken_policy: ("policies", Level.ERROR, "plan: is not a known field here; did you mean plans?", "Correct it"),
    missing_policy: ("accounts", Level.ERROR, "Acme has okta with the plan premier, which no file", "Add the policy"),
    clock_ahead: ("clock", Level.ERROR, "s ahead of Slack's", "Set this machine's clock"),
    clock_a_little_behind: ("clock", Level.WARNING, "s behind Slack's", "Set this machine's clock"),
    no_socket: ("socket", Level.ERROR, "it can't be reached (ConnectionRefusedError)", "wss-primary.slack.com"),
    wrong_app_token: (
        "socket",
        Level.ERROR,
        "app-level token: invalid_auth",
        "connections:write",
    ),
    no_slack: ("bot token", Level.ERROR, "Slack can't be reached", "Check the network"),
    disk_almost_full: ("disk", Level.ERROR, "40 MB free at", "Make room"),
    missing_setting: ("settings", Level.ERROR, "SLACK_APP_TOKEN is not set", "Set it in .env"),
    wrong_signing_secret: ("signing secret", Level.WARNING, "doesn't look like one", "Copy SLACK_SIGNING_SECRET anew"),
}
ALSO: Mapping[Break, set[str]] = {no_slack: {"socket"}, missing_policy: {"accounts"}}
"""What a break brings with it beside what it is named for."""


@pytest.mark.parametrize("how", BROKEN, ids=lambda how: how.__name__)
def test_each_break_is_named_and_nothing_else(setup: Setup, how: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    how(setup)
    what, level, said, to_do = BROKEN[how]
    troubles = [each for each in setup.findings(monkeypatch) if each.level is not Level.OK]
    found = next((each for each in troubles if each.what == what), None)
    assert found is not None, troubles
    assert (found.level, said in found.said, to_do in found.to_do) == (level, True, True), found
    assert {each.what for each in troubles} - ALSO.get(how, set()) <= {what}, troubles
    secrets = (setup.settings.get("SLACK_APP_TOKEN", "-none-"), setup.settings["SLACK_BOT_TOKEN"], "Token4711")
    assert not [each for each in troubles if any(secret in str(each) for secret in secrets)]


def test_of_a_set_up_that_works_every_line_is_well(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    found = setup.findings(monkeypatch)
    assert {each.level for each in found} == {Level.OK}, found
    assert {"bot token", "scopes", "socket", "clock", "channels", "database", "policies", "disk"} <= {
        each.what for each in found
    }


def test_a_broken_policy_is_named_by_its_file_and_line(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_policy(setup)
    lines = (setup.folder / "policies" / "oko.yml").read_text().splitlines()
    (found,) = [each for each in setup.findings(monkeypatch) if each.what == "policies"]
    assert found.said.startswith(f"oko.yml:{lines.index('plan: wrong') + 1}: plan: ")


@pytest.mark.postgresql
def test_a_postgresql_that_takes_nothing_is_named(
    setup: Setup, postgres_url: str, postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = make_url(postgres_database).database
    postgres.administer(postgres_url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    setup.settings["DATABASE_URL"] = postgres_database
    (found,) = [each for each in setup.findings(monkeypatch) if each.what == "database"]
    assert (found.level, found.said) == (Level.ERROR, "it can be read, but not written")


def test_scopes_that_nothing_needs_are_named_too(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    home = replace(setup.slack.app, scopes=manifest().scopes | {"admin"})
    setup.slack.app = setup.slack.world.app = setup.slack.installations.home = home
    (found,) = [each for each in setup.findings(monkeypatch) if each.what == "scopes"]
    assert (found.level, found.said) == (Level.WARNING, "nothing needs admin")


def test_the_doctor_knows_the_scopes_of_the_manifest_and_no_others() -> None:
    assert NEEDED.keys() == manifest().scopes


def test_the_doctor_opens_no_socket_since_events_would_come_to_it(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.findings(monkeypatch)
    assert setup.slack.hub.connections == []
    assert setup.slack.calls("chat.postMessage") == []


@pytest.mark.parametrize(("how", "exit_code"), [(None, 0), (clock_a_little_behind, 0), (wrong_token, 1)])
def test_the_command_prints_what_to_do_and_fails_for_errors_alone(
    setup: Setup, how: Break | None, exit_code: int
) -> None:
    if how is not None:
        how(setup)
    env = {**setup.settings, "PATH": "/usr/bin:/bin", "PYTHONTZPATH": "", "COLUMNS": "80"}
    told = subprocess.run([CASECLOCK, "doctor", "--json"], env=env, cwd=setup.folder, capture_output=True, text=True)
    assert told.stderr == ""
    assert told.returncode == exit_code
    findings = json.loads(told.stdout)["findings"]
    wrong = {each["what"] for each in findings if each["level"] != "ok"} - {"disk"}
    assert wrong == ({BROKEN[how][0]} if how else set())
