"""What there is to say about a case, line by line: shared by its card, its escalations and the answers about it."""

import re
from datetime import datetime

from cases.case import Case, State
from handlers import dedicated, wait_words
from handlers.text import escape, inline, link, mention
from handlers.times import TIME, date, left

TITLE = 400
DETECTED = "Our team noticed this and opened a case for you."

MOST_LINKS = 20
"""On a card; the newest."""


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
    return dedicated.assignee(case)


def remaining(case: Case, now: datetime) -> str:
    """`*38 min left* (as of 14:02)`: a card is redrawn when something changes, so it says when it was true."""
    return f"*{left(now, case.due_at)}* (as of {date(now, TIME)})"


def due(case: Case, now: datetime) -> str:
    """The deadline of the first response, and what became of it; mrkdwn."""
    if case.response is not None:
        kept = "after the time promised" if late(case) else "in time"
        return f"answered {date(case.response.at)}, {kept}"
    if case.is_done:
        return date(case.due_at)
    return f"{date(case.due_at)} · {remaining(case, now)}"


def late(case: Case) -> bool:
    """The deadline was missed: a breach stays on record, whatever came after."""
    return case.breached_now or (case.response is not None and case.response.at > case.due_at)


def state(case: Case, now: datetime) -> str:
    """Where it stands, at a glance; mrkdwn."""
    if case.is_done:
        return _done(case)
    if case.wait is not None:
        return wait_words.state(case, case.wait)
    if case.state is State.CLAIMED:
        return "👀 in work"
    if case.response is not None:
        return f"💬 answered by {mention(case.response.person.user)}, with nobody at the moment"
    if case.overdue(now):
        return "🔴 overdue, nobody has answered"
    return "⏳ reopened, waiting for a response" if case.reopened else "⏳ waiting for a first response"


def _done(case: Case) -> str:
    solution = case.solution
    if case.state is State.OFFERED and solution:
        return f"💡 solution offered {date(solution.at)}, waiting for the customer's word"
    if case.state is State.RESOLVED and solution and solution.confirmed_by and solution.confirmed_at:
        return f"✅ resolved, confirmed by {mention(solution.confirmed_by.user)} {date(solution.confirmed_at)}"
    return f"✅ {case.state}{f' {date(case.closed_at)}' if case.closed_at else ''}"


def ended(case: Case) -> str:
    """Of a case that is done: since when nothing is owed; mrkdwn."""
    at = case.solution.at if case.solution and case.state is not State.CLOSED else case.closed_at
    what = {State.OFFERED: "💡 A solution was offered", State.CLOSED: "✅ Closed"}.get(case.state, "✅ Resolved")
    return f"{what} in the meantime{f', {date(at)}' if at else ''}."


def outcome(case: Case) -> str:
    """Of a case that is done, to its customer: how it stands, and until when they can say otherwise; mrkdwn."""
    if case.closes_at is None or case.solution is None:
        when = f" {date(case.closed_at)}" if case.closed_at else ""
        return f"✅ Closed{when}. Thank you! Should it trouble you again, please open a new case."
    if case.state is State.OFFERED:
        return (
            f"💡 We offered a solution {date(case.solution.at)}: does it help? Please press a button under it, in the "
            f"thread. Otherwise the case closes {date(case.closes_at)}."
        )
    return f"✅ Resolved: thank you for telling us! It closes {date(case.closes_at)}; until then you can reopen it."


def again(case: Case) -> str:
    """How often it was reopened; empty where it never was."""
    if not case.reopened:
        return ""
    return "🔁 reopened once" if case.reopened == 1 else f"🔁 reopened {case.reopened} times"


def stars(count: int) -> str:
    """`★★★★☆`."""
    return "★" * count + "☆" * (5 - count)


def rating(case: Case) -> str:
    """The customer's word on how it went; empty where there is none. mrkdwn."""
    if case.rating is None:
        return ""
    said = f": {inline(case.rating.line)}" if case.rating.line else ""
    return f"Rated {stars(case.rating.stars)} by {mention(case.rating.by.user)}{said}"


def wish(case: Case) -> str:
    """The priority that the customer asks for, while nobody has decided; else empty. mrkdwn."""
    if case.wish is None:
        return ""
    return f"🙋 {mention(case.wish.by.user)} asks for *{escape(case.wish.label)}*; our team decides."


def links(case: Case) -> str:
    """The cases that it belongs together with, for the team; empty without any. mrkdwn."""
    words = {"duplicate": "a duplicate of", "duplicated": "the original of", "related": "related to"}
    if not case.is_done:
        words["duplicate"] = "taken for a duplicate of"
    said = [f"{words[link.kind]} C-{link.number}" for link in case.links[-MOST_LINKS:]]
    more = len(case.links) - len(said)
    return f"🔗 It is {', '.join(said)}{f'; and {more} earlier links' if more else ''}." if said else ""


def reachable(case: Case) -> str:
    """Whom the customer named as reachable at any hour; empty without a commitment. mrkdwn."""
    commitment = case.commitment
    if commitment is None or case.is_done:
        return ""
    backup = f", backup {mention(commitment.backup.user)}" if commitment.backup else ""
    return f"Reachable at any hour: {mention(commitment.available.user)}{backup}"


def source(case: Case) -> str:
    """A link to the customer's message, where the case was opened from one; mrkdwn."""
    if case.source is None:
        return ""
    return link(case.source.permalink, "the customer's message")
