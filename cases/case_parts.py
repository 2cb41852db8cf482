"""The parts of a case: what was answered, promised, offered, asked for; each a value of its own."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from cases.instants import slack_time
from cases.people import Person


class ResponseBy(StrEnum):
    """How a person from support stopped the response clock."""

    CLAIM = "claim"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Response:
    """The first response: a person's, never the bot's own (Auth0 Platform Support Program, 1.3)."""

    person: Person
    at: datetime
    how: ResponseBy


@dataclass(frozen=True, slots=True)
class SourceMessage:
    """The customer's message that a case was opened from."""

    channel: str
    ts: str
    """Slack's id of the message, which is also its time."""
    author: Person
    text: str
    permalink: str = ""
    thread: str = ""
    """Where it is a reply: the ts of its thread's first message."""

    @property
    def root(self) -> str:
        """The ts of the first message of the thread that it stands in, or that it can become."""
        return self.thread or self.ts

    @property
    def at(self) -> datetime:
        """When it was written; UTC, floored to the second."""
        return slack_time(self.ts)


@dataclass(frozen=True, slots=True)
class Commitment:
    """The 24x7 promise of a customer on a priority that carries it, and its latest check-in."""

    available: Person
    """Who is reachable now."""
    backup: Person | None
    consented_by: Person
    asked_at: datetime
    """When the latest check-in was asked."""
    check_in: int = 1
    """Number of the latest check-in; a hand-over asks a new one."""
    confirmed_by: Person | None = None
    """The one named or the backup: who can be reached."""
    confirmed_at: datetime | None = None
    """When the latest check-in was answered; None: not yet."""
    backup_asked: bool = False
    managers_told: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """Support raised the priority to one with a 24x7 promise: the customer is asked to name who can be reached."""

    asked_at: datetime
    told_again: bool = False
    """They were asked once more, and the managers told."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What support offered as the solution, and what came of it."""

    kind: str
    """Id of one of the promise's solution kinds."""
    label: str
    note: str
    """What the customer reads."""
    by: Person
    at: datetime
    confirmed_by: Person | None = None
    confirmed_at: datetime | None = None
    heard_at: datetime | None = None
    """When its customer last wrote after it was offered; None: not since."""


@dataclass(frozen=True, slots=True)
class Rating:
    """The customer's word on how it went."""

    stars: int
    """1 to 5."""
    line: str
    by: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Wait:
    """The case waits on the customer."""

    since: datetime
    by: Person
    asked: str
    """What is needed, as the engineer put it to the customer."""
    reminders: int = 0
    """How many reminders were sent; one more than the rule has is the offer to close."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A customer asks for another priority; support grants or refuses it."""

    priority: int
    label: str
    reason: str
    by: Person
    at: datetime
    revision: int = 0
    """The case's revision that it came with: tells an earlier wish's buttons from this one's."""
    available: Person | None = None
    """Who is reachable at any hour, where the priority asks for that and the customer agreed."""
    backup: Person | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """This case belongs together with another one."""

    kind: Literal["duplicate", "duplicated", "related"]
    """duplicate: this one was opened for what the other one is about already; duplicated: the other way round."""
    number: int
