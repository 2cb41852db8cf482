"""A claim and its silence, as the team reads it: the question, the case back in the queue, and still nobody on it."""

from datetime import datetime

from slack_sdk.models.blocks import Block

from cases.case import Case, State
from cases.instants import iso
from cases.messages import Drawn
from cases.says import Body
from handlers import facts, ids, regions
from handlers.bodies import instant, text_of
from handlers.kit import actions, button, drawn, section
from handlers.text import inline, mention
from handlers.times import date


def lease(case: Case, body: Body, on_call: str, now: datetime) -> Drawn:
    """As the case stands now; `on_call` mentions the on-call group, `body` as listed at `SayKind.LEASE`."""
    if text_of(body, "step") == "ask":
        return _question(case, body)
    words = f"*{head(body)}*: {facts.heading(case)}"
    if ended := over(case, body):
        return drawn(f"{case.reference}: {ended}", [section(f"↩️ {words}", ended)])
    calls = f"{on_call} " if on_call else ""
    blocks: list[Block] = [
        section(f"↩️ {calls}{words}"),
        section(f"{facts.priority(case)} · {facts.contract(case)}", _why(case, body, now), regions.asked(body)),
        actions(button("Claim", ids.CLAIM, str(case.number), "primary")),
    ]
    return drawn(f"{calls}{head(body)}: {case.reference} {inline(case.title)}.{regions.asked_plain(body)}", blocks)


def _question(case: Case, body: Body) -> Drawn:
    who, value = mention(text_of(body, "who")), str(case.number)
    if not _stands(case, body) or case.assignee is None:
        over = f"Asked whether {who} is still on *{case.reference}*: {_answer(case, body)}."
        return drawn(over, [section(over)])
    asked = (
        f"{who}, are you still on *{case.reference}*? I have seen nothing of it since {_time(body, 'silent_since')}."
    )
    if body.get("away"):
        asked = f"{who}, you are away now. Do you stay on *{case.reference}* all the same?"
    back = f"Without an answer it goes back to the queue {_time(body, 'back_at')}."
    buttons = actions(button("I'm on it", ids.ON_IT, value, "primary"), button("Give back", ids.GIVE_BACK, value))
    return drawn(f"{asked} {back}", [section(asked, back), buttons])


def _answer(case: Case, body: Body) -> str:
    if case.is_done:
        return "it is done"
    if case.assignee is None:
        return "it went back to the queue"
    if case.assignee.user != text_of(body, "who"):
        return f"{mention(case.assignee.user)} has it now"
    return "it waits on the customer" if case.state is State.WAITING else "they are"


def head(body: Body) -> str:
    """What happened, in a few words."""
    return "Back in the queue" if text_of(body, "step") == "queue" else "Still nobody has it"


def _why(case: Case, body: Body, now: datetime) -> str:
    silent = f"{mention(text_of(body, 'who'))} was asked and didn't answer. " if body.get("who") else ""
    if case.response is None:
        return f"{silent}Nobody has written to the customer: answer due {facts.due(case, now)}."
    return f"{silent}The customer was answered {date(case.response.at)} and counts on someone to go on."


def over(case: Case, body: Body) -> str:
    """Why this asks nothing of anyone any more; empty while it does. mrkdwn."""
    if case.is_done:
        return facts.ended(case)
    if case.assignee is not None:
        return f"👀 {mention(case.assignee.user)} has it now."
    return "" if _stands(case, body) else "Told again since."


def _stands(case: Case, body: Body) -> bool:
    return case.asked_at is not None and iso(case.asked_at) == text_of(body, "at") and not case.is_done


def _time(body: Body, key: str) -> str:
    return date(instant(body, key))
