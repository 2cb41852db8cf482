"""The dead man's switch: called each minute while all is well, and silent else."""

import pytest
from structlog.testing import capture_logs

from bot.alive import Alive
from tests.scheduling.times import HandClock

ADDRESS = "https://hc.example/a-key-that-is-secret"


def test_it_is_called_once_a_minute_while_every_check_is_well() -> None:
    clock, called, wrong = HandClock(), list[str](), list[str]()
    alive = Alive(ADDRESS, [("tick", lambda: wrong[0] if wrong else "")], clock, called.append)
    for _ in range(5):
        alive.step()
        clock.move(seconds=30)
    assert called == [ADDRESS] * 2
    assert alive.seconds_to_next() == 30
    wrong.append("looked last 90 s ago")
    for _ in range(6):
        alive.step()
        clock.move(seconds=30)
    assert called == [ADDRESS] * 2
    wrong.clear()
    clock.move(seconds=30)
    alive.step()
    assert called == [ADDRESS] * 3


def test_a_bot_that_has_just_begun_has_a_minute_before_anything_is_asked_of_it() -> None:
    clock = HandClock()
    alive = Alive(ADDRESS, [("slack", lambda: "not connected")], clock, pytest.fail)
    with capture_logs() as logs:
        alive.step()
        clock.move(seconds=59)
        alive.step()
        assert logs == []
        clock.move(seconds=1)
        alive.step()
    assert [(line["event"], line["what"]) for line in logs] == [("not_well", ["slack"])]


def test_a_check_that_fails_counts_as_wrong() -> None:
    def fails() -> str:
        raise OSError

    clock = HandClock()
    alive = Alive(ADDRESS, [("database", fails)], clock, pytest.fail)
    clock.move(minutes=1)
    with capture_logs() as logs:
        alive.step()
    assert [line["what"] for line in logs] == [["database"]]


@pytest.mark.parametrize("error", [OSError(ADDRESS), ValueError(ADDRESS)])
def test_an_address_that_fails_is_logged_without_itself_and_tried_a_minute_later(error: Exception) -> None:
    clock, calls = HandClock(), list[str]()

    def fails(address: str) -> None:
        calls.append(address)
        raise error

    alive = Alive(ADDRESS, [], clock, fails)
    with capture_logs() as logs:
        for _ in range(2):
            clock.move(minutes=1)
            alive.step()
    assert len(calls) == 2
    assert [line["event"] for line in logs] == ["ping_failed"] * 2
    assert "secret" not in str(logs)


def test_a_clock_that_was_set_back_keeps_it_waiting_for_no_longer_than_a_minute() -> None:
    clock, called = HandClock(), list[str]()
    alive = Alive(ADDRESS, [], clock, called.append)
    clock.move(minutes=1)
    alive.step()
    clock.move(hours=-1)
    alive.step()
    assert len(called) == 2
