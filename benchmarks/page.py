"""How soon the local Slack's page is there with the bot up, and how soon it shows what was written. Needs Chromium."""

from collections.abc import Sequence

from benchmarks.report import Goal, Result, milliseconds, times
from benchmarks.showing import peer_shows, workspace_shows
from benchmarks.starting import hello_starts, workspace_starts
from benchmarks.timing import Timing
from tests.browser.chromium import found, launched

READY_SECONDS = 2.0
SHOWN_SECONDS = 0.2
STARTS, MESSAGES = 7, 60


class NoChromium(Exception):
    """apt-get install chromium."""


def run() -> Result:
    """The row. Raises NoChromium."""
    executable = found()
    if executable is None:
        raise NoChromium("apt-get install chromium")
    hello = hello_starts(STARTS)
    answers, ready = workspace_starts(STARTS)
    with launched(executable) as browser:
        peer = peer_shows(browser, MESSAGES)
        shown = workspace_shows(browser, MESSAGES)
    lines = [_line(one, hello) for one in (hello, answers, ready)] + [_line(one, peer) for one in (peer, *shown)]
    slowest = max(one.median for one in shown)
    goals = [
        Goal("ready within 2 s, at the median", milliseconds(ready.median), ready.median <= READY_SECONDS),
        Goal("a message shown within 200 ms", milliseconds(slowest), slowest <= SHOWN_SECONDS),
    ]
    return Result("The local Slack's page", ["", "median", "worst", "runs", ""], lines, goals, NOTES)


def _line(one: Timing, peer: Timing) -> Sequence[str]:
    return [
        one.name,
        milliseconds(one.median),
        milliseconds(max(one.runs)),
        str(len(one.runs)),
        times(one.median / peer.median),
    ]


NOTES = ("The peers are the least that such a start and such a message can be; README.md says what is compared.",)
