"""A managers' report: how the promised first answers were kept, by whom the work was done, and what it was before."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases.outcomes import Cause
from cases.periods import Period, Span, last_whole, up_to
from cases.policy import ClockKind
from cases.report_figures import Figures


class By(StrEnum):
    """What a report tells its figures by."""

    PROGRAMME = "programme"
    """And plan, and priority."""
    ACCOUNT = "account"
    ENGINEER = "engineer"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to know."""

    period: Period = Period.WEEK
    by: By = By.PROGRAMME
    whole: bool = False
    """Of the calendar's own week, month or quarter that is over, rather than of the time up to now."""

    def span(self, now: datetime, zone: str) -> Span:
        """The time it is about, by the wall clock of a zone."""
        return (last_whole if self.whole else up_to)(now, self.period, zone)


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one programme's plan and priority, of one account, or of one engineer."""

    names: tuple[str, ...]
    now: Figures
    before: Figures
    user: str = ""
    """An engineer's Slack user id."""
    holds: int = 0
    """Cases that the engineer has at the end."""


@dataclass(frozen=True, slots=True)
class Row:
    """A first answer that was kept or missed within the span, or another clock's deadline that was missed."""

    case: int
    account: str
    program: str
    plan: str
    label: str
    target: str
    clock: ClockKind
    kept: bool
    decided_at: datetime
    started_at: datetime | None
    """This, the deadline and the answer: of a first answer alone."""
    due_at: datetime | None
    answered_at: datetime | None
    answered_by: str
    """Their name; "": nobody. Of another clock, whose case it was then."""
    user: str
    seconds: int | None
    """Support time to the answer."""
    cause: Cause | None
    """Of a first answer that was missed."""


@dataclass(frozen=True, slots=True)
class Step:
    """A day of a week, or a week of a longer period."""

    since: datetime
    kept: int
    missed: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told of a span."""

    span: Span
    by: By
    total: Group
    groups: tuple[Group, ...]
    """By what was asked for, the lowest attainment first."""
    engineers: tuple[Group, ...]
    """Whoever did something, most answers first."""
    rows: tuple[Row, ...]
    """By time."""
    steps: tuple[Step, ...]

    @property
    def breaches(self) -> tuple[Row, ...]:
        """What was missed, by time."""
        return tuple(row for row in self.rows if not row.kept)
