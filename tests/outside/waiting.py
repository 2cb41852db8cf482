"""Waiting for what a courier writes down: no event of Slack's tells of it."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 60


def until(predicate: Callable[[], bool]) -> None:
    """Ask again and again until it is so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not predicate():
        assert time.monotonic() < deadline
        time.sleep(0.01)
