"""What there is to say about a case, line by line: shared by its card, its escalations and the answers about it."""

import re
from datetime import datetime

from cases.case import Case, State
from handlers.text import escape, inline, link, mention
from handlers.times import TIME, date, left

TITLE = 400


def heading(case: Case) -> str:
    """`*C-12 · title*`; mrkdwn."""
    return f"*{case.reference}* · {inline(case.title, TITLE, 'no title')}"


def priority(case: Case) -> str:
    """`Priority 1`, or the kind of request; mrkdwn."""
    return f"*{escape(case.promise.label)}*"


def scale(label: str) -> str:
    """What a program calls its priorities, from the label of one: `Priority`, `Severity`."""
    named = re.match(r"([^\W\d_]+) \d", label)
    return named[1] if named else "Priority"


def choice(case: Case) -> str:
    """The recommendation, where another priority was chosen; else empty."""
    chosen = case.promise.priority
    if case.recommended is None or chosen is None or case.recommended == chosen:
        return ""
    word = scale(case.promise.label).lower()
    return f"The answers led to {word} {case.recommended}; {word} {chosen} is in force."


def contract(case: Case) -> str:
    """Account, program and plan, product; mrkdwn."""
    promise = case.promise
    product = f" · {escape(promise.product_name)}" if promise.product_name != promise.program_name else ""
    return f"{inline(case.account_name)} · {escape(promise.program_name)} {escape(promise.plan_name)}{product}"


def assignee(case: Case) -> str:
    """Who has it; mrkdwn."""
    return mention(case.assignee.user) if case.assignee else "nobody yet"


def remaining(case: Case, now: datetime) -> str:
    """`*38 min left* (as of 14:02)`: a card is redrawn when something changes, so it says when it was true."""
    return f"*{left(now, case.due_at)}* (as of {date(now, TIME)})"


def due(case: Case, now: datetime) -> str:
    """The deadline of the first response, and what became of it; mrkdwn."""
    if case.response is not None:
        kept = "after the time promised" if late(case) else "in time"
        return f"answered {date(case.response.at)}, {kept}"
    if case.state is State.RESOLVED:
        return date(case.due_at)
    return f"{date(case.due_at)} · {remaining(case, now)}"


def late(case: Case) -> bool:
    """The deadline was missed: a breach stays on record, whatever came after."""
    return case.breached_at is not None or (case.response is not None and case.response.at > case.due_at)


def state(case: Case, now: datetime) -> str:
    """Where it stands, at a glance; mrkdwn."""
    if case.state is State.RESOLVED:
        return f"✅ resolved{f' {date(case.resolved_at)}' if case.resolved_at else ''}"
    if case.state is State.CLAIMED:
        return "👀 in work"
    if case.response is not None:
        return f"💬 answered by {mention(case.response.person.user)}, with nobody at the moment"
    return "🔴 overdue, nobody has answered" if case.overdue(now) else "⏳ waiting for a first response"


def reachable(case: Case) -> str:
    """Whom the customer named as reachable at any hour; empty without a commitment. mrkdwn."""
    commitment = case.commitment
    if commitment is None or case.state is State.RESOLVED:
        return ""
    backup = f", backup {mention(commitment.backup.user)}" if commitment.backup else ""
    return f"Reachable at any hour: {mention(commitment.available.user)}{backup}"


def source(case: Case) -> str:
    """A link to the customer's message, where the case was opened from one; mrkdwn."""
    if case.source is None:
        return ""
    return link(case.source.permalink, "the customer's message")
