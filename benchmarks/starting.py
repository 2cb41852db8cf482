"""How long a process takes from its start until its page answers, with the bot up."""

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException

from benchmarks.timing import Timing

PATIENCE = 60.0
LOOK_SECONDS = 0.01


def workspace_starts(runs: int) -> tuple[Timing, Timing]:
    """``python -m workspace``, until its page answers, and until that says that the bot is up."""
    answered, up = zip(*(_workspace() for _ in range(runs)), strict=True)
    return (
        Timing("python -m workspace, until its page answers", answered),
        Timing("python -m workspace, until its page says Bot up", up),
    )


def hello_starts(runs: int) -> Timing:
    """The peer: `benchmarks.hello_bolt`."""
    return Timing("peer: import slack_bolt, and a hello page from uvicorn", [_hello() for _ in range(runs)])


def _workspace() -> tuple[float, float]:
    """It prints its address, since its own port may be taken."""
    environment = os.environ | {"SCENE": "quiet-morning"}
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "workspace"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    ) as process:
        try:
            told = process.stdout.readline() if process.stdout else ""
            port = int(told.rsplit(":", 1)[-1])
            return _until(b"Bot ", port, begun), _until(b"Bot up", port, begun)
        finally:
            process.terminate()


def _hello() -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "benchmarks.hello_bolt", str(port)]) as process:
        try:
            return _until(b"Bot up", port, begun)
        finally:
            process.terminate()


def _until(words: bytes, port: int, begun: float) -> float:
    while words not in _page(port):
        if time.perf_counter() - begun > PATIENCE:
            raise TimeoutError(f"the page at port {port} never said {words!r}")
        time.sleep(LOOK_SECONDS)
    return time.perf_counter() - begun


def _page(port: int) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/")
        return connection.getresponse().read()
    except (OSError, HTTPException):
        return b""
    finally:
        connection.close()
