"""Starting where something is missing: optional methods of Slack, a policy, a setting, a token."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from policies.loader import SHIPPED, load_policies
from tests.journeys.conftest import MORNING
from tests.journeys.trying import asked, command, harmless, told
from workspace.acting import answer, card, form_of, said
from workspace.screen import Submission
from workspace.server import Workspace
from workspace.stage import Stage, settings_for

REQUIRED = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "TRIAGE_CHANNEL",
    "MANAGERS_CHANNEL",
    "SUPPORT_ENGINEERS",
    "SUPPORT_MANAGERS",
)
OPTIONAL = ("usergroups", "pins", "bookmarks")
CASECLOCK = Path(sys.executable).with_name("caseclock")
START_SECONDS = 120
"""A start that ends takes three; where many are at work on one machine, ten times that."""
SHAPES = re.compile(r"starts with (xoxb|xapp)-")
"""How a message may speak of tokens."""


def open_orchards(stage: Stage) -> Submission:
    """Olga's case for Orchard; what came of it."""
    olga = stage.person("Olga")
    form = asked(stage, olga, lambda: olga.press(stage.slack.messages("C0ORCHARD")[0], "Open a case"))
    olga.fill(form, {"Title": "It hangs", "What happens?": "Since nine"})
    answer(stage, olga, "What kind of request is it?", "Product support")
    done = olga.submit(form_of(stage, olga))
    stage.quiet()
    return done


def heard(logs: list[EventDict], event: str) -> int:
    return len([line for line in logs if line["event"] == event])


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    with capture_logs() as lines:
        yield lines


class TestASlackWithoutWhatIsOptional:
    def test_people_named_one_by_one_work_as_ever_and_the_missing_pins_are_told_once(
        self, tmp_path: Path, logs: list[EventDict]
    ) -> None:
        with Stage(tmp_path, MORNING, OPTIONAL, engineers=("U0ERIN", "U0FRANK")) as stage:
            assert len(stage.slack.calls("pins.add")) > 1
            open_orchards(stage)
            stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
            stage.quiet()
            assert said(stage, "C0ORCHARD", "U0ERIN", "has begun work")
            assert command(stage, stage.person("Frank"), "list", "C0TRIAGE").startswith("*1 open case*")
            assert stage.slack.calls("usergroups.users.list") == []
        assert heard(logs, "pinning_unavailable") == 1
        assert not [line for line in logs if line["log_level"] in {"error", "critical"}]

    def test_a_group_that_cannot_be_read_is_told_once_and_the_rest_goes_on(
        self, tmp_path: Path, logs: list[EventDict]
    ) -> None:
        with Stage(tmp_path, MORNING, OPTIONAL) as stage:
            open_orchards(stage)
            erin, max_ = stage.person("Erin"), stage.person("Max")
            for _ in range(3):
                assert "support team" in told(stage, erin, lambda: erin.press(card(stage, "C0TRIAGE"), "Claim"))
                stage.move(minutes=10)
            max_.press(card(stage, "C0TRIAGE"), "Claim")
            stage.quiet()
            assert said(stage, "C0ORCHARD", "U0MAX", "has begun work")
            assert len(stage.slack.calls("usergroups.users.list")) > 1
        assert heard(logs, "user_group_unavailable") == 1
        assert next(line for line in logs if line["event"] == "user_group_unavailable")["group"] == "S0CALL"


class TestPolicies:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return copytree(SHIPPED, tmp_path / "policies", ignore=lambda _, names: {n for n in names if n[-4:] != ".yml"})

    def test_a_running_bot_keeps_those_that_it_started_with(self, stage: Stage, folder: Path) -> None:
        stage.stop_bot()
        stage.policies = load_policies(folder)
        stage.start_bot()
        (folder / "oko.yml").write_text("program: [")
        (folder / "okta.yml").unlink()
        assert open_orchards(stage).outcome == "updated"

    def test_a_customer_whose_programme_is_gone_hears_whom_to_ask(self, stage: Stage, folder: Path) -> None:
        with stage.units() as uow:
            (orchard,) = uow.accounts.in_channel("C0ORCHARD")
        stage.stop_bot()
        (folder / "oko.yml").unlink()
        stage.policies = load_policies(folder)
        stage.start_bot()
        olga = stage.person("Olga")
        refusal = told(stage, olga, lambda: olga.press(stage.slack.messages("C0ORCHARD")[0], "Open a case"))
        assert f"“{orchard.program}”" in refusal
        assert "support manager" in refusal
        harmless(stage)

    def test_one_with_a_mistake_stops_the_start_and_is_named(self, stage: Stage, folder: Path, tmp_path: Path) -> None:
        text = (folder / "okta.yml").read_text()
        (folder / "okta.yml").write_text(text.replace("within: 1h", "within: soon", 1))
        code, said_why = start(tmp_path, environment(stage.slack, POLICY_DIR=str(folder)))
        assert code == 2
        lines = said_why.removeprefix("caseclock: ").splitlines()
        assert lines
        assert all(line.startswith("okta.yml: plans.") and "found 'soon'" in line for line in lines), said_why


