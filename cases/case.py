"""A case: everything that is known of one customer's trouble, as a value that rules turn into the next one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cases.add_ons import Assigned, StandIn
from cases.case_parts import Commitment, Link, Naming, Rating, Response, Solution, SourceMessage, Wait, Wish
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
