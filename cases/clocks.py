"""Rules of the clocks that a programme may add: next response, update, solution. What starts, stops and pauses each."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from cases.calendars import Calendar
from cases.case import Case
from cases.clock import Clock, Deadline, earliest
from cases.instants import utc
from cases.pausing import added, elapsed
from cases.policy import ClockKind, Rung
from cases.promise import ClockRule, Promise, rung_times
from cases.says import Say


def running(case: Case) -> tuple[Clock, ...]:
    """The clocks that run now, the response clock first."""
    own = (response_clock(case),) if case.waits_for_response else ()
    return (*own, *case.clocks.running(waits=case.wait is not None))


def paused(case: Case) -> tuple[Clock, ...]:
    """Those that rest while the case waits on the customer."""
    return case.clocks.paused(waits=case.wait is not None)


def deadline(case: Case) -> Deadline | None:
    """The case's deadline: the earliest of the clocks that run; None: none runs."""
    return earliest(running(case))


def left_seconds(case: Case, clock: Clock, calendar: Calendar) -> int | None:
    """What a paused clock keeps, in seconds of support time; None: it isn't paused."""
    if case.wait is None or clock not in paused(case):
        return None
    return calendar.elapsed(max(case.wait.since, clock.counted_from), clock.due_at)


def response_clock(case: Case) -> Clock:
    """The response clock as a value like the others."""
    return Clock(
        ClockKind.RESPONSE,
        case.clock,
        case.started_at,
        case.counted_from,
        case.promise.target_seconds,
        case.due_at,
        pauses=False,
        share_said=case.share_said,
        repeats_said=case.repeats_said,
        repeated_at=case.repeated_at,
        breached_at=case.breached_at if case.breached_now else None,
    )


def with_clock(case: Case, clock: Clock) -> Case:
    """The case with this clock in the place of the one of its kind."""
    if clock.kind is not ClockKind.RESPONSE:
        each = tuple(clock if held.kind is clock.kind else held for held in case.clocks.each)
        return replace(case, clocks=replace(case.clocks, each=each))
    return replace(
        case,
        share_said=clock.share_said,
        repeats_said=clock.repeats_said,
        repeated_at=clock.repeated_at,
        breached_at=clock.breached_at or case.breached_at,
    )


def rungs_of(case: Case, clock: Clock, calendar: Calendar) -> tuple[tuple[Rung, datetime], ...]:
    """When each rung of this clock falls: of its own time, pauses left out."""
    pauses = case.clocks.pauses_of(clock)
    return rung_times(case.promise, calendar, clock.counted_from, clock.due_at, pauses)


def wound(case: Case, calendar: Calendar) -> Case:
    """The case with its clocks as the facts require: begun, ended, put off by a pause. Wound again, it is the same."""
    if not case.promise.clocks and not case.clocks.each:
        return case
    asked = {rule.kind: rule for rule in case.promise.clocks}
    each = (_wound(case, kind, asked.get(kind), calendar) for kind in ClockKind)
    return replace(case, clocks=replace(case.clocks, each=tuple(clock for clock in each if clock is not None)))


def replanned(case: Case, promise: Promise, calendar: Calendar, raised: bool, now: datetime) -> Case:
    """The case's clocks under another priority's promise; `calendar` is that one's.

    As for the response clock: raised, a clock ends at the earlier of its old deadline and the new target from now;
    lowered, at the new target from its start. A breach stays on record, and rungs behind count as said.
    """
    if not promise.clocks and not case.clocks.each:
        return case
    new = {clock.kind: clock for clock in _replanned(case, promise, calendar, raised, now)}
    kept = (new.get(kind) or case.clocks.of(kind) for kind in ClockKind)
    return replace(case, clocks=replace(case.clocks, each=tuple(clock for clock in kept if clock is not None)))


def is_past(case: Case, alarm: Say) -> bool:
    """A rung of a clock that has begun anew twice since: it was shown as settled when that one ended."""
    kind, number = alarm.body.get("clock"), alarm.body.get("number")
    held = case.clocks.of(ClockKind(kind)) if isinstance(kind, str) else None
    return held is not None and isinstance(number, int) and number < held.number - 1


def _since(case: Case, kind: ClockKind) -> datetime | None:
    """What has such a clock run; None: nothing has."""
    if case.is_done:
        return None
    if kind is ClockKind.SOLUTION:
        return utc(case.started_at)
    if case.response is None:
        return None
    if kind is ClockKind.UPDATE:
        return max(utc(case.response.at), case.clocks.spoke_at or utc(case.response.at))
    return next(iter(case.clocks.unanswered), None) if kind is ClockKind.NEXT_RESPONSE else None


def _wound(case: Case, kind: ClockKind, rule: ClockRule | None, calendar: Calendar) -> Clock | None:
    held, since = case.clocks.of(kind), _since(case, kind)
    if rule is None or since is None:
        return replace(held, ended=True) if held else None
    if held is None or held.ended or since > held.since:
        clock = _begun(held, rule, since)
    elif since < held.since:
        # An earlier message that came late: the same clock, counted from there.
        counted_from = since if held.counted_from == held.since else held.counted_from
        clock = replace(held, since=since, counted_from=counted_from)
    else:
        clock = held
    pauses = case.clocks.pauses_of(clock)
    return replace(clock, due_at=added(calendar, clock.counted_from, clock.allowed_seconds, pauses))


def _begun(held: Clock | None, rule: ClockRule, since: datetime) -> Clock:
    number = held.number + 1 if held else 1
    return Clock(rule.kind, number, since, since, rule.seconds, since, rule.pauses)


def _replanned(case: Case, promise: Promise, calendar: Calendar, raised: bool, now: datetime) -> Iterator[Clock]:
    for rule in promise.clocks:
        since = _since(case, rule.kind)
        if since is None:
            continue
        held = case.clocks.of(rule.kind)
        begun = _begun(held, rule, since)
        before = held if held and not held.ended else None
        if raised:
            begun = _raised(case, before, begun, calendar, now)
        pauses = case.clocks.pauses_of(begun)
        due_at = added(calendar, begun.counted_from, begun.allowed_seconds, pauses)
        yield _behind(case, before, replace(begun, due_at=due_at), promise, calendar, now)


def _raised(case: Case, before: Clock | None, new: Clock, calendar: Calendar, now: datetime) -> Clock:
    """The earlier of the two deadlines, as time allowed from now; a deadline that was over stays where it was."""
    if before is None:
        return replace(new, counted_from=now)
    left = elapsed(calendar, _stopped(case, before, now), before.due_at, ())
    if left == 0:
        return replace(new, counted_from=before.due_at, allowed_seconds=0)
    return replace(new, counted_from=now, allowed_seconds=min(new.allowed_seconds, left))


def _behind(case: Case, before: Clock | None, new: Clock, promise: Promise, calendar: Calendar, now: datetime) -> Clock:
    """With what was said: the change is announced itself, and a breach that was told is not told as new."""
    until = _stopped(case, new, now)
    rungs = rung_times(promise, calendar, new.counted_from, new.due_at, case.clocks.pauses_of(new))
    behind = [rung.share for rung, at in rungs if at <= until and rung.share < 100]
    breached_at = before.breached_at if before else None
    told_already = breached_at is not None and new.due_at <= until
    return replace(
        new,
        share_said=100 if told_already else max(behind, default=0),
        repeated_at=now if told_already else None,
        breached_at=breached_at,
    )


def _stopped(case: Case, clock: Clock, now: datetime) -> datetime:
    """Up to when this clock has run."""
    return min(now, case.wait.since) if case.wait is not None and clock.pauses else now
