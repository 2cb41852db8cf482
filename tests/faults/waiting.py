"""Waiting for what the bot's side doesn't tell anybody of."""

import threading
from collections.abc import Callable

PATIENCE = 20.0
"""Seconds; more than anything takes that is waited for here, even on a busy machine."""


def wait_for(predicate: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Looks every few milliseconds. Raises TimeoutError."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.01)):
        if predicate():
            return
        pause.wait(0.01)
    raise TimeoutError
