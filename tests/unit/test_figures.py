"""What a report counts, against a count by hand: minute by minute, over histories that the rules themselves wrote."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.case import Case, Commitment, Entry
from cases.change import Change
from cases.committing import checked, confirmed
from cases.errors import Refused
from cases.escalating import escalated
from cases.facts import CheckInStep, Promised
from cases.hours import CalendarSpec
from cases.measuring import measured
from cases.outcomes import Cause, Happened, MarkKind
from cases.periods import Period, Span
from cases.promise import promise_for
from cases.report import By, Report
from cases.report_figures import Figures
from cases.reported import reported
from cases.reprioritising import reprioritised
from cases.responding import claimed, given_back, written
from cases.solving import helped, offered, rated, reopened
from tests.builders import ALWAYS, BOB, DANA, ENG, ENG2, NOON, OFFICE, PLACES, account, calendar, case, program

MINUTE = timedelta(minutes=1)
SPAN = Span(Period.WEEK, "UTC", NOON - timedelta(days=1), NOON + timedelta(hours=20), NOON + timedelta(hours=60))
ENGINEERS = {"claim": ENG, "claim-2": ENG2, "write": ENG2}
DEEDS = ("claim", "claim-2", "write", "back", "raise", "lower", "offer", "helps", "reopen", "rate", "tick", "confirm")


@dataclass
class Told:
    """A case on its way, and the lines of its history."""

    case: Case
    lines: list[Happened]

    def keep(self, change: Change) -> None:
        self.case = replace(change.case, revision=change.case.revision + 1)
        for each in measured(change.case, change.entries):
            self.lines.append(Happened(self.case.number, self.case.account, each.at, each.who, each.what, each.facts))


def change(now: Case, deed: str, at: datetime, spec: CalendarSpec) -> Change:
    """What the rules make of a deed; they refuse many of them."""
    rules = program(calendar=spec)
    priority = now.promise.priority or 1
    match deed:
        case "claim" | "claim-2":
            return claimed(now, ENGINEERS[deed], at)
        case "write":
            return written(now, ENGINEERS[deed], at)
        case "back":
            return given_back(now, now.assignee or ENG, at)
        case "raise" | "lower":
            to = priority - 1 if deed == "raise" else priority + 1
            if now.is_done or not 1 <= to <= 4:
                raise Refused("no such")
            return reprioritised(now, promise_for(rules, account(), "service", to), calendar(spec), ENG, "", at)
        case "offer":
            return offered(now, None, "Done.", now.assignee or ENG, at)
        case "helps":
            return helped(now, DANA, PLACES, at)
        case "reopen":
            return reopened(now, DANA, "No.", calendar(spec), PLACES, at)
        case "rate":
            return rated(now, 1 + at.minute % 5, "", DANA, PLACES, at)
        case "confirm":
            return confirmed(now, BOB, at)
        case _:
            fired = escalated(now, calendar(spec), PLACES, (), at)
            asked = checked(fired.case, PLACES, at)
            return Change(asked.case, (*fired.entries, *asked.entries))


def lived(number: int, priority: int, steps: Sequence[tuple[str, int]], spec: CalendarSpec) -> Told:
    """A case, opened at noon or some hours later, and what happened to it then."""
    at = NOON + timedelta(hours=number)
    fresh = replace(case(priority, of=program(calendar=spec), at=at), number=number, account=1 + number % 2)
    fresh = replace(fresh, commitment=Commitment(DANA, BOB, DANA, at) if priority == 1 else None)
    told = Told(fresh, [])
    told.keep(Change(fresh, (Entry(at, DANA, "opened"),)))
    for deed, minutes in steps:
        at += timedelta(minutes=minutes)
        with suppress(Refused):
            told.keep(change(told.case, deed, at, spec))
    return told


STEP = st.tuples(st.sampled_from(DEEDS), st.sampled_from((0, 1, 7, 30, 60, 61, 120, 480, 1441)))
HISTORIES = st.lists(st.tuples(st.integers(1, 4), st.lists(STEP, max_size=14)), min_size=1, max_size=4)


def report_of(told: Sequence[Told], by: By = By.PROGRAMME) -> Report:
    lines = [line for each in told for line in each.lines]
    return reported(lines, {1: "Acme", 2: "Bolt"}, calendar, SPAN, by)


def made(histories: Sequence[tuple[int, Sequence[tuple[str, int]]]], spec: CalendarSpec) -> list[Told]:
    return [lived(number, priority, steps, spec) for number, (priority, steps) in enumerate(histories, 1)]


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


def same(figures: Figures, by_hand: ByHand) -> None:
    assert (figures.kept, figures.missed) == (by_hand.kept.total(), by_hand.missed.total())
    assert figures.answers == len(by_hand.took)
    assert figures.median_seconds == rank(by_hand.took, 50)
    assert figures.ninetieth_seconds == rank(by_hand.took, 90)
    assert Counter(dict(figures.counts or {})) == +by_hand.counts
    assert figures.stars == by_hand.stars


@settings(max_examples=60, deadline=None)
@given(HISTORIES, st.sampled_from((ALWAYS, OFFICE)))
def test_every_figure_is_what_a_count_by_hand_finds(
    histories: list[tuple[int, list[tuple[str, int]]]], spec: CalendarSpec
) -> None:
    told = made(histories, spec)
    report = report_of(told)
    now, before = ByHand(told, SPAN.since, SPAN.until), ByHand(told, SPAN.before, SPAN.since)
    same(report.total.now, now)
    same(report.total.before, before)
    for group in report.groups:
        label = group.names[-1]
        assert (group.now.kept, group.now.missed) == (now.kept[label], now.missed[label])
    assert len(report.breaches) == now.missed.total()
    assert sum(step.kept + step.missed for step in report.steps) == len(report.rows)


@settings(max_examples=30, deadline=None)
@given(HISTORIES)
def test_groups_come_to_the_whole_and_engineers_to_who_did_it(
    histories: list[tuple[int, list[tuple[str, int]]]],
) -> None:
    told = made(histories, ALWAYS)
    for by in (By.PROGRAMME, By.ACCOUNT):
        report = report_of(told, by)
        for count in (MarkKind.OPENED, MarkKind.CLAIMED, MarkKind.RAISED):
            assert sum(each.now.count(count) for each in report.groups) == report.total.now.count(count)
        assert sum(each.now.decided for each in report.groups) == report.total.now.decided
    lines = [line for each in told for line in each.lines if SPAN.since <= line.at < SPAN.until]
    for engineer in report_of(told, By.ENGINEER).groups:
        mine = Counter(line.what for line in lines if line.who and line.who.user == engineer.user)
        told_of = {"claimed": MarkKind.CLAIMED, "given-back": MarkKind.GIVEN_BACK, "offered": MarkKind.SOLVED}
        assert [engineer.now.count(kind) for kind in told_of.values()] == [mine[what] for what in told_of]


def breach(*steps: tuple[str, int], priority: int = 2) -> tuple[Cause | None, int]:
    """Of the one answer that was missed: why, and how long after it was opened."""
    told = lived(1, priority, steps, ALWAYS)
    whole = replace(SPAN, since=NOON)
    (missed,) = reported(told.lines, {1: "Acme"}, calendar, whole, By.PROGRAMME).breaches
    return missed.cause, int((missed.decided_at - told.case.opened_at).total_seconds()) // 60


def test_a_missed_answer_has_the_cause_that_came_last_before_it() -> None:
    assert breach() == (Cause.NOBODY, 120)
    assert breach(("claim", 10), ("back", 20)) == (Cause.GIVEN_BACK, 120)
    assert breach(("claim", 10), ("back", 170)) == (Cause.GIVEN_BACK, 180), "missed as the clock ran again"
    assert breach(("raise", 30), priority=3) == (Cause.RAISED, 150)
    assert breach(("claim", 130), ("back", 10)) == (Cause.NOBODY, 120), "what came after it is no cause"


def test_a_breach_stays_where_it_was_though_the_priority_is_lowered_afterwards() -> None:
    assert breach(("lower", 130), ("claim", 1)) == (Cause.NOBODY, 120)


def test_a_claim_given_back_by_who_wrote_is_an_answer_all_the_same() -> None:
    told = lived(1, 2, (("claim-2", 10), ("write", 1), ("back", 1)), ALWAYS)
    total = reported(told.lines, {}, calendar, replace(SPAN, since=NOON), By.PROGRAMME).total.now
    assert (total.kept, total.missed, total.median_seconds) == (1, 0, 600)
