"""Slack asks to slow down: for a second, two minutes, without a number, with nonsense. No call inside the window."""

from datetime import datetime, timedelta

import pytest

from tests.faults.books import Books
from tests.faults.speaking import Speech, line, speech

POST = "chat.postMessage"
DEFAULT_SECONDS = 30
"""Where Slack doesn't say for how long, or not in a number."""
Word = int | str | None

WINDOWS: list[tuple[Word, int]] = [
    (1, 1),
    (30, 30),
    (120, 120),
    (None, DEFAULT_SECONDS),
    ("soon", DEFAULT_SECONDS),
    ("", DEFAULT_SECONDS),
    ("nan", DEFAULT_SECONDS),
    ("inf", DEFAULT_SECONDS),
    ("-5", DEFAULT_SECONDS),
]


def calls_of(speaking: Speech, method: str, channel: str) -> int:
    return sum(call.args.get("channel") == channel for call in speaking.slack.calls(method))


@pytest.mark.parametrize(("asked", "seconds"), WINDOWS)
def test_no_call_inside_the_window_and_other_channels_move_on(asked: Word, seconds: int, sqlite_database: str) -> None:
    with speech(sqlite_database, 2) as (speaking, engine):
        speaking.slack.faults.rate_limit(POST, asked, channel="C0")
        speaking.say(*(line(f"{channel} {n}", channel) for channel in ("C0", "C1") for n in range(3)))
        limited = speaking.clock.now()
        seen: dict[datetime, tuple[int, int]] = {}
        speaking.sender.drain()
        assert calls_of(speaking, POST, "C0") == 1
        speaking.until_said(lambda: seen.update({speaking.clock.now(): _calls(speaking)}))
        Books(speaking.slack, engine).balance()
    inside = {at: calls for at, calls in seen.items() if at <= limited + timedelta(seconds=seconds)}
    assert {limited_calls for limited_calls, _ in inside.values()} == {1}
    assert max((free for _, free in inside.values()), default=3) >= min(seconds, 3)


def _calls(speaking: Speech) -> tuple[int, int]:
    """Before anything goes at this second: to the limited channel, and to the other."""
    return calls_of(speaking, POST, "C0"), calls_of(speaking, POST, "C1")


@pytest.mark.parametrize("seconds", [30, pytest.param(120, marks=pytest.mark.faults)])
def test_looking_up_is_limited_everywhere_and_nothing_is_posted_blind(seconds: int, sqlite_database: str) -> None:
    with speech(sqlite_database, 2) as (speaking, engine):
        speaking.slack.faults.drop(POST, taken=True, times=2)
        speaking.slack.faults.rate_limit("conversations.history", seconds)
        speaking.say(line("one", "C0"), line("other", "C1"))
        speaking.sender.drain()
        lookups: list[int] = []
        until = speaking.clock.now() + timedelta(seconds=seconds)
        while speaking.clock.now() < until:
            speaking.clock.move(seconds=1)
            speaking.sender.drain()
            lookups.append(len(speaking.slack.calls("conversations.history")))
        assert lookups[-1] == lookups[0], "those that were under way are the last"
        assert len(speaking.slack.calls(POST)) == 2
        speaking.until_said()
        assert Books(speaking.slack, engine).balance() == {"one": 1, "other": 1}
