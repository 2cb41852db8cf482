"""The bot as its operator sees it: a start that fails leaves nothing behind, and no log holds what people write."""

import ctypes
import signal
import sys
import threading
from pathlib import Path

import pytest
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot.wiring import Caseclock
from tests.faults.soak.memory import Memory
from tests.journeys.conftest import MORNING
from tests.journeys.running import running
from tests.journeys.test_stand_in import START_SECONDS, environment
from workspace.stage import Stage, settings_for

SECRET = "Our payroll of 4711 people"
AND_TELLS = """
import atexit, gc, sys
from bot.cli import main
atexit.register(lambda: print(gc.get_freeze_count(), gc.isenabled(), file=sys.stderr))
main()
"""
"""`caseclock`, which tells as it ends how many objects Python need not look through, and whether it looks."""

AND_HELD = """
import bot.cli
bot.cli.GIVE_BACK_SECONDS = 0.05
held = [bytearray(5000) for _ in range(20_000)]
last = held.pop()
del held
bot.cli.main()
"""
"""`caseclock`, where a hundred megabytes were held once, and something stands behind them still."""


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
        with running("run", env=env, cwd=tmp_path) as bot:
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


def test_it_stops_when_it_is_told_to_whichever_thread_the_system_tells(tmp_path: Path) -> None:
    with Stage(tmp_path, MORNING) as stage:
        stage.stop_bot()
        env = environment(stage.slack, DATABASE_URL=stage.database_url)
        with running("run", env=env, cwd=tmp_path) as bot:
            assert bot.stderr is not None
            assert any('"event": "connected"' in line for line in bot.stderr)
            others = {int(each.name) for each in Path(f"/proc/{bot.pid}/task").iterdir()} - {bot.pid}
            assert ctypes.CDLL(None).tgkill(bot.pid, max(others), signal.SIGTERM) == 0
            bot.communicate(timeout=START_SECONDS)
    assert bot.returncode == 0


def test_python_does_not_look_through_what_a_bot_is_made_of_for_something_to_let_go(tmp_path: Path) -> None:
    """A look through all of it holds every thread for a seventh of a second."""
    with Stage(tmp_path, MORNING) as stage:
        stage.stop_bot()
        env = environment(stage.slack, DATABASE_URL=stage.database_url)
        with running("run", env=env, cwd=tmp_path, command=[sys.executable, "-c", AND_TELLS]) as bot:
            assert bot.stderr is not None
            assert any('"event": "connected"' in line for line in bot.stderr)
            bot.send_signal(signal.SIGTERM)
            _, log = bot.communicate(timeout=START_SECONDS)
    kept, works = log.splitlines()[-1].split()
    assert int(kept) > 100_000
    assert works == "True"


def test_memory_that_was_held_once_goes_back_to_the_system(tmp_path: Path) -> None:
    with Stage(tmp_path, MORNING) as stage:
        stage.stop_bot()
        env = environment(stage.slack, DATABASE_URL=stage.database_url)
        with running("run", env=env, cwd=tmp_path, command=[sys.executable, "-c", AND_HELD]) as bot:
            stage.slack.connected()
            stage.slack.wait_until(lambda: Memory(bot.pid).look(0) < 150, START_SECONDS)
