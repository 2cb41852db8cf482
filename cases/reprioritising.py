"""Rules of a change of priority on an open case: the new promise, the new deadline."""

from dataclasses import replace
from datetime import datetime

from cases.calendars import Calendar
from cases.case import Case, Entry
from cases.change import Change
from cases.clocks import replanned
from cases.people import Person
from cases.promise import Promise, rung_times


def reprioritised(
    case: Case, promise: Promise, calendar: Calendar, person: Person, reason: str, now: datetime
) -> Change:
    """The case under its new promise.

    Raised: due at the earlier of the old deadline and the new target counted from now. Lowered: the new target
    counted from the start. A breach stays on record. Source: design, "priority raised", "priority lowered".
    The ladder begins anew; rungs already behind on it count as said, since this change is itself announced. Other
    clocks go by the same rules.
    """
    before, after = case.promise.priority or 0, promise.priority or 0
    raised = after < before
    counted_from = now if raised else case.started_at
    due_at = calendar.add(counted_from, promise.target_seconds)
    if raised:
        due_at = min(due_at, case.due_at)
    behind = [
        rung.share for rung, at in rung_times(promise, calendar, counted_from, due_at) if at <= now and rung.share < 100
    ]
    told_already = case.breached_now and due_at <= now
    changed = replace(
        replanned(case, promise, calendar, raised, now),
        promise=promise,
        counted_from=counted_from,
        due_at=due_at,
        clock=case.clock + 1,
        share_said=100 if told_already else max(behind, default=0),
        repeats_said=0,
        repeated_at=now if told_already else None,
        commitment=case.commitment if promise.commitment else None,
        active_at=now if case.assignee else None,
        asked_at=None if case.assignee else case.asked_at,
    )
    why = f"{case.promise.label} → {promise.label}: {reason}"
    return Change(changed, (Entry(now, person, "reprioritised", why),))
