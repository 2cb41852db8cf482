"""The case's card: warm words for the customer, one glance for the triage channel. One card a side, redrawn."""

from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, MarkdownTextObject, SectionBlock

from cases.case import Case, State
from cases.messages import Drawn
from handlers import facts, ids
from handlers.kit import actions, button, context, drawn, section
from handlers.text import escape, inline, mention, more, paragraph
from handlers.times import date, left, plain_date

DETAILS = 1500
NOTE = 2500


def customer_card(case: Case, now: datetime) -> Drawn:
    """For the customer's thread: what happens next and by when, and nothing of the team's inside."""
    blocks: list[Block] = [
        section(facts.heading(case), f"{facts.priority(case)}{_meaning(case)}"),
        section(_news(case, now)),
    ]
    if case.state is State.RESOLVED and case.resolution_note:
        blocks.append(section(paragraph(case.resolution_note, NOTE)))
    else:
        blocks += [context(line) for line in (facts.reachable(case), _resolution(case)) if line]
    blocks.append(context(facts.contract(case), f"Opened by {mention(case.opened_by.user)} {date(case.opened_at)}"))
    blocks.append(actions(why_button(case)))
    return drawn(f"{case.reference} {inline(case.title)}: {_news_plain(case, now)}", blocks)


def triage_card(case: Case, now: datetime) -> Drawn:
    """For the triage channel: who, what, by when, and the buttons that move it on."""
    blocks: list[Block] = [section(facts.heading(case)), _glance(case, now)]
    blocks.append(section(paragraph(case.details, DETAILS, _rest_is_kept, "No details were given.")))
    if case.state is State.RESOLVED and case.resolution_note:
        blocks.append(section("*How it was resolved*", paragraph(case.resolution_note, NOTE)))
    blocks.append(context(*_small_print(case)))
    blocks.append(actions(*triage_buttons(case)))
    return drawn(f"{case.reference} {inline(case.title)} · {_state_plain(case, now)}", blocks)


def triage_buttons(case: Case) -> list[ButtonElement]:
    """Those that make sense as the case stands."""
    value = str(case.number)
    if case.state is State.RESOLVED:
        return [why_button(case)]
    buttons = [
        button("Give back", ids.GIVE_BACK, value) if case.assignee else button("Claim", ids.CLAIM, value, "primary"),
        button("Resolve…", ids.RESOLVE, value),
    ]
    if case.promise.priority is not None:
        buttons.append(button(f"Change {facts.scale(case.promise.label).lower()}…", ids.PRIORITY, value))
    return [*buttons, why_button(case)]


def why_button(case: Case) -> ButtonElement:
    """The explanation of the deadline, in private."""
    return button("Why this time?", ids.WHY, str(case.number))


def _meaning(case: Case) -> str:
    return f": {paragraph(case.promise.meaning, 800)}" if case.promise.meaning else ""


def _resolution(case: Case) -> str:
    return paragraph(case.promise.resolution, 800) if case.promise.resolution else ""


def _news(case: Case, now: datetime) -> str:
    if case.state is State.RESOLVED:
        return f"✅ Resolved {date(case.resolved_at or now)}. Thank you for your patience."
    if case.assignee is not None:
        return f"👀 {mention(case.assignee.user)} is working on it{_answered(case)}."
    if case.response is not None:
        return f"💬 {mention(case.response.person.user)} has answered here{_answered(case)}. We stay with it."
    by = date(case.due_at)
    if case.overdue(now):
        return f"We promised an answer by {by} and are late: {facts.remaining(case, now)}. We are sorry; we keep at it."
    return f"⏳ A person from our team will answer you here by {by}: {facts.remaining(case, now)}."


def _answered(case: Case) -> str:
    if case.response is None:
        return ""
    sorry = ", later than we promised, and we are sorry" if facts.late(case) else ""
    return f", since {date(case.response.at)}{sorry}"


def _news_plain(case: Case, now: datetime) -> str:
    if case.state is State.RESOLVED:
        return "resolved."
    if case.response is not None:
        return "a person from support has begun work."
    if case.overdue(now):
        return "our answer is late, and we are sorry. We keep at it."
    return f"a person will answer you by {plain_date(case.due_at)} ({left(now, case.due_at)})."


def _state_plain(case: Case, now: datetime) -> str:
    label = escape(case.promise.label)
    if case.state is State.RESOLVED:
        return f"{label} · resolved"
    if case.response is not None:
        return f"{label} · answered"
    return f"{label} · due {plain_date(case.due_at)}, {left(now, case.due_at)}"


def _glance(case: Case, now: datetime) -> SectionBlock:
    fields = {
        facts.scale(case.promise.label) if case.promise.priority is not None else "Request": escape(case.promise.label),
        "State": facts.state(case, now),
        "First response": facts.due(case, now),
        "Assignee": facts.assignee(case),
        "Account": facts.contract(case),
        "Tenant": inline(case.tenant) if case.tenant else "",
    }
    shown = [MarkdownTextObject(text=f"*{name}*\n{value}", verbatim=True) for name, value in fields.items() if value]
    return SectionBlock(fields=shown)


def _small_print(case: Case) -> list[str]:
    opened = f"Opened by {mention(case.opened_by.user)} {date(case.opened_at)} in <#{case.channel}>"
    source = facts.source(case)
    return [
        paragraph(case.promise.meaning, 600, empty=""),
        facts.choice(case),
        facts.reachable(case),
        f"{opened} · from {source}" if source else opened,
    ]


def _rest_is_kept(left_out: int) -> str:
    return f"{more(left_out)}; the case keeps them all."
