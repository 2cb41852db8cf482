"""An open case is moved to an edited policy by `caseclock policy adopt`, while the bot runs: what it is promised
follows everywhere, and its team reads who did it and why.
"""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.clock import SystemClock
from cases.case import Case
from tests.journeys.acting import only, open_p1
from tests.journeys.test_reloading import ReloadingStage
from tests.journeys.trying import command, shown
from workspace.acting import card, said
from workspace.scenes.working import helps, resolve

HALF = "Half of the time"
ONE_HOUR, TWO_HOURS = "1: {within: 1h, calendar: always}", "1: {within: 2h, calendar: always}"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[ReloadingStage]:
    """The command goes by the machine's clock, so the story begins at its time. C-1, a Priority 1, was opened under
    one hour; now the policy says two.
    """
    with ReloadingStage(tmp_path, SystemClock().now().replace(microsecond=0)) as running:
        open_p1(running)
        running.edit("okta", ONE_HOUR, TWO_HOURS)
        running.reloaded("The policies were loaded anew", "changed: Okta")
        yield running


def adopt(stage: ReloadingStage, case: str = "C-1", *more: str) -> Result:
    """As an operator types it, beside the bot."""
    settings = {
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "POLICY_DIR": str(stage.policy_folder),
        "DATABASE_URL": stage.database_url,
        "SLACK_BOT_TOKEN": stage.slack.bot_token,
        "TRIAGE_CHANNEL": "C0TRIAGE",
        "MANAGERS_CHANNEL": "C0MANAGERS",
        "SUPPORT_ENGINEERS": "S0CALL",
        "SUPPORT_MANAGERS": "U0MAX",
    }
    words = ["policy", "adopt", case, "--by", "Olaf", "--reason", "Acme signed the *new* terms", *more]
    result = CliRunner().invoke(app, words, env=settings)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    stage.wake()
    stage.quiet()
    return result


LOGGED = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[.*\n", re.MULTILINE)


def printed(result: Result) -> str:
    """What the command wrote: the bot, which logs to the same place meanwhile, is no part of it."""
    return LOGGED.sub("", result.stdout)


def now(stage: ReloadingStage, number: int = 1) -> Case:
    with stage.units() as uow:
        return uow.cases.get(number)


def due_in_slack(stage: ReloadingStage, channel: str) -> str:
    """What its card there shows."""
    return json.dumps(card(stage, channel).blocks)


def test_card_deadline_and_timers_follow_and_the_team_reads_who_and_why(stage: ReloadingStage) -> None:
    before = now(stage)
    old, new = (f"<!date^{int(at.timestamp())}^" for at in (before.due_at, before.due_at + timedelta(hours=1)))
    assert old in due_in_slack(stage, "C0TRIAGE")
    result = adopt(stage)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "A first answer is due " in printed(result)
    after = now(stage)
    assert (after.due_at - after.started_at, after.promise.target) == (timedelta(hours=2), "2h")
    for channel in ("C0TRIAGE", "C0ACME"):
        assert new in due_in_slack(stage, channel)
        assert old not in due_in_slack(stage, channel)
    told = only(said(stage, "C0TRIAGE", "to today's policy"))
    assert told.thread_ts == card(stage, "C0TRIAGE").ts
    assert "Olaf" in shown(told)
    assert "Why: " in shown(told)
    assert "Acme signed the" in shown(told)
    assert said(stage, "C0ACME", "Acme signed") == [], "what the team says among itself"
    history = command(stage, stage.person("Erin"), "show C-1", "C0TRIAGE")
    assert f"{before.promise.version} → {after.promise.version}, by Olaf" in history

    stage.move_to(before.started_at + timedelta(minutes=59))
    assert said(stage, "C0TRIAGE", HALF) == [], "half of the hour that is no longer promised"
    stage.move_to(before.started_at + timedelta(minutes=60))
    only(said(stage, "C0TRIAGE", HALF))
    stage.move_to(before.started_at + timedelta(minutes=119))
    assert now(stage).breached_at is None
    stage.move_to(before.started_at + timedelta(minutes=120))
    assert now(stage).breached_at == after.due_at


def test_a_second_time_changes_and_says_nothing(stage: ReloadingStage) -> None:
    adopt(stage)
    once = now(stage)
    again = adopt(stage)
    assert (again.exit_code, printed(again)) == (0, f"C-1 is under Okta {once.promise.version} already.\n")
    assert now(stage) == once
    only(said(stage, "C0TRIAGE", "to today's policy"))


def test_a_case_that_is_closed_keeps_what_it_was_promised(stage: ReloadingStage) -> None:
    resolve(stage, stage.person("Erin"), 1, "The certificate had expired.")
    helps(stage, stage.person("Dana"), "C0ACME", 1)
    closed = now(stage)
    refused = adopt(stage)
    assert (refused.exit_code, printed(refused)) == (1, "")
    assert "so what it was promised stays as it was" in refused.stderr
    assert now(stage) == closed


@pytest.mark.parametrize(("case", "code", "why"), [("C-99", 1, "C-99"), ("Acme", 2, "expected a case such as C-12")])
def test_a_case_that_there_is_not_is_named(stage: ReloadingStage, case: str, code: int, why: str) -> None:
    before = now(stage)
    refused = adopt(stage, case)
    assert (refused.exit_code, printed(refused)) == (code, "")
    assert why in refused.stderr
    assert now(stage) == before
    assert said(stage, "C0TRIAGE", "to today's policy") == []
