"""One case's history, read again for figures: which promised first answers were kept or missed, and what else happened.

A promised answer is kept when a person answers by its deadline, and missed at that deadline, or as the clock begins to
run again after it (a claim was given back), or as a change of priority puts it into the past. Once missed, it stays
missed. The history is read up to an instant, so a period that is over always gives the same figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cases.facts import CheckInStep, Promised
from cases.outcomes import Cause, Happened, Mark, MarkKind, Response, Timeline
from cases.people import Person
from cases.policy import ClockKind

READ = frozenset(
    {
        "opened",
        "reopened",
        "reprioritised",
        "responded",
        "claimed",
        "given-back",
        "lapsed",
        "assigned",
        "released",
        "offered",
        "closed",
        "wish-granted",
        "committed",
        "check-in",
        "confirmed",
        "breached",
        "rated",
    }
)
"""Lines that say something to figures."""


def timeline(lines: Iterable[Happened], until: datetime) -> Timeline:
    """`lines` are one case's, in the order in which they were written; those at `until` or later are left out."""
    reading = _Reading()
    for line in lines:
        if line.at < until:
            reading.read(line)
    return reading.end(until)


@dataclass(slots=True)
class _Promise:
    """A first answer that is owed, or was."""

    case: int
    account: int
    promised: Promised
    since: datetime
    """When the clock began to run, or the promise was changed."""
    runs: bool = True
    missed_at: datetime | None = None
    missed_under: Promised | None = None
    answer: Happened | None = None
    cause: Cause = Cause.NOBODY

    def pass_to(self, at: datetime) -> None:
        """Time passes until `at`. An answer on the very second of the deadline is in time."""
        if self.runs and self.missed_at is None and at > self.promised.due_at:
            self.missed_at, self.missed_under = max(self.promised.due_at, self.since), self.promised

    def response(self) -> Response:
        answered_at, by = (self.answer.at, self.answer.who) if self.answer else (None, None)
        promised = self.missed_under or self.promised
        return Response(self.case, self.account, promised, self.missed_at, answered_at, by, self.cause)


@dataclass(slots=True)
class _Reading:
    promise: _Promise | None = None
    holder: Person | None = None
    responses: list[Response] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    rating: Mark | None = None
    unheard: set[int] = field(default_factory=set)
    """Check-ins of which the managers were told; a new commitment counts its own from 1."""
    wish_granted: bool = False

    def read(self, line: Happened) -> None:
        match line.what:
            case "opened" | "reopened":
                self._begun(line)
            case "reprioritised":
                self._changed(line)
            case "responded":
                self._answered(line)
            case "claimed":
                self.holder = line.who
                self._mark(MarkKind.CLAIMED, line, line.who)
            case "given-back":
                self._let_go(line, MarkKind.GIVEN_BACK, line.who, Cause.GIVEN_BACK)
            case "lapsed":
                self._let_go(line, MarkKind.LAPSED, self.holder, Cause.LAPSED)
            case "assigned" | "released":
                self._because(Cause.ASSIGNED, line.at)
            case "offered":
                self.holder = None
                self._mark(MarkKind.SOLVED, line, line.who)
            case "closed":
                self.holder = None
            case "wish-granted":
                self.wish_granted = True
                self._told(line)
            case "committed":
                self.unheard.clear()
            case _:
                self._told(line)

    def end(self, until: datetime) -> Timeline:
        self._end_promise(until)
        marks = (*self.marks, self.rating) if self.rating else self.marks
        return Timeline(tuple(self.responses), tuple(marks), self.holder)

    def _begun(self, line: Happened) -> None:
        promised = line.facts.promised if line.facts else None
        self._end_promise(line.at)
        self.holder = None
        if promised is not None:
            self.promise = _Promise(line.case, line.account, promised, promised.started_at)
        self._mark(MarkKind.OPENED if line.what == "opened" else MarkKind.REOPENED, line, line.who)

    def _changed(self, line: Happened) -> None:
        promised, before = line.facts.promised if line.facts else None, self.promise
        if promised is None:
            return
        if before is None:
            runs = bool(line.facts and line.facts.runs)
            self.promise = _Promise(line.case, line.account, promised, promised.started_at, runs)
            return
        before.pass_to(line.at)
        raised = _rank(promised) < _rank(before.promised)
        before.promised, before.since = promised, line.at
        if raised and before.missed_at is None:
            before.cause = Cause.RAISED
        self._mark(MarkKind.RAISED if raised else MarkKind.LOWERED, line, line.who)
        if self.wish_granted:
            self._mark(MarkKind.WISHED, line, line.who)
        self.wish_granted = False

    def _answered(self, line: Happened) -> None:
        if self.promise is not None:
            self.promise.pass_to(line.at)
            self.promise.runs, self.promise.answer = False, line

    def _let_go(self, line: Happened, kind: MarkKind, who: Person | None, cause: Cause) -> None:
        self.holder = None
        self._mark(kind, line, who)
        if self.promise is not None and line.facts is not None and line.facts.runs:
            self._because(cause, line.at)
            self.promise.runs, self.promise.answer, self.promise.since = True, None, line.at

    def _because(self, cause: Cause, at: datetime) -> None:
        if self.promise is not None:
            self.promise.pass_to(at)
            if self.promise.missed_at is None:
                self.promise.cause = cause

    def _told(self, line: Happened) -> None:
        facts = line.facts
        if facts is None:
            return
        if facts.stars is not None:
            self.rating = self._made(MarkKind.RATED, line, line.who, stars=facts.stars)
        if facts.clock not in (None, ClockKind.RESPONSE):
            self.marks.append(self._made(MarkKind.BREACHED, line, self.holder, clock=facts.clock))
        if facts.check_in is not None and facts.step is CheckInStep.MANAGERS:
            self.unheard.add(facts.check_in)
            self._mark(MarkKind.MISSED, line, None)
        if facts.check_in is not None and facts.step is CheckInStep.ASKED:
            self.unheard.discard(facts.check_in)
        if facts.step is CheckInStep.CONFIRMED and facts.check_in not in self.unheard:
            self._mark(MarkKind.KEPT, line, line.who)

    def _end_promise(self, at: datetime) -> None:
        if self.promise is not None:
            self.promise.pass_to(at)
            self.responses.append(self.promise.response())
            self.promise = None

    def _mark(self, kind: MarkKind, line: Happened, who: Person | None) -> None:
        self.marks.append(self._made(kind, line, who))

    def _made(
        self, kind: MarkKind, line: Happened, who: Person | None, stars: int = 0, clock: ClockKind | None = None
    ) -> Mark:
        promised = self.promise.promised if self.promise else None
        return Mark(kind, line.case, line.account, line.at, who, promised, stars, clock)


def _rank(promised: Promised) -> int:
    return promised.priority or 0


def by_case(lines: Sequence[Happened]) -> Iterable[Sequence[Happened]]:
    """Lines that stand in the order of their cases, case by case."""
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].case != lines[start].case:
            yield lines[start:index]
            start = index
