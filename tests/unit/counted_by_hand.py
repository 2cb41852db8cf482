"""A count of what a report counts, by loops alone: minute by minute, over each line of each history."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from cases.facts import CheckInStep, Promised
from cases.outcomes import Happened, MarkKind
from tests.unit.histories import MINUTE, Told


class ByHand:
    """Counts with loops alone, knowing nothing of timelines: each minute it looks at all lines so far."""

    def __init__(self, told: Sequence[Told], since: datetime, until: datetime) -> None:
        self.since, self.until = since, until
        self.kept: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.took: list[int] = []
        self.counts: Counter[MarkKind] = Counter()
        self.stars = 0
        for each in told:
            lines = [line for line in each.lines if line.at < until]
            for promise in self.promises(lines):
                self.judge(promise)
            self.besides(lines)

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
        label = (under or self.promised(mine)).label
        if missed_at is not None:
            self.missed[label] += self.since <= missed_at
        elif answer is not None:
            self.kept[label] += self.since <= answer.at
        if answer is not None and self.since <= answer.at:
            self.took.append(self.support_minutes(under or self.promised(mine), answer.at) * 60)

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

    def besides(self, lines: list[Happened]) -> None:
        plain = {
            "opened": MarkKind.OPENED,
            "reopened": MarkKind.REOPENED,
            "claimed": MarkKind.CLAIMED,
            "given-back": MarkKind.GIVEN_BACK,
            "offered": MarkKind.SOLVED,
        }
        ratings = [line for line in lines if line.what == "rated"]
        for index, line in enumerate(lines):
            if line.at < self.since:
                continue
            if line.what in plain:
                self.counts[plain[line.what]] += 1
            if line.what == "reprioritised":
                before, after = (self.promised(lines[: index + offset]).priority or 0 for offset in (0, 1))
                self.counts[MarkKind.RAISED if after < before else MarkKind.LOWERED] += 1
            if ratings and line is ratings[-1]:
                self.counts[MarkKind.RATED] += 1
                self.stars += (line.facts.stars or 0) if line.facts else 0
            if line.facts and line.facts.step is CheckInStep.MANAGERS:
                self.counts[MarkKind.MISSED] += 1
            if line.facts and line.facts.step is CheckInStep.CONFIRMED:
                told = [
                    each
                    for each in lines[:index]
                    if each.facts
                    and each.facts.step is CheckInStep.MANAGERS
                    and each.facts.check_in == line.facts.check_in
                ]
                self.counts[MarkKind.KEPT] += not told


def rank(values: list[int], percent: int) -> int | None:
    """The first of the sorted values with that share of them at or below it."""
    for value in sorted(values):
        if sum(each <= value for each in values) * 100 >= percent * len(values):
            return value
    return None
