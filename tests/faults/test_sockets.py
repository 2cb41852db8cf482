"""The socket makes way, or dies without a sign, or is closed at the worst moment: the bot hears Slack again."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import client as builtin
from slack_sdk.socket_mode.builtin.connection import Connection

from bot.socket_client import SocketClient
from tests.faults.books import Books
from tests.faults.wire import Wire
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, said
from workspace.hang_up import hang_up
from workspace.server import Workspace
from workspace.stage import Stage

PATIENCE = 10.0
BACK_SECONDS = 60.0
"""By then the bot hears Slack again, whatever became of its socket."""
BEGUN = "> has begun work"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Stage(tmp_path, MORNING) as running:
        yield running


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with Workspace(lambda: MORNING) as running:
        yield running


def client_of(slack: Workspace, ping_interval: float) -> SocketClient:
    web = WebClient(slack.app_token, base_url=slack.api_url)
    return SocketClient(slack.app_token, web_client=web, ping_interval=ping_interval)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
def test_asked_to_make_way_again_and_again_it_handles_each_event_once(stage: Stage, reason: str) -> None:
    open_p1(stage)
    for n in range(5):
        stage.slack.hub.ask_to_reconnect(reason)
        stage.person("Dana").post("C0ACME", f"Line {n}", card(stage, "C0ACME").ts)
    for n in range(5):
        stage.slack.wait_until(lambda n=n: said(stage, "C0TRIAGE", f"Line {n}"), BACK_SECONDS)  # type: ignore[misc]
    stage.quiet()
    assert [len(said(stage, "C0TRIAGE", f"Line {n}")) for n in range(5)] == [1] * 5
    Books(stage.slack, stage._engine).balance()


def test_cut_in_the_middle_of_a_claim_it_comes_back_and_finds_it(stage: Stage) -> None:
    open_p1(stage)
    stage.slack.drop_sockets(goodbye=False)
    stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
    stage.slack.wait_until(lambda: said(stage, "C0ACME", BEGUN), BACK_SECONDS)
    stage.quiet()
    only(said(stage, "C0ACME", BEGUN))


@pytest.mark.parametrize("was_answered", [True, False], ids=["after-pongs", "before-any-pong"])
def test_a_socket_that_goes_black_is_given_up_for_a_new_one(slack: Workspace, was_answered: bool) -> None:
    with Wire(slack) as wire:
        client = client_of(slack, ping_interval=0.5)
        if was_answered:
            client.connect()
            slack.connected()
            slack.wait_until(lambda: client.current_session and client.current_session.last_ping_pong_time, PATIENCE)
        else:
            client.connect()
        wire.go_black()
        black = client.session_id()
        wait_for(lambda: client.session_id() != black and client.is_connected())
        heard = threading.Event()
        client.on_message_listeners.append(lambda _: heard.set())
        slack.hub.broadcast({"type": "hello"})
        assert heard.wait(PATIENCE)
        hang_up(slack, client)


@pytest.mark.faults
def test_within_a_minute_the_bot_hears_again_what_was_said_into_a_black_hole(tmp_path: Path) -> None:
    stage = Stage(tmp_path, MORNING, redeliver_after=15)
    stage.slack.start()
    with Wire(stage.slack) as wire:
        stage.prepare()
        stage.start_bot()
        try:
            open_p1(stage)
            wire.go_black()
            stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
            stage.slack.wait_until(lambda: said(stage, "C0ACME", BEGUN), BACK_SECONDS)
            stage.slack.settled(BACK_SECONDS)
            stage.quiet()
            only(said(stage, "C0ACME", BEGUN))
        finally:
            stage.__exit__(None, None, None)


def test_closed_at_the_very_moment_that_its_session_begins_it_closes(
    slack: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = threading.Event()

    class Unlucky(Connection):
        """Somebody closes the client while its reading thread has just found the session open."""

        asked = False

        def is_active(self) -> bool:
            active = super().is_active()
            if active and not self.asked and threading.current_thread() is client.current_session_runner.thread:
                self.asked = True
                threading.Thread(target=close, daemon=True).start()
                wait_for(lambda: self.sock is None)
            return active

    def close() -> None:
        client.close()
        closed.set()

    monkeypatch.setattr(builtin, "Connection", Unlucky)
    client = client_of(slack, ping_interval=PATIENCE)
    client.connect()
    assert closed.wait(PATIENCE)


def wait_for(predicate: Callable[[], object]) -> None:
    """Looks every few milliseconds: nothing of slack_sdk's tells."""
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.01)):
        if predicate():
            return
        pause.wait(0.01)
    raise TimeoutError
