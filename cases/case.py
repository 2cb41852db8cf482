"""A case: everything that is known of one customer's trouble, as a value that rules turn into the next one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Literal

from cases.add_ons import Assigned, StandIn
from cases.clock import NO_CLOCKS, Clocks
from cases.facts import Facts
from cases.people import Person
from cases.promise import Promise


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    """Nobody from support has begun work."""
    CLAIMED = "claimed"
    WAITING = "waiting"
    """An engineer needs something from the customer."""
    OFFERED = "offered"
    """Support has offered a solution; the customer has not said yet whether it helps."""
    RESOLVED = "resolved"
    """The customer said that the solution helps; it can still be reopened."""
    CLOSED = "closed"
    """For good."""


DONE = frozenset({State.OFFERED, State.RESOLVED, State.CLOSED})
"""Nothing of support's is owed any more."""


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


@dataclass(frozen=True, slots=True)
class Case:
    """One case. Instants are aware UTC, to the second."""

    number: int
    """Shown as C-12; 0 before it is stored."""
    revision: int
    """Rises by one with each change stored; guards against two writers and names what is said of a change."""
    account: int
    account_name: str
    channel: str
    """The customer's channel."""
    title: str
    details: str
    opened_by: Person
    opened_at: datetime
    promise: Promise
    started_at: datetime
    """The response clock's start: when the notice was received, or the case reopened."""
    counted_from: datetime
    """Where the rungs' shares count from: the start, or the moment that the priority was raised."""
    due_at: datetime
    """The first response's deadline."""
    state: State = State.OPEN
    kind: str | None = None
    """Kind of request, for a program without priorities."""
    tenant: str = ""
    source: SourceMessage | None = None
    answers: tuple[tuple[str, str], ...] = ()
    """Question id and answer id, as given to the guiding questions."""
    recommended: int | None = None
    """The priority that the answers led to; the chosen one is the promise's."""
    assignee: Person | None = None
    claimed_at: datetime | None = None
    response: Response | None = None
    breached_at: datetime | None = None
    clock: int = 1
    """Number of the response clock: rises when it is planned anew, so that its rungs are said anew."""
    share_said: int = 0
    """The highest share of the ladder dealt with on this clock, in percent."""
    repeats_said: int = 0
    repeated_at: datetime | None = None
    """When the breach, or its latest repetition, was told."""
    commitment: Commitment | None = None
    naming: Naming | None = None
    """Nobody is named yet; None also where nobody was asked to."""
    solution: Solution | None = None
    """The latest one offered; None: none was, or the case was reopened."""
    rating: Rating | None = None
    closed_at: datetime | None = None
    wait: Wait | None = None
    wish: Wish | None = None
    """Not decided yet."""
    links: tuple[Link, ...] = ()
    detected: bool = False
    """Our team noticed it and opened the case before the customer said anything."""
    reopened: int = 0
    """How often."""
    active_at: datetime | None = None
    """When the assignee was last seen working on it: claimed, wrote, or answered the question whether they still do."""
    asked_at: datetime | None = None
    """When the assignee was asked whether they still do; None: not since then. Where a lease has ended and nobody has
    the case: when triage was told so last."""
    account_csm: str | None = None
    """Slack user id of the success manager whom its account names now: read with the case and never stored with it."""
    assigned: Assigned | None = None
    """The dedicated engineer whose it is while nobody has begun; `assignee` is None then."""
    stand_ins: tuple[StandIn, ...] = ()
    """The account's dedicated people who were not there when it was opened."""
    clocks: Clocks = NO_CLOCKS
    """Beside the response clock, where the promise has any."""

    @property
    def reference(self) -> str:
        """`C-12`."""
        return f"C-{self.number}"

    @property
    def csm(self) -> str | None:
        """The success manager whom its customer can ask for; None: the plan has none, or nobody is named."""
        return self.account_csm if self.promise.success_manager else None

    @property
    def waits_for_response(self) -> bool:
        """The response clock is running."""
        return self.response is None and self.state is State.OPEN

    @property
    def is_done(self) -> bool:
        """A solution stands offered or confirmed, or the case is closed: no clock of support's runs."""
        return self.state in DONE

    @property
    def breached_now(self) -> bool:
        """The response clock's deadline was missed; a breach before the case was reopened is another clock's."""
        return self.breached_at is not None and self.breached_at >= self.started_at

    @property
    def how_done(self) -> str:
        """What completes “C-12 …” while it `is_done`."""
        return {State.OFFERED: "has a solution offered", State.RESOLVED: "is resolved"}.get(self.state, "is closed")

    @property
    def closes_at(self) -> datetime | None:
        """When it closes by itself, unless it is reopened before; None: no solution stands, or it is closed."""
        if self.solution is None or self.state not in {State.OFFERED, State.RESOLVED}:
            return None
        since = max(self.solution.at, self.solution.heard_at or self.solution.at)
        return since + timedelta(seconds=self.promise.closing.confirm_within_seconds)

    def overdue(self, now: datetime) -> bool:
        """Nobody has answered, and the time is up."""
        return self.waits_for_response and now >= self.due_at


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a case's history, append-only: who, from which team, what, when, why."""

    at: datetime
    who: Person | None
    """None: the bot itself, as time passed."""
    what: str
    """opened, claimed, given-back, responded, reprioritised, escalated, breached, check-in, confirmed, handed-over,
    offered, helped, reopened, rated, closed."""
    why: str = ""
    facts: Facts | None = None
    """For figures; None: it tells them nothing."""


def slack_time(ts: str) -> datetime:
    """The instant of a Slack timestamp such as `1712345678.000100`; UTC, floored to the second."""
    return datetime.fromtimestamp(int(ts.split(".", 1)[0]), tz=UTC)
