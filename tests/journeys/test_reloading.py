"""An operator changes policies and accounts while the bot runs: what is right is taken, what is wrong changes nothing,
and the operators' channel reads of either once.
"""

import signal
from datetime import datetime
from pathlib import Path
from shutil import copy

import pytest

from bot import reloading
from policies.loader import SHIPPED
from tests.faults.operated import OperatedStage, told
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.prometheus import PATIENCE
from tests.journeys.running import running
from tests.journeys.test_stand_in import environment
from workspace.acting import words
from workspace.model import Message
from workspace.prepared import ACCOUNTS
from workspace.stage import OPERATORS


class ReloadingStage(OperatedStage):
    """Its policies and accounts are files in a folder of its own."""

    def __init__(self, folder: Path, now: datetime = MORNING) -> None:
        super().__init__(folder, now)
        self.policy_folder = folder / "policies"
        self.policy_folder.mkdir()
        for file in SHIPPED.glob("*.yml"):
            copy(file, self.policy_folder / file.name)
        self.accounts = folder / "accounts.yml"
        self.accounts.write_bytes(ACCOUNTS)
        self.more_settings = {"policy_dir": self.policy_folder, "accounts_file": self.accounts}

    def reloaded(self, *expected: str) -> Message:
        """As by SIGHUP; what the operators then read."""
        assert self._bot is not None
        self._bot.operating.reload()
        (said,) = self.slack.wait_until(lambda: told(self, *expected))
        self.quiet()
        return said

    def edit(self, program: str, old: str, new: str) -> int:
        """Change one place of a policy; its line."""
        file = self.policy_folder / f"{program}.yml"
        text = file.read_text()
        file.write_text(text.replace(old, new, 1))
        return text[: text.index(old)].count("\n") + 1


def test_a_new_target_is_for_new_cases_and_open_ones_keep_their_promise(tmp_path: Path) -> None:
    with ReloadingStage(tmp_path) as stage:
        open_p1(stage)
        stage.edit("okta", "1: {within: 1h, calendar: always}", "1: {within: 2h, calendar: always}")
        said = stage.reloaded("The policies were loaded anew", "changed: Okta")
        assert "keep the promise that they were opened under" in words(said)
        open_p1(stage)
        with stage.units() as uow:
            first, second = uow.cases.get(1), uow.cases.get(2)
        assert (first.due_at - first.started_at).total_seconds() == 3600
        assert (second.due_at - second.started_at).total_seconds() == 7200


def test_a_policy_that_is_wrong_is_named_by_file_and_line_and_nothing_changes_until_it_is_right(tmp_path: Path) -> None:
    with ReloadingStage(tmp_path) as stage:
        line = stage.edit("okta", "1: {within: 1h, calendar: always}", "1: {within: soon, calendar: always}")
        said = stage.reloaded("can't be used so")
        assert f"okta.yml:{line}: plans.premier.targets.1.within" in words(said)
        open_p1(stage)
        with stage.units() as uow:
            case = uow.cases.get(1)
        assert (case.due_at - case.started_at).total_seconds() == 3600
        stage.edit("okta", "within: soon", "within: 1h")
        stage.reloaded("The policy files are right again")
        assert not told(stage, "loaded anew"), "they are as they were"


def test_a_programme_that_an_account_has_is_not_taken_away(tmp_path: Path) -> None:
    with ReloadingStage(tmp_path) as stage:
        (stage.policy_folder / "auth0.yml").unlink()
        said = stage.reloaded("can't be used so")
        assert "the account Bolt has auth0 with the plan enterprise, which would be gone" in words(said)


def test_a_programme_is_taken_away_once_its_account_has_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reloading, "LOOKING_SECONDS", 0.1)
    with ReloadingStage(tmp_path) as stage:
        (stage.policy_folder / "auth0.yml").unlink()
        stage.slack.wait_until(lambda: told(stage, "can't be used so"))
        auth0, okta = b"program: auth0\n    plan: enterprise", b"program: okta\n    plan: premier"
        stage.accounts.write_bytes(ACCOUNTS.replace(auth0, okta))
        stage.slack.wait_until(lambda: told(stage, "The accounts file was read anew", "changed: Bolt"))
        (said,) = stage.slack.wait_until(lambda: told(stage, "The policies were loaded anew"))
        assert "gone: auth0" in words(said)


def test_accounts_are_taken_from_their_file_and_what_is_wrong_there_changes_none(tmp_path: Path) -> None:
    with ReloadingStage(tmp_path) as stage:
        stage.accounts.write_bytes(ACCOUNTS.replace(b"America/Chicago", b"America/Denver"))
        said = stage.reloaded("The accounts file was read anew")
        assert "changed: Orchard" in words(said)
        stage.accounts.write_bytes(ACCOUNTS.replace(b"America/Chicago", b"America/Nowhere"))
        said = stage.reloaded("The accounts file was changed")
        line = ACCOUNTS[: ACCOUNTS.index(b"America/Chicago")].count(b"\n") + 1
        assert f"accounts.yml:{line}: accounts[2].timezone" in words(said)
        with stage.units() as uow:
            assert uow.accounts.all()[2].timezone == "America/Denver"


def test_a_bot_in_a_process_of_its_own_reloads_when_it_is_told_to(tmp_path: Path) -> None:
    with ReloadingStage(tmp_path) as stage:
        stage.stop_bot()
        more = {"POLICY_DIR": str(stage.policy_folder), "OPERATORS_CHANNEL": OPERATORS}
        env = environment(stage.slack, DATABASE_URL=stage.database_url, **more)
        with running("run", env=env, cwd=tmp_path) as bot:
            assert bot.stderr is not None
            assert any('"event": "connected"' in line for line in bot.stderr)
            stage.edit("okta", "1: {within: 1h, calendar: always}", "1: {within: 2h, calendar: always}")
            bot.send_signal(signal.SIGHUP)
            only(stage.slack.wait_until(lambda: told(stage, "changed: Okta"), PATIENCE))
            bot.send_signal(signal.SIGTERM)
            bot.communicate(timeout=PATIENCE)
    assert bot.returncode == 0
