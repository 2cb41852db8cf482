"""To a dedicated engineer: a case that is theirs to begin, and that it went to everybody."""

from datetime import datetime

from slack_sdk.models.blocks import Block

from cases.assigning import Released
from cases.case import Case
from cases.messages import Drawn
from cases.says import Body
from handlers import facts, ids
from handlers.bodies import instant, text_of
from handlers.kit import actions, button, drawn, section
from handlers.text import inline, mention
from handlers.times import date

WHY = {
    Released.RUNG: "three quarters of the time allowed are over, and nobody has answered",
    Released.DAY_OVER: "your day is over",
    Released.AWAY: "you are away",
    Released.DAY_OFF: "you are off",
    Released.GONE: "your account was deactivated",
}
WHY_OF_THEM = {
    Released.RUNG: "three quarters of the time allowed are over, and they have not answered",
    Released.DAY_OVER: "their day is over",
    Released.AWAY: "they are away",
    Released.DAY_OFF: "they are off",
    Released.GONE: "their account was deactivated",
}


def assigned(case: Case, body: Body, now: datetime) -> Drawn:
    """As the case stands now; `body` as listed at `SayKind.ASSIGNED`."""
    who, head = mention(text_of(body, "who")), facts.heading(case)
    if over := _over(case, body):
        return drawn(f"{case.reference}: {over}", [section(head, over)])
    if text_of(body, "step") == "queue":
        said = _queue(body, who)
    else:
        said = f"{who}, this is yours to begin, as their {inline(text_of(body, 'title'), 100)}."
    blocks: list[Block] = [
        section(head),
        section(
            said,
            f"{facts.priority(case)} · {facts.contract(case)}",
            f"Answer due {facts.due(case, now)}",
            "" if text_of(body, "step") == "queue" else _until(body),
        ),
        actions(button("Claim", ids.CLAIM, str(case.number), "primary")),
    ]
    return drawn(f"{said} {case.reference} {inline(case.title)}", blocks)


def _queue(body: Body, who: str) -> str:
    reason = Released(text_of(body, "why"))
    if text_of(body, "where") == "direct":
        return (
            f"This is open to the whole team now: {WHY[reason]}. Nothing more is asked of you; you may still claim it."
        )
    return f"This was {who}'s to begin and is open to everybody now: {WHY_OF_THEM[reason]}."


def _until(body: Body) -> str:
    return (
        f"The clock runs until you claim it or write to the customer. At three quarters of the time, or "
        f"{date(instant(body, 'until'))}, it goes to everybody."
    )


def _over(case: Case, body: Body) -> str:
    """Why this asks nothing of anyone any more; empty while it does. mrkdwn."""
    if case.is_done:
        return facts.ended(case)
    if case.assignee is not None:
        return f"👀 {mention(case.assignee.user)} has it now."
    if text_of(body, "step") == "yours" and case.assigned is None:
        return "It went to the whole team."
    return ""
