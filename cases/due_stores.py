"""Where it is kept what falls due when: timers of cases, reminders of accounts, routines."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from cases.reminders import Reminder
from cases.timers import Timer


class ReminderStore(Protocol):
    """Pending reminders of all accounts."""

    def claim_due(self, now: datetime) -> tuple[int, Reminder] | None:
        """The earliest due reminder and its account's id, locked for this transaction; None: nothing is due.

        Rows that another process holds, and rows postponed past `now`, are passed over.
        """
        ...

    def postpone(self, account: int, key: str, until: datetime) -> None:
        """Firing failed: leave it alone until then. Nothing is dropped."""
        ...

    def next_due_at(self) -> datetime | None:
        """The earliest pending reminder (postponed ones at the time they were postponed to)."""
        ...

    def all(self) -> Sequence[tuple[int, Reminder]]:
        """With the account's id, by due time."""
        ...

    def replace(self, account: int, reminders: Iterable[Reminder]) -> None:
        """Make the account's pending reminders these. One that is planned again is no longer postponed."""
        ...


class RoutineStore(Protocol):
    """When each routine is due next."""

    def all(self) -> dict[str, datetime]:
        """By name."""
        ...

    def put(self, name: str, due_at: datetime) -> None:
        """Insert, or replace the one of this name."""
        ...

    def move(self, name: str, due_at: datetime, following: datetime | None) -> bool:
        """On to its next time, None: it has none; False: another process has moved it, and nothing was changed."""
        ...

    def drop(self, name: str) -> None: ...


class TimerStore(Protocol):
    """Pending timers of all cases."""

    def claim_due(self, now: datetime) -> tuple[int, Timer] | None:
        """The earliest due timer and its case's number, locked for this transaction; None: nothing is due.

        Rows that another process holds, and rows postponed past `now`, are passed over.
        """
        ...

    def postpone(self, case: int, key: str, until: datetime) -> None:
        """Firing failed: leave it alone until then. Nothing is dropped."""
        ...

    def next_due_at(self) -> datetime | None:
        """The earliest pending timer (postponed ones at the time they were postponed to)."""
        ...

    def with_rung_by(self, until: datetime) -> frozenset[int]:
        """Numbers of the cases that have a rung due by then."""
        ...

    def of_case(self, number: int) -> Sequence[Timer]:
        """By due time."""
        ...
