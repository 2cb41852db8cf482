"""What time does to records: those that nothing needs any more go, in small transactions."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cases.ports import UnitOfWork, UnitsOfWork
from cases.pseudonyms import Pseudonyms

QUEUES_DAYS = 30
"""Handled events and superseded messages: Slack sends an event again for some hours at most, and redraws follow at
once. The rest is for whoever looks into what happened."""
CASES = 20
ROWS = 500
"""In one transaction: a few hundredths of a second, so that nobody's form waits for it."""


def kept_for(days: int | None) -> timedelta:
    """How long the inbox keeps what was handled; `days` as `Retention` takes them."""
    return timedelta(days=QUEUES_DAYS if days is None else min(days, QUEUES_DAYS))


class Retention:
    """Carried out once a day by `scheduling.upkeep`."""

    def __init__(self, units: UnitsOfWork, days: int | None) -> None:
        """`days` after it was closed a case is pruned; None: never."""
        self._units = units
        self._days = days

    def step(self, now: datetime) -> bool:
        """One transaction's worth; False: there is nothing left to do, or another replica is at it."""
        with self._units() as uow:
            return uow.records.alone() and any(self._done(uow, now))

    def _done(self, uow: UnitOfWork, now: datetime) -> Iterator[int]:
        """The first that finds something to do ends the transaction."""
        queues = now - kept_for(self._days)
        yield uow.records.drop_handled(queues, ROWS)
        yield uow.records.drop_settled(queues, ROWS)
        if self._days is not None:
            kept_since = now - timedelta(days=self._days)
            yield self._prune(uow, kept_since, now)
            yield uow.records.drop_requests(kept_since, ROWS)
        yield uow.records.drop_redraws(queues, CASES)

    def _prune(self, uow: UnitOfWork, before: datetime, now: datetime) -> int:
        cases = uow.records.prunable(before, CASES)
        for case in cases:
            uow.records.prune(case, now, Pseudonyms())
        return len(cases)
