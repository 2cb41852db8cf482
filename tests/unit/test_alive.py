"""The dead man's switch: called each minute while all is well, and silent else."""

from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.alive import Alive
from tests.builders import NOON

ADDRESS = "https://hc.example/a-key-that-is-secret"


class Wall:
    """A clock that is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at


def test_it_is_called_once_a_minute_while_every_check_is_well() -> None:
    wall, called, wrong = Wall(), list[str](), list[str]()
    alive = Alive(ADDRESS, [("tick", lambda: wrong[0] if wrong else "")], wall, called.append)
    for _ in range(3):
        alive.step()
        wall.at += timedelta(seconds=30)
    assert called == [ADDRESS] * 2
    assert alive.seconds_to_next() == 30
    wrong.append("looked last 90 s ago")
    for _ in range(6):
        alive.step()
        wall.at += timedelta(seconds=30)
    assert called == [ADDRESS] * 2
    wrong.clear()
    wall.at += timedelta(seconds=30)
    alive.step()
    assert called == [ADDRESS] * 3


def test_a_check_that_fails_counts_as_wrong() -> None:
    called = list[str]()

    def fails() -> str:
        raise OSError

    Alive(ADDRESS, [("database", fails)], Wall(), called.append).step()
    assert called == []


@pytest.mark.parametrize("error", [OSError(ADDRESS), ValueError(ADDRESS)])
def test_an_address_that_fails_is_logged_without_itself_and_tried_a_minute_later(error: Exception) -> None:
    wall, calls = Wall(), list[str]()

    def fails(address: str) -> None:
        calls.append(address)
        raise error

    alive = Alive(ADDRESS, [], wall, fails)
    with capture_logs() as logs:
        alive.step()
        wall.at += timedelta(minutes=1)
        alive.step()
    assert len(calls) == 2
    assert [line["event"] for line in logs] == ["ping_failed"] * 2
    assert "secret" not in str(logs)


def test_a_clock_that_was_set_back_keeps_it_waiting_for_no_longer_than_a_minute() -> None:
    wall, called = Wall(), list[str]()
    alive = Alive(ADDRESS, [], wall, called.append)
    alive.step()
    wall.at -= timedelta(hours=1)
    alive.step()
    assert len(called) == 2
