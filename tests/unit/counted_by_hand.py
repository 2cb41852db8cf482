"""A count of what a report counts, by loops alone: minute by minute, over each line of each history."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.facts import CheckInStep, Promised
from cases.outcomes import Happened, MarkKind
from cases.policy import ClockKind
from cases.report_figures import Figures
from tests.unit.histories import MINUTE, Told

PLAIN = {
    "opened": MarkKind.OPENED,
    "reopened": MarkKind.REOPENED,
    "claimed": MarkKind.CLAIMED,
    "given-back": MarkKind.GIVEN_BACK,
    "lapsed": MarkKind.LAPSED,
    "offered": MarkKind.SOLVED,
}
WORK = ("kept", "missed", "answer", MarkKind.CLAIMED, MarkKind.GIVEN_BACK, MarkKind.LAPSED, MarkKind.SOLVED)
"""What is told of an engineer."""


@dataclass(frozen=True)
class One:
    """One thing that is counted."""

    what: str
    """`kept`, `missed`, `answer`, or the kind of a mark."""
    account: int
    label: str
    user: str = ""
    """Who answered, or did it; "": nobody."""
    value: int = 0
    """Of an answer: seconds. Of a rating: stars."""


class ByHand:
    """Counts with loops alone, knowing nothing of timelines: each minute it looks at all lines so far."""

    def __init__(self, told: Sequence[Told], since: datetime, until: datetime) -> None:
        self.since, self.until = since, until
        self.found: list[One] = []
        self.holds: list[str] = []
        for each in told:
            lines = [line for line in each.lines if line.at < until]
            for promise in self.promises(lines):
                self.judge(promise)
            for index, line in enumerate(lines):
                if line.at >= since:
                    self.found += self.besides(each, lines, index)
            holders = [user for at, user in each.held if at < until]
            self.holds += holders[-1:]

    def promises(self, lines: list[Happened]) -> Iterator[list[Happened]]:
        starts = [index for index, line in enumerate(lines) if line.what in ("opened", "reopened")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            yield lines[start:end] + ([lines[end]] if end < len(lines) else [])

    def judge(self, lines: list[Happened]) -> None:
        last = lines[-1] if lines[-1].what == "reopened" and len(lines) > 1 else None
        mine = lines[:-1] if last else lines
        end = last.at if last else self.until
        at, missed_at, under = mine[0].at, None, None
        while at < end and missed_at is None:
            so_far = [line for line in mine if line.at <= at]
            for shown in self.moments(so_far, at):
                due_at = self.promised(shown).due_at
                if missed_at is None and self.runs(shown) and (due_at < at or (due_at == at and shown == so_far)):
                    missed_at, under = at, self.promised(shown)
            at += MINUTE
        answer = None if self.runs(mine) else [line for line in mine if line.what == "responded"][-1]
        promised, account = under or self.promised(mine), mine[0].account
        user = answer.who.user if answer and answer.who else ""
        if missed_at is not None and self.since <= missed_at:
            self.found.append(One("missed", account, promised.label, user))
        if missed_at is None and answer is not None and self.since <= answer.at:
            self.found.append(One("kept", account, promised.label, user))
        if answer is not None and self.since <= answer.at:
            seconds = self.support_minutes(promised, answer.at) * 60
            self.found.append(One("answer", account, promised.label, user, seconds))

    def moments(self, so_far: list[Happened], at: datetime) -> list[list[Happened]]:
        """Of one minute in which several things happened: how it stood after each, for no time at all."""
        told = enumerate(so_far, 1)
        changes = [n for n, line in told if line.at == at and line.facts and line.facts.runs is not None]
        return [*(so_far[:n] for n in changes), so_far]

    def runs(self, lines: list[Happened]) -> bool:
        return [line.facts.runs for line in lines if line.facts and line.facts.runs is not None][-1]

    def promised(self, lines: list[Happened]) -> Promised:
        return [line.facts.promised for line in lines if line.facts and line.facts.promised][-1]

    def support_minutes(self, promised: Promised, until: datetime) -> int:
        at, minutes = promised.started_at, 0
        while at < until:
            minutes += promised.calendar.always or (at.weekday() < 5 and 9 <= at.hour < 18)
            at += MINUTE
        return minutes

    def besides(self, told: Told, lines: list[Happened], index: int) -> Iterator[One]:
        line, so_far = lines[index], lines[: index + 1]
        label, facts = self.promised(so_far).label, line.facts
        user = line.who.user if line.who else ""
        if line.what == "lapsed":
            user = told.had[index]
        if line.what in PLAIN:
            yield One(PLAIN[line.what], line.account, label, user)
        if line.what == "reprioritised":
            before, after = (self.promised(lines[: index + offset]).priority or 0 for offset in (0, 1))
            yield One(MarkKind.RAISED if after < before else MarkKind.LOWERED, line.account, label)
            if lines[index - 1].what == "wish-granted":
                yield One(MarkKind.WISHED, line.account, label)
        if facts is None:
            return
        if line.what == "rated" and not any(later.what == "rated" for later in lines[index + 1 :]):
            yield One(MarkKind.RATED, line.account, label, "", facts.stars or 0)
        if facts.clock is not None and facts.clock is not ClockKind.RESPONSE:
            yield One(MarkKind.BREACHED, line.account, label)
        if facts.step is CheckInStep.MANAGERS:
            yield One(MarkKind.MISSED, line.account, label)
        if facts.step is CheckInStep.CONFIRMED and not self.was_missed(so_far):
            yield One(MarkKind.KEPT, line.account, label)

    def was_missed(self, lines: list[Happened]) -> bool:
        """Back to where this check-in was asked: its managers were told."""
        number = lines[-1].facts.check_in if lines[-1].facts else None
        steps = [line.facts.step for line in lines[:-1] if line.facts and line.facts.check_in == number]
        told = [step for step in steps if step in (CheckInStep.MANAGERS, CheckInStep.ASKED)]
        return told[-1:] == [CheckInStep.MANAGERS]


def counted(found: Iterable[One]) -> Figures:
    """The figures of these."""
    mine = list(found)
    took = [one.value for one in mine if one.what == "answer"]
    counts = {kind: sum(one.what == kind for one in mine) for kind in MarkKind}
    return Figures(
        kept=sum(one.what == "kept" for one in mine),
        missed=sum(one.what == "missed" for one in mine),
        answers=len(took),
        median_seconds=rank(took, 50),
        ninetieth_seconds=rank(took, 90),
        counts={kind: number for kind, number in counts.items() if number},
        stars=sum(one.value for one in mine if one.what == MarkKind.RATED),
    )


def rank(values: list[int], percent: int) -> int | None:
    """The first of the sorted values with that share of them at or below it."""
    for value in sorted(values):
        if sum(each <= value for each in values) * 100 >= percent * len(values):
            return value
    return None
