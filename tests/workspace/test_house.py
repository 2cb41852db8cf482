"""The house: its bot dies and comes back, its clock is moved, runs and is halted, and what is owed is told."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from multiprocessing import active_children
from pathlib import Path
from urllib.request import urlopen

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.journeys.acting import open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import said
from workspace.house import House
from workspace.stage import ESCALATIONS

SLOWLY = 10.0
"""Seconds that people here wait for the bot."""
HALF, BREACH, AGAIN = "Half of the time", "The time promised is over", "Still nobody has answered"
LATE = "Told late"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path, MORNING, SLOWLY) as running:
        running.wait_until_up()
        running.quiet()
        yield running


def heard(house: House) -> list[str]:
    """What the managers were told of C-1, in short."""
    told = [message.text for message in said(house, "C0MANAGERS", "C-1")]
    return [next((known for known in (BREACH, AGAIN, "90 %") if known in text), "other") for text in told]


def pid(house: House) -> int:
    assert house._process is not None
    assert house._process.pid is not None
    return house._process.pid


def is_down(house: House) -> bool:
    return house.bot == "down"


def moving_to(house: House) -> datetime | None:
    return house.moving_to


def elsewhere(target: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=target)
    thread.start()
    return thread


def test_the_page_is_there_before_the_bot_is(tmp_path: Path) -> None:
    def pages(house: House) -> list[Route]:
        return [Route("/", lambda _: PlainTextResponse(f"bot {house.bot}, due {house.due()}"))]

    with House(tmp_path, MORNING, pages=pages) as house:
        with urlopen(house.slack.base_url) as page:  # noqa: S310 - the house's own address
            assert page.read() == b"bot starting, due []"
        house.wait_until_up()
        assert house.bot == "up"


def test_time_goes_to_what_is_due_next_and_it_happens(house: House) -> None:
    assert house.to_next_due() is None
    open_p1(house)
    foretold = house.due(2)[1]
    line = house.to_next_due()
    assert line is not None
    assert house.now() == line.at == foretold.at == MORNING + timedelta(minutes=30)
    assert len(said(house, ESCALATIONS, HALF)) == 1
    assert foretold not in house.due()


def test_killed_and_started_again_it_tells_late_what_fell_due_meanwhile(house: House) -> None:
    open_p1(house)
    house.kill_bot()
    house.kill_bot()
    assert is_down(house)
    house.move(minutes=62)
    assert house.now() == MORNING + timedelta(minutes=62)
    assert "Overdue" in [line.what for line in house.due() if line.at < house.now()]
    assert said(house, ESCALATIONS, HALF) == []

    house.start_bot()
    assert house.bot == "up"
    house.quiet()
    assert len(said(house, ESCALATIONS, BREACH, LATE)) == 1
    assert said(house, ESCALATIONS, HALF) == []


def test_started_twice_it_is_one_bot(house: House) -> None:
    before = pid(house)
    house.start_bot()
    assert pid(house) == before
    house.kill_bot()
    threads = [elsewhere(house.start_bot) for _ in range(3)]
    for thread in threads:
        thread.join()
    assert house.bot == "up"
    house.slack.connected(2)
    assert len(house.slack.hub.connections) == 2, "of one bot"


def test_a_bot_that_dies_by_itself_is_seen_to_be_down(house: House) -> None:
    seen = threading.Event()
    house.slack.state.subscribe(lambda: seen.set() if is_down(house) else None)
    os.kill(pid(house), signal.SIGKILL)
    assert seen.wait(SLOWLY)
    house.start_bot()
    assert house.bot == "up"


def test_a_running_clock_fires_in_order_until_it_is_stopped(house: House) -> None:
    open_p1(house)
    house.move(minutes=53, seconds=30)
    house.run(600)
    house.slack.wait_until(lambda: AGAIN in heard(house), 30)
    house.run(0)
    assert heard(house)[:4] in (["90 %", "other", BREACH, AGAIN], ["90 %", BREACH, "other", AGAIN])

    assert said(house, "C0MANAGERS", LATE) == []
    house.move(seconds=0)
    stopped = house.now()
    house.kill_bot()
    house.start_bot()
    assert (house.now(), house.speed) == (stopped, 0)


def test_two_who_move_the_clock_at_once_take_turns(house: House) -> None:
    open_p1(house)
    for thread in [elsewhere(lambda: house.move(minutes=30)) for _ in range(2)]:
        thread.join()
    assert house.now() == MORNING + timedelta(minutes=60)
    assert [len(said(house, ESCALATIONS, rung)) for rung in (HALF, "Three quarters", BREACH)] == [1, 1, 1]
    assert said(house, ESCALATIONS, LATE) == []
    house.move_to(MORNING)
    assert house.now() == MORNING + timedelta(minutes=60)


def test_when_the_bot_dies_on_the_way_time_goes_on_without_it(house: House) -> None:
    open_p1(house)
    move = elsewhere(lambda: house.move(hours=8))
    house.slack.wait_until(lambda: said(house, ESCALATIONS, HALF))
    house.kill_bot()
    move.join()
    assert house.now() == MORNING + timedelta(hours=8)
    house.start_bot()
    house.quiet()
    assert len(said(house, ESCALATIONS, LATE)) == 1


def test_a_long_move_shows_where_it_goes_and_can_be_halted(house: House) -> None:
    open_p1(house)
    move = elsewhere(lambda: house.move(days=700))
    house.slack.wait_until(lambda: said(house, ESCALATIONS, HALF))
    assert moving_to(house) == MORNING + timedelta(days=700)
    house.run(0)
    move.join()
    assert moving_to(house) is None
    assert MORNING + timedelta(minutes=30) <= house.now() < MORNING + timedelta(days=7)


def test_what_slack_would_not_take_yet_is_due_when_it_may_be_tried_again(house: House) -> None:
    open_p1(house)
    house.move(minutes=31)
    house.slack.faults.rate_limit("chat.postMessage", 90)
    house.to_next_due()
    waiting = house.due(1)[0]
    assert (waiting.what, waiting.tells, waiting.case) == ("Slack asked to wait: 1 message", "#escalations", None)
    assert waiting.at == MORNING + timedelta(minutes=46, seconds=30)
    assert said(house, ESCALATIONS, "Three quarters") == []
    assert house.to_next_due() == waiting
    assert len(said(house, ESCALATIONS, "Three quarters")) == 1


@pytest.mark.parametrize("is_moving", [True, False])
def test_it_closes_in_the_middle_of_things_and_leaves_nobody_behind(tmp_path: Path, is_moving: bool) -> None:
    before = set(threading.enumerate())
    with House(tmp_path, MORNING, SLOWLY) as house:
        if is_moving:
            house.wait_until_up()
            house.quiet()
            open_p1(house)
            elsewhere(lambda: house.move(days=700))
            house.slack.wait_until(lambda: house.moving_to)
        house.run(60)
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
    assert set(threading.enumerate()) <= before
    assert not house.is_up
    assert active_children() == []
