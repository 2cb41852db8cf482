"""What the stories start from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Engine

from cases.case import Case, Entry
from cases.ports import UnitsOfWork
from cases.says import Say, SayKind, Urgency
from cases.timers import Timer, TimerKind
from storage.database import make_engine
from tests.builders import DANA, NOON, account, case

OPENED = Entry(NOON, DANA, "opened", "from a form")


def a_case(begin: UnitsOfWork, opening: str = "intake-1", *timers: Timer) -> Case:
    """Acme's case, stored, with these timers."""
    with begin() as work:
        acme = work.accounts.put(account())
        stored = work.cases.add(replace(case(), account=acme.id), opening)
        return work.save(stored, timers, [OPENED], [])


def rung(share: int, due_at: datetime = NOON) -> Timer:
    """A rung of the first clock."""
    return Timer(f"rung:1:{share}", TimerKind.RUNG, due_at, share)


def note(key: str, channel: str = "C0ACME", urgency: int = Urgency.REPLY) -> Say:
    """A line in a channel."""
    return Say(key, SayKind.NOTE, channel, urgency, body={"text": key})


def after(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


@contextmanager
def engine_on(url: str) -> Iterator[Engine]:
    """An engine of one's own, closed afterwards; patient, so that a slow machine fails no test."""
    engine = make_engine(url, patience=60)
    try:
        yield engine
    finally:
        engine.dispose()
