"""Slack lets nobody in, at the start or later: the bot says so, tries again as late as it should, and comes."""

from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.socket_door import SocketDoor
from bot.wiring import Caseclock
from tests.faults.waiting import wait_for
from tests.journeys.conftest import MORNING
from workspace.server import Workspace
from workspace.stage import Stage, settings_for

BACK_SECONDS = 60.0
OPEN = "apps.connections.open"
MANY = 1000


@pytest.mark.parametrize("trouble", ["500", "dropped", "nonsense", "limited"])
def test_with_slack_down_it_starts_says_that_it_is_not_ready_and_comes_when_slack_does(
    tmp_path: Path, trouble: str
) -> None:
    stage = Stage(tmp_path, MORNING)
    with stage.slack as slack, capture_logs() as logs:
        stage.prepare()
        order(slack, trouble)
        bot = Caseclock(settings_for(slack, stage.database_url), stage.policies, stage.clock)
        bot.start()
        assert not bot.door.is_open()
        wait_for(lambda: len(tries(logs)) >= 2)
        slack.faults.clear()
        slack.connected(2, BACK_SECONDS)
        wait_for(bot.door.is_open)
        bot.stop()
    stage._engine.dispose()
    assert all(line["again_in_seconds"] >= 2 for line in tries(logs)) or trouble != "limited", "sooner than Slack asked"


def order(slack: Workspace, trouble: str) -> None:
    match trouble:
        case "500":
            slack.faults.server_error(OPEN, 500, times=MANY)
        case "dropped":
            slack.faults.drop(OPEN, taken=False, times=MANY)
        case "nonsense":
            slack.faults.fail(OPEN, "internal_error", times=MANY)
        case _:
            slack.faults.rate_limit(OPEN, 2, times=MANY)


def test_a_token_that_slack_refuses_while_it_runs_is_told_and_tried_again(tmp_path: Path) -> None:
    with Stage(tmp_path, MORNING) as stage, capture_logs() as logs:
        stage.slack.faults.fail(OPEN, "invalid_auth", times=MANY)
        stage.slack.drop_sockets(goodbye=False)
        wait_for(lambda: "invalid_auth" in [line["reason"] for line in tries(logs)])
        stage.slack.faults.clear()
        stage.slack.connected(2, BACK_SECONDS)


def test_a_token_that_slack_refuses_at_the_start_is_an_error_at_once() -> None:
    with Workspace(lambda: MORNING) as slack:
        bot = SocketDoor(None, "xapp-of-another-app", slack.api_url)  # type: ignore[arg-type]  # nothing comes to it
        with pytest.raises(SlackApiError):
            bot.open()
        bot.close()


def tries(logs: list[EventDict]) -> list[EventDict]:
    return [line for line in logs if line["event"] == "socket_not_opened"]
