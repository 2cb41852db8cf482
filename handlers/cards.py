"""The case's card: warm words for the customer, one glance for the triage channel. One card a side, redrawn."""

from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, MarkdownTextObject, SectionBlock

from cases.case import Case
from cases.messages import Drawn
from handlers import clock_words, contacts, dedicated, facts, ids, regions, wait_words
from handlers.kit import actions, button, context, drawn, section
from handlers.text import escape, inline, mention, more, paragraph
from handlers.times import date, left, plain_date

DETAILS = 1500
NOTE = 2500


def customer_card(case: Case, now: datetime) -> Drawn:
    """For the customer's thread: what happens next and by when, and nothing of the team's inside."""
    blocks: list[Block] = [
        section(facts.heading(case), f"{facts.priority(case)}{_meaning(case)}"),
        section(facts.DETECTED if case.detected else "", news(case, now)),
    ]
    if case.solution:
        blocks.append(section(f"*{escape(case.solution.label)}*"))
        blocks.append(section(paragraph(case.solution.note, NOTE)))
    else:
        blocks += [context(line) for line in (facts.reachable(case), _resolution(case)) if line]
        if urgent := contacts.urgent(case):
            blocks.append(context(*urgent))
    blocks.append(context(facts.contract(case), f"Opened by {mention(case.opened_by.user)} {date(case.opened_at)}"))
    if wish := facts.wish(case):
        blocks.append(context(wish))
    if own := dedicated.for_customer(case, now):
        blocks.append(context(*own.splitlines()))
    blocks.append(actions(*customer_buttons(case)))
    return drawn(f"{case.reference} {inline(case.title)}: {_noticed_plain(case)}{_news_plain(case, now)}", blocks)


def triage_card(case: Case, now: datetime) -> Drawn:
    """For the triage channel: who, what, by when, and the buttons that move it on."""
    blocks: list[Block] = [section(facts.heading(case)), _glance(case, now)]
    blocks.append(section(paragraph(case.details, DETAILS, _rest_is_kept, "No details were given.")))
    if case.solution:
        blocks.append(section(f"*{escape(case.solution.label)}*", paragraph(case.solution.note, NOTE)))
    blocks.append(context(*_small_print(case)))
    if urgent := contacts.urgent_for_team(case):
        blocks.append(context(*urgent))
    if team := regions.designated(case, now):
        blocks.append(context(team))
    if own := dedicated.for_team(case, now):
        blocks.append(context(*own.splitlines()))
    blocks.append(actions(*triage_buttons(case)))
    return drawn(f"{case.reference} {inline(case.title)} · {_state_plain(case, now)}", blocks)


def customer_buttons(case: Case) -> list[ButtonElement]:
    """What the customer may do on their card as the case stands."""
    always = [button("Status", ids.STATUS, str(case.number)), why_button(case)]
    if case.csm and not case.is_done:
        always.append(button("Ask for my CSM", ids.CALL, str(case.number)))
    if case.is_done or case.promise.priority is None:
        return always
    ask = f"Ask for another {facts.scale(case.promise.label).lower()}"
    return [*always, button(ask, ids.ASK_PRIORITY, str(case.number))]


def triage_buttons(case: Case) -> list[ButtonElement]:
    """Those that make sense as the case stands."""
    value = str(case.number)
    reply = button("Reply to customer…", ids.REPLY, value)
    if case.is_done:
        return [reply, why_button(case)]
    buttons = [
        button("Give back", ids.GIVE_BACK, value) if case.assignee else button("Claim", ids.CLAIM, value, "primary"),
        reply,
        button("Resolve…", ids.RESOLVE, value),
    ]
    if case.wait is not None:
        buttons.append(button("Go on without an answer", ids.GO_ON, value))
    elif case.assignee is not None:
        buttons.append(button("Ask the customer…", ids.ASK, value))
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


def news(case: Case, now: datetime) -> str:
    """To the customer: who has it, what happens next and by when; mrkdwn."""
    return "\n".join([_news(case, now), *clock_words.expected(case, now)])


def _news(case: Case, now: datetime) -> str:
    if case.is_done:
        return facts.outcome(case)
    if case.wait is not None:
        return wait_words.news(case.wait)
    if case.assignee is not None:
        return f"👀 {mention(case.assignee.user)} is working on it{_answered(case)}."
    if case.response is not None:
        return f"💬 {mention(case.response.person.user)} has answered here{_answered(case)}. We stay with it."
    by = date(case.due_at)
    if case.overdue(now):
        return f"We promised an answer by {by} and are late: {facts.remaining(case, now)}. We are sorry; we keep at it."
    return f"⏳ A person from our team will answer you here by {by}: {facts.remaining(case, now)}."


def _noticed_plain(case: Case) -> str:
    return f"{facts.DETECTED} " if case.detected else ""


def _answered(case: Case) -> str:
    if case.response is None:
        return ""
    sorry = ", later than we promised, and we are sorry" if facts.late(case) else ""
    return f", since {date(case.response.at)}{sorry}"


def _news_plain(case: Case, now: datetime) -> str:
    if case.is_done:
        return f"it {case.how_done}."
    if case.wait is not None:
        return "we need something from you to go on."
    if case.response is not None:
        return f"a person from support has begun work.{clock_words.expected_plain(case)}"
    if case.overdue(now):
        return "our answer is late, and we are sorry. We keep at it."
    return f"a person will answer you by {plain_date(case.due_at)} ({left(now, case.due_at)})."


def _state_plain(case: Case, now: datetime) -> str:
    label = escape(case.promise.label)
    if case.is_done:
        return f"{label} · {case.how_done}"
    if case.wait is not None:
        return f"{label} · waiting on the customer"
    if case.response is not None:
        return f"{label} · {clock_words.next_due_plain(case, now) or 'answered'}"
    return f"{label} · due {plain_date(case.due_at)}, {left(now, case.due_at)}"


def _glance(case: Case, now: datetime) -> SectionBlock:
    fields = {
        facts.scale(case.promise.label) if case.promise.priority is not None else "Request": escape(case.promise.label),
        "State": facts.state(case, now),
        "First response": facts.due(case, now),
        **clock_words.rows(case, now),
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
        facts.wish(case),
        facts.links(case),
        "Noticed by our team; the customer had not reported it." if case.detected else "",
        facts.again(case),
        facts.rating(case),
        facts.reachable(case),
        f"{opened} · from {source}" if source else opened,
    ]


def _rest_is_kept(left_out: int) -> str:
    return f"{more(left_out)}; the case keeps them all."
