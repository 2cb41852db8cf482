"""The bot in a process of its own, which can be killed as a machine's failure would: its clock is read from a file."""

import itertools
import multiprocessing
import signal
import threading
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from bot.logs import configure_logs
from bot.settings import Settings
from bot.wiring import Caseclock
from policies.loader import load_policies
from workspace.clock import FileClock

POLICIES = load_policies()
"""Read in the helper already, so that no restart waits for them."""
LOOK_SECONDS = 0.005
"""How often the clock's file is looked at."""


def spawn(settings: Settings, clock: Path) -> ForkServerProcess:
    """Start `live` elsewhere. Forked from a helper that has imported everything, so that a restart takes no second."""
    process = _context().Process(target=live, args=(settings, clock), daemon=True)
    process.start()
    return process


def live(settings: Settings, clock: Path) -> None:
    """Run the bot until SIGTERM, or until who started it is gone. Its pacing leaps: stories don't wait for Slack."""
    configure_logs("ERROR")
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    time, leaps = FileClock(clock), itertools.count(0, 5)
    bot = Caseclock(settings, POLICIES, time, lambda: float(next(leaps)))
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


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context
