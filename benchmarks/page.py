"""`make benchmark`: how soon the page is there, and how soon it shows what was written. Fails where it is too late."""

import sys

from benchmarks.showing import peer_shows, workspace_shows
from benchmarks.starting import hello_starts, workspace_starts
from benchmarks.timing import HEADING
from tests.browser.chromium import found, launched

READY_SECONDS = 2.0
SHOWN_SECONDS = 0.2
STARTS, MESSAGES = 7, 60


def main() -> int:
    """The exit code."""
    executable = found()
    if executable is None:
        print("The benchmark needs Chromium: apt-get install chromium", file=sys.stderr)
        return 2
    hello = hello_starts(STARTS)
    answers, ready = workspace_starts(STARTS)
    with launched(executable) as browser:
        peer = peer_shows(browser, MESSAGES)
        shown = workspace_shows(browser, MESSAGES)
    print(HEADING, *(one.row(hello) for one in (hello, answers, ready)), sep="\n")
    print(*(one.row(peer) for one in (peer, *shown)), sep="\n")
    late = ready.median > READY_SECONDS or any(one.median > SHOWN_SECONDS for one in shown)
    print(f"Wanted: ready within {READY_SECONDS:g} s, shown within {SHOWN_SECONDS * 1000:g} ms, at the median.")
    print("Too late." if late else "In time.")
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