class TestSettings:
    """One clear line, exit 2, and no token in it."""

    @pytest.fixture
    def slack(self) -> Iterator[Workspace]:
        with Workspace(lambda: MORNING) as running:
            yield running

    def test_those_that_are_missing_are_named(self, tmp_path: Path) -> None:
        refuses(tmp_path, {"PATH": os.environ["PATH"]}, *(f"{name} is not set" for name in REQUIRED))

    def test_those_that_are_wrong_are_named(self, slack: Workspace, tmp_path: Path) -> None:
        wrong = {
            "SLACK_BOT_TOKEN": "xapp-in-the-wrong-place",
            "SLACK_APP_TOKEN": "xoxb-in-the-wrong-place",
            "SLACK_API_URL": "slack",
            "TRIAGE_CHANNEL": "#triage",
            "MANAGERS_CHANNEL": "managers",
            "SUPPORT_ENGINEERS": "@erin",
            "SUPPORT_MANAGERS": "max",
            "POLICY_DIR": "/no/such/folder",
            "LOG_LEVEL": "LOUD",
        }
        refuses(tmp_path, environment(slack, **wrong), *(f"{name}: " for name in wrong))

    def test_a_database_that_cannot_be_is_named(self, slack: Workspace, tmp_path: Path) -> None:
        refuses(tmp_path, environment(slack, DATABASE_URL="mysql://nobody:secret-word@host/name"), "DATABASE_URL: ")

    @pytest.mark.parametrize(
        ("name", "value"), [("SLACK_BOT_TOKEN", "xoxb-of-another-app"), ("SLACK_APP_TOKEN", "xapp-of-another-app")]
    )
    def test_a_token_that_slack_refuses_ends_the_start(
        self, slack: Workspace, tmp_path: Path, name: str, value: str
    ) -> None:
        refuses(tmp_path, environment(slack, **{name: value}), "check SLACK_BOT_TOKEN and SLACK_APP_TOKEN")


class TestOutages:
    """What may pass by itself ends a start with 1, which the service tries again: 2 would be for good."""

    @pytest.fixture
    def slack(self) -> Iterator[Workspace]:
        with Workspace(lambda: MORNING) as running:
            yield running

    def test_a_database_that_is_away(self, slack: Workspace, tmp_path: Path) -> None:
        url = "sqlite:////no/such/folder/own.db"
        puts_off(tmp_path, environment(slack, DATABASE_URL=url), "DATABASE_URL: the database can't be used now")

    def test_a_slack_out_of_reach(self, slack: Workspace, tmp_path: Path) -> None:
        puts_off(tmp_path, environment(slack, SLACK_API_URL="http://127.0.0.1:1/api/"), "SLACK_API_URL: ")

    def test_a_slack_that_answers_with_an_error_of_its_own(self, slack: Workspace, tmp_path: Path) -> None:
        slack.faults.fail("auth.test", "internal_error")
        puts_off(tmp_path, environment(slack), "Slack answered “internal_error”, which may pass")

    def test_a_slack_that_is_asked_too_often(self, slack: Workspace, tmp_path: Path) -> None:
        slack.faults.rate_limit("auth.test", 30)
        puts_off(tmp_path, environment(slack), "Slack answered “ratelimited”, which may pass")

    def test_a_slack_whose_front_alone_is_up(self, slack: Workspace, tmp_path: Path) -> None:
        slack.faults.server_error("auth.test", 503)
        puts_off(tmp_path, environment(slack), "Slack answered “", "which may pass")

    def test_a_slack_that_hangs_up(self, slack: Workspace, tmp_path: Path) -> None:
        slack.faults.drop("auth.test", taken=False)
        puts_off(tmp_path, environment(slack), "SLACK_API_URL: ")


def environment(slack: Workspace, **changed: str) -> dict[str, str]:
    """Settings for this Slack as an operator gives them, some of them changed."""
    settings = settings_for(slack, "sqlite:///own.db")
    given = {
        "SLACK_BOT_TOKEN": settings.slack_bot_token.get_secret_value(),
        "SLACK_APP_TOKEN": settings.app_token(),
        "SLACK_API_URL": settings.slack_api_url,
        "DATABASE_URL": settings.database_url,
        "TRIAGE_CHANNEL": settings.triage_channel,
        "MANAGERS_CHANNEL": settings.managers_channel,
        "SUPPORT_ENGINEERS": ",".join(settings.support_engineers),
        "SUPPORT_MANAGERS": ",".join(settings.support_managers),
    }
    return {"PATH": os.environ["PATH"], **given, **changed}


def start(folder: Path, env: dict[str, str]) -> tuple[int, str]:
    """`caseclock run` until it ends; its exit code and all that it printed but its log."""
    done = subprocess.run(
        [CASECLOCK, "run"], env=env, cwd=folder, capture_output=True, text=True, timeout=START_SECONDS, check=False
    )
    assert not re.search("xox|xapp-|secret-word", SHAPES.sub("", done.stdout + done.stderr)), done.stderr
    printed = (done.stdout + done.stderr).splitlines()
    return done.returncode, "\n".join(line for line in printed if not line.startswith('{"'))


def refuses(folder: Path, env: dict[str, str], *expected: str) -> None:
    ends(2, folder, env, *expected)


def puts_off(folder: Path, env: dict[str, str], *expected: str) -> None:
    ends(1, folder, env, *expected, "As a service it is tried again by itself.")


def ends(expected_code: int, folder: Path, env: dict[str, str], *expected: str) -> None:
    code, said_why = start(folder, env)
    assert code == expected_code, said_why
    assert [each for each in expected if each not in said_why] == [], said_why
    assert len(said_why.splitlines()) == 1, said_why
