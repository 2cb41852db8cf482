"""The rungs of the ladder as messages: ahead of the deadline, at the breach, and after it until a person answers."""

from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from cases.case import Case
from cases.instants import iso
from cases.messages import Drawn
from cases.policy import ClockKind
from cases.says import Body
from handlers import clock_alarms, facts, ids, regions
from handlers.bodies import count, instant, text_of
from handlers.kit import actions, button, context, drawn, section
from handlers.text import escape, inline, mention
from handlers.times import date, exactly, left, plain_date

LATE_FROM_SECONDS = 60
"""Later than this, a message says that it comes late."""


def escalation(case: Case, body: Body, on_call: str, now: datetime) -> Drawn:
    """One rung, as the case stands now: once somebody has answered, it says so and asks for nothing more.

    `on_call` mentions the on-call group; `body` as listed at `SayKind.ESCALATION`.
    """
    of_response = clock_alarms.clock_of(body) is ClockKind.RESPONSE
    over = settled(case, body) if of_response else clock_alarms.settled(case, body)
    head = f"{share(case, body)}: {facts.heading(case)}"
    if over:
        return drawn(
            f"{case.reference} {inline(case.title)}: {over}",
            [section(f"~{share(case, body)}~ {facts.heading(case)}"), section(over)],
        )
    due = f"Answer due {facts.due(case, now)}" if of_response else clock_alarms.due_line(body, now)
    calls = f"{on_call} " if body.get("mention") and on_call and text_of(body, "audience") == "triage" else ""
    blocks: list[Block] = [
        section(f"{icon(body)} {calls}{head}"),
        section(
            f"{facts.priority(case)} · {facts.contract(case)}",
            f"{due} · assignee: {facts.assignee(case)}",
            facts.reachable(case),
            regions.asked(body) if calls else "",
        ),
    ]
    if _late(body):
        blocks.append(context(f"Told late: its time was {date(instant(body, 'fell_at'))}."))
    if text_of(body, "audience") == "success-manager":
        blocks.append(
            context(f"You are told because you look after {inline(case.account_name, 80)}: <#{case.channel}>.")
        )
    else:
        blocks.append(actions(*(_buttons(case) if of_response else clock_alarms.buttons(case, body))))
    return drawn(_fallback(case, body, calls, now), blocks)


def settled(case: Case, body: Body) -> str:
    """Why this rung asks nothing of anyone any more; empty while it does. mrkdwn."""
    if case.is_done:
        return facts.ended(case)
    if case.reopened and instant(body, "fell_at") < case.started_at:
        return f"🔁 Solved and reopened in the meantime, answer due {date(case.due_at)}."
    if case.assignee is not None:
        return f"👀 Claimed in the meantime: {mention(case.assignee.user)} is on it."
    if case.response is not None:
        return f"💬 Answered in the meantime by {mention(case.response.person.user)}, {date(case.response.at)}."
    if text_of(body, "due_at") != iso(case.due_at):
        return f"Changed in the meantime to {facts.priority(case)}, answer due {date(case.due_at)}."
    return ""


def share(case: Case, body: Body) -> str:
    """How far the time has gone; mrkdwn."""
    percent, repeat = count(body, "share"), count(body, "repeat")
    if clock_alarms.clock_of(body) is not ClockKind.RESPONSE:
        return clock_alarms.share(body)
    if repeat:
        return f"*Still nobody has answered* (told {repeat + 1} times)"
    if percent >= 100:
        return "*The time promised is over, and nobody has answered*"
    words = {50: "Half", 75: "Three quarters"}.get(percent, f"{percent} %")
    return f"*{words} of the time allowed {'have' if percent == 75 else 'has'} passed*"


def icon(body: Body) -> str:
    """How bad it is, at a glance."""
    percent = count(body, "share")
    return "🔴" if percent >= 100 else "🟠" if percent >= 75 else "🟡"


def told_late(body: Body) -> str:
    """In a digest: that it comes late, with a point before it; or empty. mrkdwn."""
    return f" · told late: its time was {date(instant(body, 'fell_at'))}" if _late(body) else ""


def _late(body: Body) -> bool:
    return count(body, "late_seconds") >= LATE_FROM_SECONDS


def _buttons(case: Case) -> list[ButtonElement]:
    value = str(case.number)
    claim = button("Claim", ids.CLAIM, value, "primary")
    if case.promise.priority is None:
        return [claim]
    return [claim, button(f"Lower or raise {facts.scale(case.promise.label).lower()}…", ids.PRIORITY, value)]


def _fallback(case: Case, body: Body, calls: str, now: datetime) -> str:
    due_at = instant(body, "due_at")
    due = f"due {plain_date(due_at)}, {left(now, due_at)}"
    late = f" Told late by {exactly(count(body, 'late_seconds'))}." if _late(body) else ""
    words = share(case, body).replace("*", "")
    asked = regions.asked_plain(body) if calls else ""
    return f"{calls}{words}: {case.reference} {inline(case.title)} · {escape(case.promise.label)} · {due}.{late}{asked}"
