"""Why this time, of a clock beside the first response's: what it promises, and what it is counted from."""

from cases.clock import Clock
from cases.lookup import Explanation
from cases.policy import ClockKind
from handlers.times import target

WHAT = {
    ClockKind.NEXT_RESPONSE: "The next answer",
    ClockKind.UPDATE: "A word on how it stands",
    ClockKind.SOLUTION: "A solution",
}
WITHIN = {
    ClockKind.NEXT_RESPONSE: "an answer to what is written later within",
    ClockKind.UPDATE: "a word from us at least every",
    ClockKind.SOLUTION: "a solution within",
}
BEGAN = {
    ClockKind.NEXT_RESPONSE: "when the first message came in that has no answer yet",
    ClockKind.UPDATE: "when our team last wrote",
}


def what(explanation: Explanation) -> str:
    """What is due."""
    return WHAT[explanation.clock.kind] if explanation.clock else "A first answer"


def within(explanation: Explanation) -> str:
    """What is promised; mrkdwn. Empty: the first answer."""
    clock, promise = explanation.clock, explanation.case.promise
    if clock is None:
        return ""
    written = next((rule.target for rule in promise.clocks if rule.kind is clock.kind), "")
    return f"{WITHIN[clock.kind]} *{target(written, promise.calendar)}*"


def began(clock: Clock) -> str:
    """What started it; empty: the case itself did."""
    return BEGAN.get(clock.kind, "")


def allowed_seconds(explanation: Explanation) -> int:
    """What the promise allows, in seconds of support time."""
    clock, promise = explanation.clock, explanation.case.promise
    if clock is None:
        return promise.target_seconds
    return next((rule.seconds for rule in promise.clocks if rule.kind is clock.kind), 0)
