"""Slack took a post and could not say so, or said that it failed: five hundred times each, one message each."""

import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from tests.faults.books import Books
from tests.faults.seeds import runs
from tests.faults.speaking import CALL_SECONDS, Speech, line, speech
from workspace.faults import Faults

# urllib leaves the socket of a call that timed out to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")

POST = "chat.postMessage"
SHARE, WHOLE = 20, 500
CHANNELS = 25
Order = Callable[[Faults, int], None]
"""So many posts meet it."""

KINDS: dict[str, Order] = {
    "taken-then-too-late": lambda faults, n: faults.delay(POST, CALL_SECONDS * 2, n, taken=True),
    "taken-then-dropped": lambda faults, n: faults.drop(POST, taken=True, times=n),
    "dropped": lambda faults, n: faults.drop(POST, taken=False, times=n),
    "taken-then-500": lambda faults, n: faults.server_error(POST, 500, n, taken=True),
    "taken-then-503": lambda faults, n: faults.server_error(POST, 503, n, taken=True),
    "502": lambda faults, n: faults.server_error(POST, 502, n),
    "taken-then-fatal_error": lambda faults, n: faults.fail(POST, "fatal_error", n, taken=True),
    "fatal_error": lambda faults, n: faults.fail(POST, "fatal_error", n),
    "taken-then-internal_error": lambda faults, n: faults.fail(POST, "internal_error", n, taken=True),
    "internal_error": lambda faults, n: faults.fail(POST, "internal_error", n),
}

OTHERWISE: list[Callable[[Faults, str], None]] = [
    lambda faults, method: faults.rate_limit(method, 2, 2),
    lambda faults, method: faults.fail(method, "internal_error"),
    lambda faults, method: faults.drop(method, taken=True),
    lambda faults, method: faults.server_error(method, 503),
]
"""What the calls around a post meet."""


@pytest.mark.parametrize("times", [SHARE, pytest.param(WHOLE, marks=pytest.mark.faults)])
@pytest.mark.parametrize("kind", KINDS)
def test_every_post_meets_it_and_stands_there_once(kind: str, times: int, sqlite_database: str) -> None:
    says = [line(f"{kind} {n}", f"C{n % CHANNELS}") for n in range(times)]
    with speech(sqlite_database, CHANNELS) as (speaking, engine):
        KINDS[kind](speaking.slack.faults, times)
        speaking.say(*says)
        speaking.until_said()
        stand = Books(speaking.slack, engine).balance()
        met = [call for call in speaking.slack.calls(POST) if call.error]
    assert len(met) == times
    assert stand == dict.fromkeys((say.key for say in says), 1)


@pytest.mark.parametrize("seed", runs(share=4, whole=100))
def test_trouble_of_every_kind_in_every_call_and_each_line_stands_there_once(seed: int, database: str) -> None:
    """Posts, the looking up of posts, the opening of direct channels: in channels, threads and direct messages."""
    dice = random.Random(seed)
    heads = [line(f"head {n}", f"C{n}") for n in range(4)]
    more = [line(f"reply {n}", f"C{n % 4}", f"post:head {n % 4}") for n in range(8)]
    direct = [line(f"direct {n}", "U0MAX") for n in range(3)]
    says = dice.sample([*heads, *more, *direct], 15)
    with speech(database, 4) as (speaking, engine):
        speaking.say(*says)
        speaking.until_said(lambda: _trouble(speaking, dice))
        stand = Books(speaking.slack, engine).balance()
        shown = {m.text: m for n in range(4) for m in speaking.slack.messages(f"C{n}")}
    assert stand == dict.fromkeys((say.key for say in says), 1)
    assert all(shown[f"reply {n}"].thread_ts == shown[f"head {n % 4}"].ts for n in range(8))
    direct_ts = [speaking.slack.dm("Max")[n].ts for n in range(3)]
    assert all(earlier < later for earlier, later in pairwise(direct_ts))


def _trouble(speaking: Speech, dice: random.Random) -> None:
    """For the next seconds, or none; it never lasts for ever."""
    faults = speaking.slack.faults
    faults.clear()
    if dice.random() < 0.3:
        return
    KINDS[dice.choice(list(KINDS))](faults, dice.randint(1, 3))
    for method in ("conversations.history", "conversations.replies", "conversations.open"):
        if dice.random() < 0.3:
            dice.choice(OTHERWISE)(faults, method)
