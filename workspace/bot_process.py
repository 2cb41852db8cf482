"""The bot in a process of its own, which can be killed as a machine's failure would.

This module imports little, so that the helper can be called first and makes ready while its caller goes on importing.
"""

import multiprocessing
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings


def warm_up() -> None:
    """Start the helper that bots are forked from; it imports everything by itself, beside its caller. Idempotent."""
    _context()
    forkserver.ensure_running()


def spawn(settings: "Settings", clock: Path) -> ForkServerProcess:
    """Start a bot elsewhere, with the clock in that file. Forked from the helper, so that a restart takes no second."""
    process = _context().Process(target=_live, args=(settings, clock), daemon=True)
    process.start()
    return process


def _live(settings: "Settings", clock: Path) -> None:
    from workspace.bot_life import live

    live(settings, clock)


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["workspace.bot_life"])
    return context
