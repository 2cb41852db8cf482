"""Rules of an open case that is moved, on purpose, to what the policy says today. What was told is not told again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from cases.calendars import Calendar
from cases.case import Case, Entry
from cases.case_parts import Wait
from cases.change import Change, Places
from cases.clock import Clock
from cases.clocks import response_clock, wound
from cases.errors import Refused
from cases.instants import iso, utc
from cases.naming import naming_said, with_naming
from cases.pausing import added
from cases.promise import Promise, rung_times
from cases.says import Body, Note
from cases.telling import note_to_triage


def adopted(
    case: Case, promise: Promise, calendar: Calendar, by: str, reason: str, places: Places, now: datetime
) -> Change:
    """The case under today's promise at its priority; nothing where it is under that already. `calendar` is that one's.

    A clock that runs ends when the new target, from where it is counted, is used up. It keeps its number, so what was
    told stays told; rungs that fall behind by this count as told, since this is said itself, and a deadline that is
    over by it is told as missed. A clock that was missed, or a first answer that was given, keeps its deadline. A
    clock that is new runs from now.

    Raises:
        Refused: it is done.
    """
    if case.is_done:
        raise Refused(f"{case.reference} {case.how_done} already, so what it was promised stays as it was.")
    if case.promise == promise:
        return Change(case)
    after = with_naming(_under(case, promise, calendar, now), now)
    why = f"{case.promise.version} → {promise.version}, by {by}: {reason}"
    body: Body = {
        "by": by,
        "before": case.promise.version,
        "after": promise.version,
        "reason": reason,
        "was_due_at": iso(case.due_at),
        "due_at": iso(after.due_at),
        "runs": after.waits_for_response,
    }
    says = (note_to_triage(case, Note.ADOPTED, body, places), *naming_said(case, after, places))
    return Change(after, (Entry(now, None, "adopted", why),), says)


def _under(case: Case, promise: Promise, calendar: Calendar, now: datetime) -> Case:
    after = replace(
        case,
        promise=promise,
        commitment=case.commitment if promise.commitment else None,
        wait=_waiting(case, promise),
        clocks=replace(case.clocks, each=tuple(_allowed(clock, promise) for clock in case.clocks.each)),
    )
    if case.waits_for_response and not case.breached_now:
        due_at = calendar.add(case.counted_from, promise.target_seconds)
        after = replace(after, due_at=due_at)
        after = replace(after, share_said=_behind(after, response_clock(after), calendar, now))
    if case.assignee is not None and case.promise.lease != promise.lease:
        after = replace(after, active_at=now, asked_at=None)
    after = wound(after, calendar)
    return replace(after, clocks=replace(after.clocks, each=tuple(_settled(case, after, calendar, now))))


def _allowed(clock: Clock, promise: Promise) -> Clock:
    rule = next((rule for rule in promise.clocks if rule.kind is clock.kind), None)
    if rule is None or clock.ended or clock.breached_at is not None:
        return clock
    return replace(clock, allowed_seconds=rule.seconds, pauses=rule.pauses)


def _settled(before: Case, after: Case, calendar: Calendar, now: datetime) -> Iterator[Clock]:
    """The clocks beside the first answer's, after they were wound under the new promise."""
    for clock in after.clocks.each:
        held = before.clocks.of(clock.kind)
        if not clock.ended and (held is None or held.number != clock.number):
            due_at = added(calendar, utc(now), clock.allowed_seconds, after.clocks.pauses_of(clock))
            yield replace(clock, counted_from=utc(now), due_at=due_at)
        elif clock.ended or clock.breached_at is not None:
            yield clock
        else:
            yield replace(clock, share_said=_behind(after, clock, calendar, now))


def _behind(case: Case, clock: Clock, calendar: Calendar, now: datetime) -> int:
    """The highest share dealt with: told before, or behind by now; a breach is not passed over."""
    until = min(now, case.wait.since) if case.wait is not None and clock.pauses else now
    rungs = rung_times(case.promise, calendar, clock.counted_from, clock.due_at, case.clocks.pauses_of(clock))
    return max((clock.share_said, *(rung.share for rung, at in rungs if at <= until and rung.share < 100)))


def _waiting(case: Case, promise: Promise) -> Wait | None:
    """As many reminders as were sent count as sent, and the offer to close as made, however many there are now."""
    if case.wait is None:
        return None
    sent, new = case.wait.reminders, len(promise.waiting.remind_after_seconds)
    offered = sent > len(case.promise.waiting.remind_after_seconds)
    return replace(case.wait, reminders=new + 1 if offered else min(sent, new))
