"""The bot as its operator sees it: a start that fails leaves nothing behind, and no log holds what people write."""

import signal
import subprocess
import threading
from pathlib import Path

import pytest
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot.wiring import Caseclock
from tests.journeys.conftest import MORNING
from tests.journeys.test_stand_in import CASECLOCK, START_SECONDS, environment
from workspace.stage import Stage, settings_for

SECRET = "Our payroll of 4711 people"


def test_a_start_that_fails_at_the_socket_leaves_no_thread_behind(tmp_path: Path) -> None:
    stage = Stage(tmp_path, MORNING)
    wrong = {"slack_app_token": SecretStr("xapp-of-another-app")}
    with stage.slack:
        before = set(threading.enumerate())
        settings = settings_for(stage.slack, stage.database_url).model_copy(update=wrong)
        bot = Caseclock(settings, stage.policies, stage.clock)
        with pytest.raises(SlackApiError):
            bot.start()
        assert set(threading.enumerate()) <= before
    stage._engine.dispose()


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_what_a_customer_writes_and_the_tokens_never_get_into_the_log(tmp_path: Path, level: str) -> None:
    with Stage(tmp_path, MORNING) as stage:
        stage.stop_bot()
        env = environment(stage.slack, DATABASE_URL=stage.database_url, LOG_LEVEL=level)
        with subprocess.Popen([CASECLOCK, "run"], env=env, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as bot:
            stage.slack.connected()
            stage.person("Dana").post("C0ACME", f"<@U0BOT> {SECRET}")
            stage.quiet()
            bot.send_signal(signal.SIGTERM)
            _, log = bot.communicate(timeout=START_SECONDS)
    assert bot.returncode == 0
    assert '"event": "connected"' in log
    assert all(line.startswith('{"') for line in log.splitlines()), log
    assert SECRET not in log
    assert "xoxb-" not in log
    assert "xapp-" not in log
