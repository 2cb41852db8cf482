"""Reminders of an account: what is due for it at a time, and the history that they are planned from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReminderKind(StrEnum):
    """What a reminder is for."""

    KICKOFF = "kickoff"
    """The success manager should hold the first meeting."""
    SUCCESS_MEETING = "success-meeting"
    BUSINESS_REVIEW = "business-review"
    ARRIVAL = "arrival"
    """The mobilisation of an add-on is over: its person is there from now on."""
    RENEWAL = "renewal"
    """The last days in which the same dedicated person can be asked for again."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something due for an account. (account, key) is unique."""

    key: str
    """E.g. `kickoff:2026-03-02:14`: with the date that it hangs on, so that a new term is reminded of anew."""
    kind: ReminderKind
    due_at: datetime

    @property
    def series(self) -> str:
        """The key without its last part: of several of one series that are behind, only the latest is told."""
        return self.key.rpartition(":")[0]


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One line of an account's history, append-only."""

    at: datetime
    who: str | None
    """Slack user id; None: the bot itself, as time passed."""
    what: str
    """reminded, or what a person said of it: held, asked."""
    about: str
    """Key of the reminder."""
    why: str = ""
