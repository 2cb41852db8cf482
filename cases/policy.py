"""The words of a support policy as values: programs, plans, products, priorities, targets, ladders."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from cases.add_ons import AddOnRule
from cases.articles import Article
from cases.contacts import Benefit, Contact
from cases.hours import CalendarSpec, Duration
from cases.success import SuccessRule


class Audience(StrEnum):
    """Who is told at a rung."""

    TRIAGE = "triage"
    """The triage channel."""
    ON_CALL = "on-call"
    """The on-call group, mentioned in the triage channel."""
    MANAGERS_CHANNEL = "managers-channel"
    MANAGERS = "managers"
    """Each manager on duty, by direct message."""
    SUCCESS_MANAGER = "success-manager"
    """The account's success manager, by direct message; nobody where it has none."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of an escalation ladder."""

    share: int
    """Percent of the support time allowed; 100 is the breach."""
    tell: frozenset[Audience]
    reach: tuple[str, ...] = ()
    """Addresses outside Slack that are told too, by the operator's names."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs by rising share, the last one 100; then again every `repeat_seconds` (real time) until a person answers."""

    rungs: tuple[Rung, ...]
    repeat_seconds: int


class ClockKind(StrEnum):
    """What a clock of a case measures."""

    RESPONSE = "response"
    """Until the first response; every case has it."""
    NEXT_RESPONSE = "next-response"
    """From the customer's first message that nobody has answered, until a person answers."""
    UPDATE = "update"
    """Since the customer last heard from a person."""
    SOLUTION = "solution"
    """From the case's start until a solution is offered."""


@dataclass(frozen=True, slots=True)
class ClockTarget:
    """A clock beside the first response's, counted in the same calendar."""

    kind: ClockKind
    within: Duration
    pauses: bool = True
    """While the case waits on the customer."""


@dataclass(frozen=True, slots=True)
class Target:
    """The time allowed for the first response, and the calendar that it is counted in."""

    within: Duration
    calendar: str
    """Key of `Program.calendars`."""
    clocks: tuple[ClockTarget, ...] = ()


@dataclass(frozen=True, slots=True)
class CommitmentRule:
    """What a customer promises who selects one of these priorities, and how often they are asked to confirm it."""

    priorities: frozenset[int]
    promise: str
    """The sentence shown beside the consent box."""
    every_seconds: int
    backup_after_seconds: int
    managers_after_seconds: int


@dataclass(frozen=True, slots=True)
class SolutionKind:
    """One of the ways in which a case may come to its solution."""

    id: str
    label: str
    """As the customer reads it: `A workaround is provided`."""


RESOLVED = SolutionKind("resolved", "The issue is resolved")
"""The only kind where a program defines none."""


@dataclass(frozen=True, slots=True)
class ClosingRule:
    """After a solution is offered."""

    confirm_within_seconds: int = 7 * 86400
    """Real time in which the customer may confirm or reopen; then the case closes by itself."""


@dataclass(frozen=True, slots=True)
class WaitingRule:
    """While a case waits on the customer. Both in support time since it began to wait."""

    remind_after_seconds: tuple[int, ...] = (24 * 3600, 72 * 3600)
    offer_close_after_seconds: int = 120 * 3600


USUAL_CLOSING = ClosingRule()
USUAL_WAITING = WaitingRule()


@dataclass(frozen=True, slots=True)
class LeaseRule:
    """A claim holds as long as something happens. Both in support time."""

    ask_after_seconds: int
    """Of silence: then the engineer is asked."""
    queue_after_seconds: int
    """After being asked, without an answer: then the case goes back to the queue."""


@dataclass(frozen=True, slots=True)
class Region:
    """One region of the team that a plan's customers are given."""

    id: str
    label: str
    """As people say it: `Americas`."""
    hours: CalendarSpec
    """Its day, in its own zone."""
    mention: tuple[str, ...] = ()
    """Slack ids of its user group or its people; empty: the operator has yet to fill them in."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that a customer buys."""

    id: str
    name: str
    targets: Mapping[int | None, Target]
    """By priority; key None where the program knows no priorities."""
    commitment: CommitmentRule | None = None
    contacts: tuple[Contact, ...] = ()
    """Those that other plans of the program lack."""
    benefits: tuple[Benefit, ...] = ()
    team: tuple[Region, ...] = ()
    """Its designated team, by region."""
    ticket_reviews: bool = False
    """The customer may have their cases gone through, on request."""
    success: SuccessRule | None = None
    """Its success manager."""
    add_ons: tuple[AddOnRule, ...] = ()
    """People of a customer's own, whom it may buy beside."""


@dataclass(frozen=True, slots=True)
class Priority:
    """One priority (Auth0: severity) as its policy describes it."""

    number: int
    label: str
    """As the program says it: `Priority 1`, `Severity 1 (Urgent)`."""
    meaning: str
    examples: tuple[str, ...]
    question: str
    """The guiding question that separates it from its neighbours."""
    solutions: tuple[SolutionKind, ...] = (RESOLVED,)
    lease: LeaseRule | None = None
    """None: a claim holds for ever."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a guiding question: it ends in a priority or leads to the next question."""

    id: str
    label: str
    because: str
    """The words of the policy that it rests on, restated."""
    priority: int | None = None
    then: str | None = None
    """Id of the next question."""


@dataclass(frozen=True, slots=True)
class Question:
    """A guiding question."""

    id: str
    ask: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class RequestKind:
    """A kind of request, for a program without priorities."""

    id: str
    label: str
    meaning: str
    in_scope: bool = True
    instead: Literal["explain", "manager"] | None = None
    """Out of scope: explained courteously, or offered a hand-over to a manager."""
    explanation: str = ""
    """What the customer reads when it is out of scope."""


@dataclass(frozen=True, slots=True)
class Product:
    """A product with its own descriptions of priorities."""

    id: str
    name: str
    priorities: tuple[Priority, ...] = ()
    questions: tuple[Question, ...] = ()
    """The first is where it starts; each answer ends in a priority or names the next."""
    kinds: tuple[RequestKind, ...] = ()
    asks_tenant: bool = False
    production_only: str | None = None
    """What the customer reads when the tenant is not in production, where the program covers production only."""

    def priority(self, number: int) -> Priority:
        """Raises KeyError: this product has no such priority."""
        return {p.number: p for p in self.priorities}[number]

    def question(self, id: str) -> Question:
        """Raises KeyError: no such question."""
        return {q.id: q for q in self.questions}[id]

    def kind(self, id: str) -> RequestKind:
        """Raises KeyError: no such kind of request."""
        return {k.id: k for k in self.kinds}[id]


@dataclass(frozen=True, slots=True)
class Program:
    """A support program, as one YAML file states it."""

    id: str
    name: str
    version: str
    """The file's own version and a digest of its content: stamped on every case."""
    source: str
    """The document it restates, by title."""
    products: Mapping[str, Product]
    plans: Mapping[str, Plan]
    calendars: Mapping[str, CalendarSpec]
    ladder: Ladder
    solutions: tuple[SolutionKind, ...] = ()
    """All that it defines; each priority has some of them."""
    closing: ClosingRule = USUAL_CLOSING
    waiting: WaitingRule = USUAL_WAITING
    contacts: tuple[Contact, ...] = ()
    """For every plan."""
    articles: tuple[Article, ...] = ()
    resolution: str | None = None
    """What the customer is told about resolution times, where the policy says something."""
    notes: tuple[str, ...] = ()
    """Further statements of the policy, shown by `policy show`."""
    assumed: tuple[str, ...] = ()
    """What the policy does not say and this file reads into it; `policy check` lists it."""
