"""A policy file's shape. Every unknown field is an error, and every error says what was expected."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cases.policy import (
    RESOLVED,
    Answer,
    Audience,
    ClosingRule,
    CommitmentRule,
    Ladder,
    LeaseRule,
    Plan,
    Priority,
    Product,
    Program,
    Question,
    RequestKind,
    Rung,
    SolutionKind,
    WaitingRule,
)
from policies.add_ons import AddOnRules
from policies.articles import ArticleModel
from policies.contacts import BenefitModel, ContactModel
from policies.fields import Id, Label, PriorityNumber, PriorityOrAny, RealSeconds, Text
from policies.hours import CalendarModel
from policies.success import SuccessModel
from policies.targets import TargetModel
from policies.teams import TeamModel


class Part(BaseModel):
    """Any group of fields in a policy file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


MOST_SOLUTIONS = 10
"""So many radio buttons fit Slack's forms."""
MOST = 100
"""So many options fit a menu there."""


MOST_ADDRESSES = 10


class RungModel(Part):
    """One step of the ladder."""

    at: Annotated[int, Field(strict=True, ge=1)]
    tell: Annotated[frozenset[Audience], Field(min_length=1)]
    reach: Annotated[tuple[Id, ...], Field(max_length=MOST_ADDRESSES)] = ()


DEFAULT_RUNGS = (
    RungModel(at=50, tell=frozenset({Audience.TRIAGE})),
    RungModel(at=75, tell=frozenset({Audience.TRIAGE, Audience.ON_CALL})),
    RungModel(at=90, tell=frozenset({Audience.MANAGERS_CHANNEL, Audience.MANAGERS})),
    RungModel(at=100, tell=frozenset(Audience)),
)


class LadderModel(Part):
    """The escalation ladder; a file without one has the usual steps."""

    rungs: tuple[RungModel, ...] = DEFAULT_RUNGS
    repeat: RealSeconds = 30 * 60

    def value(self) -> Ladder:
        """As the core knows it."""
        return Ladder(tuple(Rung(rung.at, rung.tell, rung.reach) for rung in self.rungs), self.repeat)


class ClosingModel(Part):
    """What happens after a solution is offered."""

    confirm_within_days: Annotated[int, Field(strict=True, ge=1, le=90)] = 7

    def value(self) -> ClosingRule:
        """As the core knows it."""
        return ClosingRule(self.confirm_within_days * 86_400)


class WaitingModel(Part):
    """What happens while a case waits on the customer, in support time."""

    remind: Annotated[tuple[RealSeconds, ...], Field(min_length=1)] = (24 * 3600, 72 * 3600)
    offer_close: RealSeconds = 120 * 3600

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        steps = (*self.remind, self.offer_close)
        if any(later <= earlier for earlier, later in pairwise(steps)):
            raise ValueError("expected rising lengths in remind, and offer_close to be longer than all of them")
        return self

    def value(self) -> WaitingRule:
        """As the core knows it."""
        return WaitingRule(self.remind, self.offer_close)


class LeaseModel(Part):
    """How long a claim holds without a sign of work, in support time."""

    ask_after: RealSeconds
    queue_after: RealSeconds

    def value(self) -> LeaseRule:
        """As the core knows it."""
        return LeaseRule(self.ask_after, self.queue_after)


class CommitmentModel(Part):
    """What a customer promises with some priorities."""

    priorities: Annotated[frozenset[PriorityNumber], Field(min_length=1)]
    promise: Text
    every: RealSeconds = 4 * 3600
    backup_after: RealSeconds = 30 * 60
    managers_after: RealSeconds = 60 * 60

    @model_validator(mode="after")
    def _asks_in_order(self) -> Self:
        if not self.backup_after < self.managers_after < self.every:
            raise ValueError("expected backup_after to be shorter than managers_after, and that shorter than every")
        return self

    def value(self) -> CommitmentRule:
        """As the core knows it."""
        return CommitmentRule(self.priorities, self.promise, self.every, self.backup_after, self.managers_after)


class PlanModel(Part):
    """A plan that a customer buys."""

    name: Label
    targets: dict[PriorityOrAny, TargetModel]
    commitment: CommitmentModel | None = None
    contacts: tuple[ContactModel, ...] = ()
    benefits: tuple[BenefitModel, ...] = ()
    team: TeamModel | None = None
    ticket_reviews: Annotated[bool, Field(strict=True)] = False
    success: SuccessModel | None = None
    add_ons: AddOnRules = ()

    def value(self, id: str) -> Plan:
        """As the core knows it."""
        targets = {number: target.value() for number, target in self.targets.items()}
        return Plan(
            id,
            self.name,
            targets,
            self.commitment.value() if self.commitment else None,
            tuple(contact.to_contact() for contact in self.contacts),
            tuple(benefit.to_benefit() for benefit in self.benefits),
            self.team.to_team() if self.team else (),
            self.ticket_reviews,
            self.success.to_rule() if self.success else None,
            tuple(rule.to_rule() for rule in self.add_ons),
        )


