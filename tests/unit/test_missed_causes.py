"""Why an answer counts as missed, when, and what counts as one: single stories."""

from dataclasses import replace

from cases.outcomes import Cause
from cases.report import By
from cases.reported import reported
from tests.builders import ALWAYS, NOON, calendar
from tests.unit.histories import SPAN, lived


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
