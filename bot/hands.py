"""The threads that answer Slack's requests: events one after another, everything else side by side."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

THREADS = 20
T = TypeVar("T")


class Hands:
    """Each thread that calls `take` has its events answered in the order of its calls.

    An event is stored, which takes a transaction, so one at a time is quick enough; two at a time could overtake each
    other wherever a thread has to wait: for its turn on the processor, or for the database.
    """

    def __init__(self) -> None:
        self._one = ThreadPoolExecutor(1, thread_name_prefix="event")
        self._many = ThreadPoolExecutor(THREADS, thread_name_prefix="request")

    def take(self, answer: Callable[[], T], *, event: bool) -> Future[T]:
        """Answer a request: an event after those that were taken before it, and any other as soon as a hand is free."""
        return (self._one if event else self._many).submit(answer)

    def fold(self) -> None:
        """Returns when what was begun is done. What wasn't is dropped, unacknowledged: Slack sends an event again."""
        for pool in (self._one, self._many):
            pool.shutdown(cancel_futures=True)
