"""Set-ups for the doctor to look at: one that works, in the local Slack and a real database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from bot.accounts_import import import_accounts
from bot.diagnosis import Finding
from bot.doctor import examine
from policies.loader import SHIPPED, load_policies
from storage.database import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
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

    def file(self, setting: str, text: str) -> Path:
        """One that this setting names, readable by its owner alone: `rota.yml` for ROTA_FILE."""
        file = self.folder / f"{setting.removesuffix('_FILE').lower()}.yml"
        file.write_text(text)
        file.chmod(0o600)
        self.settings[setting] = str(file)
        return file

    @property
    def database(self) -> Path:
        return self.folder / "caseclock.db"


Break = Callable[[Setup], None]


def copied_policies(setup: Setup) -> Path:
    """The shipped ones in a folder of their own, to be edited."""
    folder = setup.folder / "policies"
    copytree(SHIPPED, folder, ignore=lambda _, names: [name for name in names if not name.endswith(".yml")])
    setup.settings["POLICY_DIR"] = str(folder)
    return folder


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
