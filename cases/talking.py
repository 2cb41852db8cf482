"""What the clocks go by: when support and the customer wrote to one another, and when the case waited."""

from dataclasses import replace
from datetime import datetime

from cases.case import Case
from cases.instants import utc

MOST_KEPT = 20
"""Of the customer's messages without an answer: the first ones and the latest."""


def said(case: Case, at: datetime) -> Case:
    """A person from support wrote to the customer: what the customer wrote until then is answered."""
    if not case.promise.listens:
        return case
    clocks, at = case.clocks, utc(at)
    spoke_at = max(clocks.spoke_at or at, at)
    unanswered = tuple(each for each in clocks.unanswered if each > at)
    return replace(case, clocks=replace(clocks, spoke_at=spoke_at, unanswered=unanswered))


def heard(case: Case, at: datetime) -> Case:
    """The customer wrote. Older than support's latest word, as events may come late, it is answered already."""
    clocks, at = case.clocks, utc(at)
    if not case.promise.listens or case.is_done or at < max(clocks.spoke_at or at, case.started_at):
        return case
    rising = sorted({*clocks.unanswered, at})
    kept = rising if len(rising) <= MOST_KEPT else [*rising[: MOST_KEPT - 1], rising[-1]]
    return replace(case, clocks=replace(clocks, unanswered=tuple(kept)))


def waited_until(case: Case, at: datetime) -> Case:
    """The case waits on the customer no longer: what was paused goes on from here."""
    if case.wait is None:
        return case
    if not case.promise.listens:
        return replace(case, wait=None)
    waits = (*case.clocks.waits, (case.wait.since, max(case.wait.since, utc(at))))
    return replace(case, wait=None, clocks=replace(case.clocks, waits=waits))
