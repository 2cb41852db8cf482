"""What the time of a timer rests on, for those of a case's life beside its clocks."""

from cases.case import Case
from cases.timers import Timer, TimerKind
from handlers.times import exactly, hours
from workspace.due_team import Team


def why_of_life(case: Case, timer: Timer, team: Team) -> str:
    """`24 h of support time (round the clock) since the customer was asked, without an answer`."""
    rule, lease, counted = case.promise.waiting, case.promise.lease, f"support time ({hours(case.promise.calendar)})"
    if timer.kind in {TimerKind.WAIT_REMINDER, TimerKind.OFFER_CLOSE}:
        seconds = (*rule.remind_after_seconds, rule.offer_close_after_seconds)[timer.number - 1]
        return f"{exactly(seconds)} of {counted} since the customer was asked, without an answer"
    if timer.kind is TimerKind.LEASE_ASK and lease:
        return f"{exactly(lease.ask_after_seconds)} of {counted} without a sign of work"
    if timer.kind is TimerKind.LEASE_QUEUE and lease and case.assignee:
        return f"{exactly(lease.queue_after_seconds)} of {counted} after {team.name(case.assignee.user)} was asked"
    if timer.kind is TimerKind.NOBODY:
        return f"{exactly(case.promise.ladder.repeat_seconds)} after it was told last, while nobody has it"
    if timer.kind is TimerKind.NAMING and case.promise.commitment:
        after = case.promise.commitment.managers_after_seconds
        return f"{exactly(after)} after the customer was asked, and nobody is named"
    if timer.kind is TimerKind.RELEASE and case.assigned:
        return f"the day of {team.name(case.assigned.person)} is over then, unless they have begun"
    days = case.promise.closing.confirm_within_seconds // 86_400
    return f"{days} days after the solution was offered"
