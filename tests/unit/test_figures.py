"""What a report counts, against a count by hand: minute by minute, over histories that the rules themselves wrote."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.hours import CalendarSpec
from cases.outcomes import MarkKind
from cases.report import By
from cases.report_figures import Figures
from tests.builders import ALWAYS, OFFICE
from tests.unit.counted_by_hand import ByHand, rank
from tests.unit.histories import HISTORIES, SPAN, made, report_of


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
