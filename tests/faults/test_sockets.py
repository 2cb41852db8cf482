"""Sockets make way, die without a sign, are never there, or are closed at the worst moment: the bot hears Slack."""

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot import slack_socket, sockets
from bot.slack_socket import SlackSocket
from bot.sockets import Sockets
from cases.queues import Json
from tests.faults.books import Books
from tests.faults.waiting import PATIENCE, wait_for
from tests.faults.wire import Wire
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, said
from workspace.server import Workspace
from workspace.stage import Stage
from workspace.traffic import SocketNews

BACK_SECONDS = 60.0
"""By then the bot hears Slack again, whatever became of its sockets."""
BEGUN = "> has begun work"
SLACKS_LIMIT = 10
"""Sockets an app may have."""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Stage(tmp_path, MORNING) as running:
        yield running


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with Workspace(lambda: MORNING) as running:
        yield running


class Listener:
    """A process's sockets, and what they heard, from `with` to its end."""

    def __init__(self, slack: Workspace, hand_over: Callable[[SlackSocket, Json], None] | None = None) -> None:
        self.slack = slack
        self.heard: list[object] = []
        self.sockets = Sockets(slack.world.new_socket_url, hand_over or self.hear)

    def __enter__(self) -> "Listener":
        self.sockets.start()
        wait_for(lambda: self.sockets.open >= sockets.WANTED)
        return self

    def __exit__(self, *_: object) -> None:
        self.sockets.stop()

    def hears(self) -> None:
        """What Slack says through all sockets that it knows of; again, until it comes out of one."""

        def heard() -> bool:
            self.slack.hub.broadcast({"type": "news"})
            return "news" in self.heard

        wait_for(heard)

    def hear(self, _socket: SlackSocket, message: Json) -> None:
        self.heard.append(message["type"])


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


def test_while_a_socket_is_replaced_another_hears_and_there_are_never_too_many(stage: Stage) -> None:
    slack = stage.slack
    slack.connected(2)
    began = len(slack.journal.latest(1000))
    for _ in range(6):
        old = slack.hub.connections[0]
        slack.hub.ask_to_reconnect(which=old)
        stage.person("Max").command("/case", "help", "C0ACME")
        slack.wait_until(lambda o=old: o not in slack.hub.connections and len(slack.hub.connections) >= 2, PATIENCE)  # type: ignore[misc]
    entries = slack.journal.latest(1000)
    news = [entry.what for entry in entries[: len(entries) - began] if isinstance(entry.what, SocketNews)]
    assert len(news) >= 6 * 3
    assert min(each.open_sockets for each in news) >= 1
    assert max(each.open_sockets for each in news) <= SLACKS_LIMIT / 2


def test_cut_in_the_middle_of_a_claim_it_comes_back_and_finds_it(stage: Stage) -> None:
    open_p1(stage)
    stage.slack.drop_sockets(goodbye=False)
    stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
    stage.slack.wait_until(lambda: said(stage, "C0ACME", BEGUN), BACK_SECONDS)
    stage.quiet()
    only(said(stage, "C0ACME", BEGUN))


def test_sockets_that_go_black_are_given_up_for_new_ones(slack: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_socket, "PING_SECONDS", 0.3)
    monkeypatch.setattr(slack_socket, "PONG_SECONDS", 2.0)
    with Wire(slack) as wire, Listener(slack) as listener:
        wire.go_black()
        wait_for(lambda: listener.sockets.doubts >= 2 and listener.sockets.open == 2)
        listener.hears()


def test_a_reading_thread_that_hangs_is_given_up_for_another(slack: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "HUNG_SECONDS", 2.0)
    go_on, stuck = threading.Event(), threading.Event()

    def hand_over(socket: SlackSocket, message: Json) -> None:
        if message["type"] == "stick":
            stuck.set()
            go_on.wait(BACK_SECONDS)
        listener.hear(socket, message)

    with Listener(slack, hand_over) as listener:
        slack.hub.broadcast({"type": "stick"})
        assert stuck.wait(PATIENCE)
        wait_for(lambda: listener.sockets.doubts >= 2 and listener.sockets.open == 2)
        listener.hears()
        go_on.set()


def test_one_through_which_nothing_comes_while_another_hears_much_is_replaced(
    slack: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "SILENT_SECONDS", 0.0)
    with Listener(slack) as listener:
        hears, silent = slack.hub.connections
        for _ in range(sockets.PASSED_OVER):
            hears.send('{"type": "news"}')
        slack.wait_until(lambda: silent not in slack.hub.connections, BACK_SECONDS)
        assert hears in slack.hub.connections
        wait_for(lambda: listener.sockets.open == sockets.WANTED)


def test_those_that_bring_something_now_and_then_stay(slack: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "SILENT_SECONDS", 0.0)
    looks: list[None] = []
    with Listener(slack) as listener:
        looked = listener.sockets._leave_silent

        def look() -> None:
            looked()
            looks.append(None)

        monkeypatch.setattr(listener.sockets, "_leave_silent", look)
        much, little = slack.hub.connections
        for _ in range(4):
            for connection in [*[much] * (sockets.PASSED_OVER - 1), little]:
                before = len(listener.heard)
                connection.send('{"type": "news"}')
                wait_for(lambda b=before: len(listener.heard) > b)  # type: ignore[misc]
        seen = len(looks)
        wait_for(lambda: len(looks) >= seen + 2)
        assert slack.hub.connections == [much, little]


def test_one_that_slack_lets_in_without_a_hello_is_tried_again(
    slack: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_socket, "OPEN_SECONDS", 0.5)
    with Wire(slack) as wire:
        wire.mute = True
        listener = Listener(slack)
        with capture_logs() as logs:
            listener.sockets.start()
            wait_for(lambda: any(line["event"] == "socket_not_opened" for line in logs))
        assert listener.sockets.open == 0
        wire.mute = False
        monkeypatch.setattr(slack_socket, "OPEN_SECONDS", PATIENCE)
        wait_for(lambda: listener.sockets.open == 2)
        listener.sockets.stop()


def test_sockets_that_break_as_soon_as_they_are_open_are_not_opened_over_and_over(
    slack: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "FIRST_PAUSE_SECONDS", 0.2)
    with Wire(slack) as wire:
        wire.brief = True
        listener = Listener(slack)
        with capture_logs() as logs:
            listener.sockets.start()
            wait_for(lambda: len(pauses(logs)) >= 3)
        wire.brief = False
        wait_for(lambda: listener.sockets.open == 2)
        listener.sockets.stop()
    assert pauses(logs)[2] > pauses(logs)[0]


def pauses(logs: list[EventDict]) -> list[float]:
    return [line["again_in_seconds"] for line in logs if line["event"] == "socket_not_opened"]


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


def test_opened_and_closed_at_every_moment_it_closes_and_leaves_nothing_open(slack: Workspace) -> None:
    dice = random.Random(7)
    before = set(threading.enumerate())

    def live_briefly(_: int) -> None:
        there = Sockets(slack.world.new_socket_url, lambda *_: None)
        there.start()
        if dice.random() < 0.5:
            slack.hub.ask_to_reconnect()
        threading.Event().wait(dice.random() * 0.05)
        there.stop()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(live_briefly, range(40)))
    slack.wait_until(lambda: not slack.hub.connections, PATIENCE)
    wait_for(lambda: not {thread.name for thread in set(threading.enumerate()) - before} & {"socket", "sockets"})
