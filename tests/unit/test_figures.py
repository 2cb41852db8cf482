"""What a report counts, against a count by hand: minute by minute, over histories that the rules themselves wrote."""

from collections.abc import Callable

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cases.hours import CalendarSpec
from cases.outcomes import MarkKind
from cases.policy import ClockKind
from cases.report import By, Group
from tests.builders import ALWAYS, OFFICE
from tests.unit.counted_by_hand import WORK, ByHand, One, counted
from tests.unit.histories import HISTORIES, SPAN, made, report_of

NAMES = {1: "Acme", 2: "Bolt"}
KEYS: dict[By, Callable[[One], str]] = {By.PROGRAMME: lambda one: one.label, By.ACCOUNT: lambda one: NAMES[one.account]}

SILENT_THEN_TAKEN = [(1, [("claim-2", 0), ("lapse", 1441), ("claim", 0)])]
"""Of one minute: the claim of one engineer ran out, and another one took the case."""


def same(groups: dict[str, Group], now: ByHand, before: ByHand, key: Callable[[One], str]) -> None:
    """Every figure of each group, and no group more or less."""
    assert groups.keys() == {key(one) for one in (*now.found, *before.found)} - {""}
    for name, group in groups.items():
        assert group.now == counted(one for one in now.found if key(one) == name)
        assert group.before == counted(one for one in before.found if key(one) == name)


@settings(max_examples=60, deadline=None)
@example(SILENT_THEN_TAKEN, ALWAYS)
@given(HISTORIES, st.sampled_from((ALWAYS, OFFICE)))
def test_every_figure_is_what_a_count_by_hand_finds(
    histories: list[tuple[int, list[tuple[str, int]]]], spec: CalendarSpec
) -> None:
    told = made(histories, spec)
    now, before = ByHand(told, SPAN.since, SPAN.until), ByHand(told, SPAN.before, SPAN.since)
    for by, key in KEYS.items():
        report = report_of(told, by)
        assert report.total.now == counted(now.found)
        assert report.total.before == counted(before.found)
        same({group.names[-1]: group for group in report.groups}, now, before, key)
    report = report_of(told)
    missed = sum(one.what in ("missed", MarkKind.BREACHED) for one in now.found)
    assert len(report.breaches) == missed
    firsts = [row for row in report.rows if row.clock is ClockKind.RESPONSE]
    assert sum(step.kept + step.missed for step in report.steps) == len(firsts)


@settings(max_examples=60, deadline=None)
@example(SILENT_THEN_TAKEN, ALWAYS)
@given(HISTORIES, st.sampled_from((ALWAYS, OFFICE)))
def test_engineers_are_told_of_with_what_they_did_and_what_they_have(
    histories: list[tuple[int, list[tuple[str, int]]]], spec: CalendarSpec
) -> None:
    told = made(histories, spec)
    now, before = ByHand(told, SPAN.since, SPAN.until), ByHand(told, SPAN.before, SPAN.since)
    for each in (now, before):
        each.found = [one for one in each.found if one.what in WORK]
    engineers = {engineer.user: engineer for engineer in report_of(told, By.ENGINEER).groups}
    assert {user: engineer.holds for user, engineer in engineers.items() if engineer.holds} == {
        user: now.holds.count(user) for user in now.holds if user
    }
    idle = {user for user in now.holds if user} - {one.user for one in (*now.found, *before.found)}
    same({user: each for user, each in engineers.items() if user not in idle}, now, before, lambda one: one.user)
