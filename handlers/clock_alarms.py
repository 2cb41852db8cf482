"""What a rung of a clock beside the first response's says: which clock, and why it asks nothing of anyone any more."""

from datetime import datetime

from slack_sdk.models.blocks import ButtonElement

from cases.case import Case
from cases.clocks import paused
from cases.policy import ClockKind
from cases.says import Body
from handlers import facts, ids
from handlers.bodies import count, instant, text_of
from handlers.clock_words import NAMES, due
from handlers.kit import button
from handlers.times import date

OVER = {
    ClockKind.NEXT_RESPONSE: "The time for the next response is over, and nobody has answered",
    ClockKind.UPDATE: "The time for an update is over, and nobody has written",
    ClockKind.SOLUTION: "The time for a solution is over, and none is offered",
}
STILL = {
    ClockKind.NEXT_RESPONSE: "Still nobody has answered what the customer wrote",
    ClockKind.UPDATE: "Still no update for the customer",
    ClockKind.SOLUTION: "Still no solution",
}


def clock_of(body: Body) -> ClockKind:
    """Which clock a rung is of; one said before there were others is the response clock's."""
    return ClockKind(text_of(body, "clock") or ClockKind.RESPONSE)


def share(body: Body) -> str:
    """How far the time has gone; mrkdwn."""
    kind, repeat = clock_of(body), count(body, "repeat")
    if repeat:
        return f"*{STILL[kind]}* (told {repeat + 1} times)"
    if count(body, "share") >= 100:
        return f"*{OVER[kind]}*"
    words = {50: "half", 75: "three quarters"}.get(count(body, "share"), f"{count(body, 'share')} %")
    return f"*{NAMES[kind]}: {words} of the time allowed {'have' if words.startswith('three') else 'has'} passed*"


def settled(case: Case, body: Body) -> str:
    """Why it asks nothing any more; empty while it does. mrkdwn."""
    if case.is_done:
        return facts.ended(case)
    if case.reopened and instant(body, "fell_at") < case.started_at:
        return f"🔁 Solved and reopened in the meantime, answer due {date(case.due_at)}."
    kind = clock_of(body)
    clock = case.clocks.of(kind)
    if case.response is None and kind is not ClockKind.SOLUTION:
        return f"↩ Given back in the meantime, a first answer is due {date(case.due_at)}."
    if clock is not None and not clock.ended and clock.number == count(body, "number"):
        return "✋ Waiting on the customer in the meantime." if clock in paused(case) else ""
    if case.clocks.spoke_at is not None and _heard(kind, instant(body, "since"), case.clocks.spoke_at):
        return f"💬 The customer heard from us in the meantime, {date(case.clocks.spoke_at)}."
    again = f", {NAMES[kind].lower()} due {date(clock.due_at)}" if clock is not None and not clock.ended else ""
    return f"Changed in the meantime to {facts.priority(case)}{again}."


def due_line(body: Body, now: datetime) -> str:
    """`Update due …`; mrkdwn."""
    return f"{NAMES[clock_of(body)]} due {due(instant(body, 'due_at'), now)}"


def buttons(case: Case, body: Body) -> list[ButtonElement]:
    """What ends the clock."""
    value = str(case.number)
    found = [] if case.assignee else [button("Claim", ids.CLAIM, value, "primary")]
    if clock_of(body) is ClockKind.SOLUTION:
        return [*found, button("Resolve…", ids.RESOLVE, value)]
    return [*found, button("Reply to customer…", ids.REPLY, value)]


def _heard(kind: ClockKind, since: datetime, spoke_at: datetime) -> bool:
    """An update's clock was itself started by a word of ours."""
    return {ClockKind.UPDATE: spoke_at > since, ClockKind.NEXT_RESPONSE: spoke_at >= since}.get(kind, False)
