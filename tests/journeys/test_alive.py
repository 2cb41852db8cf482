"""The dead man's switch: an address outside is called each minute while the bot can keep its promises, and not else."""

import logging
from collections.abc import Iterator, MutableMapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot import sockets
from tests.faults.waiting import wait_for
from tests.journeys.conftest import MORNING
from tests.outside.receiver import Receiver, receiving
from workspace.stage import Stage

KEY = "a-key-that-is-secret"
Lines = list[MutableMapping[str, Any]]


class PingingStage(Stage):
    """Its bot calls a watcher."""

    def __init__(self, folder: Path, watcher: Receiver) -> None:
        super().__init__(folder, MORNING)
        self.more_settings = {"alive_ping_url": SecretStr(f"{watcher.url}/{KEY}")}

    @property
    def hears(self) -> bool:
        assert self._bot is not None
        return self._bot.door.is_open()

    def minute(self) -> None:
        """Time passes, and nobody asks a database that may be away."""
        self.clock.move_to(self.clock.now() + timedelta(minutes=1))
        self.wake()


@pytest.fixture
def watcher() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What is logged, from before the start."""
    with capture_logs() as logs:
        yield logs


@pytest.fixture
def stage(tmp_path: Path, watcher: Receiver, lines: Lines) -> Iterator[PingingStage]:
    (tmp_path / "disk").mkdir()
    with PingingStage(tmp_path / "disk", watcher) as running:
        yield running


def what_is_wrong(lines: Lines) -> list[list[str]]:
    return [line["what"] for line in lines if line["event"] == "not_well"]


def failures(lines: Lines) -> list[str]:
    return [line["kind"] for line in lines if line["event"] == "ping_failed"]


def is_silent(stage: PingingStage, watcher: Receiver, lines: Lines, *wrong: str) -> None:
    """A minute in which the watcher isn't called, for these reasons."""
    calls, told = len(watcher.requests), len(what_is_wrong(lines))
    stage.minute()
    wait_for(lambda: len(what_is_wrong(lines)) > told)
    assert set(what_is_wrong(lines)[-1]) >= set(wrong)
    assert len(watcher.requests) == calls


def is_called(stage: PingingStage, watcher: Receiver) -> None:
    calls = len(watcher.requests)
    stage.minute()
    assert watcher.wait_for(calls + 1)[-1].path == f"/{KEY}"


def is_called_again(stage: PingingStage, watcher: Receiver) -> None:
    """Whatever was away is back, and the bot finds it out in its own time."""
    calls = len(watcher.requests)

    def called() -> bool:
        stage.minute()
        return len(watcher.requests) > calls

    wait_for(called)


def test_a_healthy_bot_is_heard_of_each_minute_and_its_start_is_no_trouble(
    stage: PingingStage, watcher: Receiver, lines: Lines
) -> None:
    assert watcher.requests == []
    for _ in range(3):
        is_called(stage, watcher)
    assert what_is_wrong(lines) == []


def test_nothing_is_heard_of_a_bot_whose_database_is_away_until_it_is_back(
    stage: PingingStage, watcher: Receiver, lines: Lines, tmp_path: Path
) -> None:
    is_called(stage, watcher)
    (tmp_path / "disk").rename(tmp_path / "unplugged")
    is_silent(stage, watcher, lines, "database", "alarms")
    is_silent(stage, watcher, lines, "database", "alarms")
    (tmp_path / "unplugged").rename(tmp_path / "disk")
    is_called_again(stage, watcher)


def test_nothing_is_heard_of_a_bot_that_slack_does_not_reach_until_it_does(
    stage: PingingStage, watcher: Receiver, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    for pause in ("LOOK_SECONDS", "FIRST_PAUSE_SECONDS", "LONGEST_PAUSE_SECONDS"):
        monkeypatch.setattr(sockets, pause, 0.05)
    is_called(stage, watcher)
    stage.slack.faults.server_error("apps.connections.open", times=10_000)
    stage.slack.drop_sockets()
    wait_for(lambda: not stage.hears)
    is_silent(stage, watcher, lines, "slack")
    stage.slack.faults.clear()
    is_called_again(stage, watcher)


def test_the_address_is_in_no_log_also_where_it_answers_wrongly_or_nobody_is_there(
    stage: PingingStage, watcher: Receiver, lines: Lines, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    watcher.answers = [(500, {})]
    is_called(stage, watcher)
    wait_for(lambda: failures(lines) == ["HTTPError"])
    stage.more_settings["alive_ping_url"] = SecretStr(f"http://127.0.0.1:1/{KEY}")
    stage.stop_bot()
    stage.start_bot()
    stage.minute()
    wait_for(lambda: failures(lines) == ["HTTPError", "URLError"])
    assert KEY not in f"{lines}{caplog.text}"