class PriorityModel(Part):
    """A priority and its description."""

    label: Label
    meaning: Text
    examples: tuple[Text, ...] = ()
    question: Text
    solutions: Annotated[tuple[Id, ...], Field(max_length=MOST_SOLUTIONS)] = ()
    claim: LeaseModel | None = None

    def value(self, number: int, solutions: Mapping[str, SolutionKind]) -> Priority:
        """As the core knows it; `solutions` are the program's, by id. One that is none of them has no label."""
        offered = tuple(solutions.get(id, SolutionKind(id, "")) for id in self.solutions) or (RESOLVED,)
        lease = self.claim.value() if self.claim else None
        return Priority(number, self.label, self.meaning, self.examples, self.question, offered, lease)


class AnswerModel(Part):
    """An answer to a guiding question."""

    label: Label
    because: Text
    priority: PriorityNumber | None = None
    then: Id | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if (self.priority is None) == (self.then is None):
            raise ValueError("expected either a priority that it ends in, or then: with the next question")
        return self


class QuestionModel(Part):
    """A guiding question."""

    ask: Text
    answers: Annotated[dict[Id, AnswerModel], Field(min_length=1, max_length=MOST)]

    def value(self, id: str) -> Question:
        """As the core knows it."""
        answers = (Answer(key, a.label, a.because, a.priority, a.then) for key, a in self.answers.items())
        return Question(id, self.ask, tuple(answers))


class KindModel(Part):
    """A kind of request, where there are no priorities."""

    label: Label
    meaning: Text
    in_scope: bool = True
    instead: Literal["explain", "manager"] | None = None
    explanation: Text | None = None

    @model_validator(mode="after")
    def _explains_itself(self) -> Self:
        out_of_scope = (self.instead is not None, self.explanation is not None)
        if out_of_scope != (not self.in_scope,) * 2:
            raise ValueError("expected instead and explanation with in_scope: false, and neither without it")
        return self


class ProductModel(Part):
    """A product: priorities with their guiding questions, or kinds of request."""

    name: Label
    asks_tenant: bool = False
    production_only: Text | None = None
    priorities: Annotated[dict[PriorityNumber, PriorityModel], Field(max_length=MOST)] = {}
    questions: dict[Id, QuestionModel] = {}
    kinds: Annotated[dict[Id, KindModel], Field(max_length=MOST)] = {}

    def value(self, id: str, solutions: Mapping[str, SolutionKind]) -> Product:
        """As the core knows it; `solutions` are the program's, by id."""
        return Product(
            id,
            self.name,
            priorities=tuple(p.value(number, solutions) for number, p in sorted(self.priorities.items())),
            questions=tuple(question.value(key) for key, question in self.questions.items()),
            kinds=tuple(
                RequestKind(key, k.label, k.meaning, k.in_scope, k.instead, k.explanation or "")
                for key, k in self.kinds.items()
            ),
            asks_tenant=self.asks_tenant,
            production_only=self.production_only,
        )


class ProgramModel(Part):
    """A whole policy file."""

    program: Id
    name: Label
    version: Label
    source: Text
    calendars: Annotated[dict[Id, CalendarModel], Field(min_length=1)]
    plans: Annotated[dict[Id, PlanModel], Field(min_length=1, max_length=MOST)]
    ladder: LadderModel = LadderModel()
    products: Annotated[dict[Id, ProductModel], Field(min_length=1, max_length=MOST)]
    solutions: dict[Id, Label] = {}
    closing: ClosingModel = ClosingModel()
    waiting: WaitingModel = WaitingModel()
    contacts: tuple[ContactModel, ...] = ()
    articles: dict[Id, ArticleModel] = {}
    resolution: Text | None = None
    notes: tuple[Text, ...] = ()
    assumed: tuple[Text, ...] = ()

    def value(self, digest: str) -> Program:
        """As the core knows it; `digest` of the file's content becomes part of the version."""
        solutions = {id: SolutionKind(id, label) for id, label in self.solutions.items()}
        return Program(
            id=self.program,
            name=self.name,
            version=f"{self.version}+{digest}",
            source=self.source,
            products={id: product.value(id, solutions) for id, product in self.products.items()},
            plans={id: plan.value(id) for id, plan in self.plans.items()},
            calendars={id: calendar.to_spec(id) for id, calendar in self.calendars.items()},
            ladder=self.ladder.value(),
            solutions=tuple(solutions.values()),
            closing=self.closing.value(),
            waiting=self.waiting.value(),
            contacts=tuple(contact.to_contact() for contact in self.contacts),
            articles=tuple(article.to_article(id) for id, article in self.articles.items()),
            resolution=self.resolution,
            notes=self.notes,
            assumed=self.assumed,
        )
