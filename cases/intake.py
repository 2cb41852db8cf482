"""From a customer's words to a priority: the intake that precedes a case, and the guiding questions."""

from dataclasses import dataclass
from datetime import datetime

from cases.accounts import Account
from cases.case import Case
from cases.case_parts import SourceMessage
from cases.people import Actor, Person
from cases.policy import Answer, Priority, Product, Program, Question, RequestKind
from cases.promise import Promise


@dataclass(frozen=True, slots=True)
class Intake:
    """A request to open a case, remembered while its form is filled. Forms and buttons carry only its id."""

    id: str
    channel: str
    asked_by: Person
    created_at: datetime
    source: SourceMessage | None = None
    text: str = ""
    """Words typed with the command; prefills the form."""
    answered_with: str | None = None
    """Id of the article that was enough, so that no case was opened."""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What the form holds at some moment; everything may still be missing."""

    account: int | None = None
    title: str = ""
    details: str = ""
    product: str | None = None
    kind: str | None = None
    tenant: str = ""
    production: bool | None = None
    answers: tuple[tuple[str, str], ...] = ()
    """Question id and answer id."""
    priority: int | None = None
    """The person's own choice; None: as recommended."""
    consent: bool = False
    available: Actor | None = None
    """Whom the customer names as reachable, looked up in Slack."""
    backup: Actor | None = None
    detected: bool | None = None
    """Support only: our team noticed it (or the customer told us some other way); None: not answered."""
    start_now: bool = False
    """Support only: start the clock now, not at the source message's time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A guiding question to show, with the answer given so far."""

    question: Question
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What the form shows back before anything is submitted."""

    accounts: tuple[Account, ...]
    """Those that the person may open for; more than one only for support or in a shared channel."""
    account: Account
    program: Program
    product: Product | None
    """None: not chosen yet."""
    asked: tuple[Asked, ...]
    recommended: int | None
    because: str
    priority: Priority | None
    """The one chosen or, while nothing else is chosen, recommended."""
    kind: RequestKind | None
    promise: Promise | None
    started_at: datetime
    due_at: datetime | None
    declined: str | None
    """Why no case can be opened (out of scope, not in production), in the customer's words; None: it can."""
    to_manager: bool
    """Declined, but a manager can be asked."""
    to_triage: bool
    """Declined, but the request can be left with the team, without a clock."""
    may_start_now: bool
    account_known: bool = True
    """False: support has still to say for which of several customers it is."""
    may_be_detected: bool = False
    """Support opens it, and not from a customer's message: it is asked who noticed it."""
    detected: bool = False
    """As things stand, our team noticed it: nobody of the customer's has promised anything."""

    @property
    def is_sent(self) -> bool:
        """Submitting the form sends somebody something."""
        return self.declined is None or self.to_manager or self.to_triage


@dataclass(frozen=True, slots=True)
class Opened:
    """A case was opened (also told so to a form that is sent once more), or there was one for the same message."""

    case: Case
    existing: bool


@dataclass(frozen=True, slots=True)
class Declined:
    """No case: the request is outside the programme. Explained; perhaps handed to a manager, or left with the team."""

    explanation: str
    handed_over: bool
    left: bool = False


def walk(product: Product, answers: tuple[tuple[str, str], ...]) -> tuple[Asked, ...]:
    """The guiding questions to show, in order: each answered one, then the first that is not answered.

    Answers that no longer fit the path (an earlier answer was changed) are left out.
    """
    given = dict(answers)
    path: list[Asked] = []
    question = product.questions[0] if product.questions else None
    while question is not None:
        answer = next((a for a in question.answers if a.id == given.get(question.id)), None)
        path.append(Asked(question, answer))
        question = product.question(answer.then) if answer and answer.then else None
    return tuple(path)


def recommendation(asked: tuple[Asked, ...]) -> tuple[int | None, str]:
    """The priority that the answers lead to, None while they don't, and the words of the policy that it rests on."""
    last = asked[-1].answer if asked else None
    return (last.priority, last.because) if last else (None, "")
