"""The rungs as they are read: ahead of the deadline, at the breach, late, and once they no longer matter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.case import Case, State
from cases.case_parts import Response, ResponseBy
from cases.escalating import escalated
from cases.messages import Drawn
from cases.says import Say
from handlers import ids
from handlers.renderer import Renderer
from tests.builders import ENG, NOON, PLACES, calendar, case
from tests.handlers.looks import buttons, seen

ON_CALL = "<!subteam^S0ONCALL>"
RENDERER = Renderer(lambda: ON_CALL)


def said(fresh: Case, at: datetime) -> Iterator[tuple[Say, Drawn]]:
    change = escalated(fresh, calendar(fresh.promise.calendar), PLACES, ("U0MAX",), at)
    for say in change.says:
        yield say, RENDERER.draw(say, change.case, at)


@pytest.mark.parametrize(
    ("minutes", "words", "left"),
    [
        (30, "Half of the time allowed has passed", "30 min left"),
        (45, "Three quarters of the time allowed have passed", "15 min left"),
        (54, "90 % of the time allowed has passed", "6 min left"),
        (60, "The time promised is over, and nobody has answered", "less than a minute over"),
    ],
)
def test_each_rung_says_how_far_it_is_and_what_is_left(minutes: int, words: str, left: str) -> None:
    for _, drawn in said(case(), NOON + timedelta(minutes=minutes)):
        shown = seen(drawn)
        assert words in shown
        assert left in shown
        assert "assignee: nobody yet" in shown
        assert buttons(drawn) == [ids.CLAIM, ids.PRIORITY]
        assert "Told late" not in shown


def test_the_on_call_group_is_called_in_the_triage_channel_alone() -> None:
    for say, drawn in said(case(), NOON + timedelta(hours=1)):
        assert (ON_CALL in seen(drawn)) == (say.channel == "C0TRIAGE")
    assert all(ON_CALL not in seen(drawn) for _, drawn in said(case(), NOON + timedelta(minutes=30)))


def test_a_repetition_says_how_often_it_was_told() -> None:
    breached = replace(case(), share_said=100, breached_at=case().due_at, repeated_at=case().due_at, repeats_said=1)
    for _, drawn in said(breached, NOON + timedelta(hours=2)):
        assert "Still nobody has answered* (told 3 times)" in seen(drawn)


def test_a_rung_told_after_an_absence_says_so_and_when_it_fell() -> None:
    _, drawn = next(said(case(), NOON + timedelta(minutes=47)))
    assert "Told late: its time was <!date^1772455500^" in seen(drawn)
    assert "Told late by 2 min" in drawn.text


def redrawn(after: Case) -> Drawn:
    say, _ = next(said(case(), NOON + timedelta(minutes=45)))
    return RENDERER.draw(replace(say, updates=say.key), after, NOON + timedelta(minutes=50))


ANSWER = Response(ENG, NOON + timedelta(minutes=48), ResponseBy.MESSAGE)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (
            replace(case(), state=State.CLAIMED, assignee=ENG, response=ANSWER),
            "Claimed in the meantime: <@U0ENG> is on it",
        ),
        (replace(case(), response=ANSWER), "Answered in the meantime by <@U0ENG>"),
        (replace(case(), state=State.RESOLVED), "Resolved in the meantime"),
        (replace(case(3)), "Changed in the meantime to *Priority 3*"),
    ],
)
def test_once_it_no_longer_matters_it_says_so_and_asks_nothing(after: Case, words: str) -> None:
    drawn = redrawn(after)
    assert words in seen(drawn)
    assert buttons(drawn) == []
    assert ON_CALL not in seen(drawn)


def test_given_back_it_matters_again() -> None:
    assert buttons(redrawn(case())) == [ids.CLAIM, ids.PRIORITY]


def test_without_priorities_only_a_claim_is_offered() -> None:
    fresh = case()
    request = replace(fresh, promise=replace(fresh.promise, priority=None, label="Onboarding"))
    for _, drawn in said(request, NOON + timedelta(minutes=45)):
        assert buttons(drawn) == [ids.CLAIM]
