"""What the work under way was caused by: one id follows an event from Slack to the last message that came of it.

A context variable rather than an argument: everything between a door and the outbox would have to hand it on, and
none of it decides anything by it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_CAUSE: ContextVar[str] = ContextVar("cause", default="")


def cause() -> str:
    """Slack's event id; of another request an id made at the door; of time, the timer's key. Empty: nothing known."""
    return _CAUSE.get()


@contextmanager
def because_of(id: str) -> Iterator[None]:
    """What is done and said meanwhile, in this thread, is caused by that."""
    token = _CAUSE.set(id)
    try:
        yield
    finally:
        _CAUSE.reset(token)


def carried(work: Callable[P, R]) -> Callable[P, R]:
    """The same work with the cause of now, whichever thread it is done in."""
    return partial(copy_context().run, work)
