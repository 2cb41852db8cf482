"""A local Slack, and bots beside it in processes of their own: the product as an operator runs it, or a peer."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.peer import clean_environment
from bot.clock import SystemClock
from bot.sockets import WANTED
from workspace.server import Workspace
from workspace.stage import furnish

PATIENCE_SECONDS = 30.0
START_SECONDS = 90.0
PROGRAM = "from bot.cli import main; main()"


@contextmanager
def slack() -> Iterator[Workspace]:
    """By the real clock, with the people and channels of the stories; patient, so that nothing is sent twice."""
    workspace = Workspace(
        SystemClock().now, patience=PATIENCE_SECONDS, trigger_lifetime=PATIENCE_SECONDS, redeliver_after=600
    )
    furnish(workspace)
    with workspace:
        yield workspace


def start(workspace: Workspace, url: str, folder: Path) -> "subprocess.Popen[bytes]":
    """`caseclock run`, in a folder without `.env`; what it logs goes to `log` there."""
    settings = {
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": url,
        "TRIAGE_CHANNEL": "C0TRIAGE",
        "MANAGERS_CHANNEL": "C0MANAGERS",
        "SUPPORT_ENGINEERS": "S0CALL",
        "SUPPORT_MANAGERS": "U0MAX",
        "LOG_LEVEL": "ERROR",
    }
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "run"],
            cwd=folder,
            env=clean_environment() | settings,
            stdout=log,
            stderr=log,
        )


@contextmanager
def caseclock(workspace: Workspace, url: str, folder: Path, replicas: int = 1) -> Iterator[int]:
    """So many of them, once each has all of its sockets; the pid of the first."""
    before = len(workspace.hub.connections)
    running = [start(workspace, url, folder) for _ in range(replicas)]
    try:
        wait_for(lambda: len(workspace.hub.connections) >= before + replicas * WANTED, running)
        yield running[0].pid
    finally:
        stop(running)


def wait_for(
    holds: Callable[[], bool], running: "list[subprocess.Popen[bytes]]", patience: float = START_SECONDS
) -> None:
    """Until it does.

    Raises:
        TimeoutError: it never did, or a bot died; its log says why.
    """
    deadline = time.monotonic() + patience
    while not holds():
        if time.monotonic() > deadline or any(bot.poll() is not None for bot in running):
            raise TimeoutError("a bot died, or did not do what was waited for")
        time.sleep(0.005)


def stop(running: "list[subprocess.Popen[bytes]]") -> None:
    """At once: nothing of theirs is looked at afterwards."""
    for bot in running:
        bot.kill()
        bot.wait()
