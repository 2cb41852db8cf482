"""What the bot's own process does: the bot lives there, its clock is read from a file."""

import itertools
import multiprocessing
import signal
import threading
from pathlib import Path
from time import perf_counter_ns

from bot.logs import configure_logs
from bot.settings import Settings
from bot.wiring import Caseclock
from policies.loader import load_policies
from workspace.clock import FileClock

POLICIES = load_policies()
"""Read in the helper already, so that no restart waits for them."""
LOOK_SECONDS = 0.005
"""How often the clock's file is looked at."""


def live(settings: Settings, clock: Path) -> None:
    """Run the bot until SIGTERM, or until who started it is gone.

    Its pacing goes by the story's time and leaps ahead of it, and of those who lived before: stories don't wait for
    Slack.
    """
    configure_logs("ERROR")
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    # Ctrl-C reaches every process of the terminal; who started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    time, leaps = FileClock(clock), itertools.count(perf_counter_ns() // 1000, 5)
    bot = Caseclock(settings, POLICIES, time, lambda: time.now().timestamp() + next(leaps))
    seen = time.now()
    bot.start()
    while _has_parent() and not told.wait(LOOK_SECONDS):
        now = time.now()
        if now != seen:
            seen = now
            bot.wake()
    bot.stop()


def _has_parent() -> bool:
    parent = multiprocessing.parent_process()
    return parent is None or parent.is_alive()
