"""A solution in the customer's thread, as it stands now; and a case that came back, in the triage channel."""

from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from cases.case import Case, State
from cases.messages import Drawn
from cases.says import Body
from handlers import facts, ids
from handlers.bodies import count, text_of
from handlers.kit import actions, button, context, drawn, section
from handlers.text import escape, inline, mention, paragraph
from handlers.times import date, left, plain_date

NOTE = 2500
REASON = 2500


def solution(case: Case, body: Body) -> Drawn:
    """What support offers; with the customer's buttons for as long as their word is asked for."""
    label = escape(text_of(body, "label"))
    blocks: list[Block] = [
        section(f"💡 {mention(text_of(body, 'who'))} offers a solution for {facts.heading(case)}", f"*{label}*"),
        section(paragraph(text_of(body, "text"), NOTE)),
    ]
    if count(body, "offer") != case.reopened + 1 or case.closes_at is None:
        over = _over(case, body)
        return drawn(f"{case.reference}: {over}", [*blocks, section(over)])
    asked = _asked(case, case.closes_at)
    blocks += [section(asked), actions(*_buttons(case)), context(_until(case, case.closes_at))]
    return drawn(f"{case.reference}: {label}. {asked}", blocks)


def back_in_queue(case: Case, body: Body, now: datetime) -> Drawn:
    """The customer reopened it: what is still wrong, who had it before, and by when a person answers."""
    head = f"🔁 {facts.heading(case)} is back in the queue: {mention(text_of(body, 'who'))} reopened it."
    if settled := _settled(case, body):
        return drawn(f"{case.reference} {inline(case.title)}: {settled}", [section(head), section(settled)])
    before = mention(text_of(body, "before"))
    blocks: list[Block] = [
        section(head, f"{facts.priority(case)} · {facts.contract(case)} · answer due {facts.due(case, now)}"),
        section(paragraph(text_of(body, "text"), REASON)),
        section(f"{before}, you had it before: can you go on with it? Anybody else is welcome to take it."),
        actions(button("Claim", ids.CLAIM, str(case.number), "primary")),
    ]
    due = f"due {plain_date(case.due_at)}, {left(now, case.due_at)}"
    return drawn(f"{case.reference} {inline(case.title)} was reopened: {due}. {before} had it before.", blocks)


def _asked(case: Case, closes_at: datetime) -> str:
    solution = case.solution
    if case.state is State.OFFERED or solution is None or solution.confirmed_by is None:
        silent = "nobody presses either" if solution and solution.heard_at else "we don't hear from you"
        return f"Does that help? If {silent}, the case closes by itself {date(closes_at)}."
    confirmed = f"✅ {mention(solution.confirmed_by.user)} says that this helps. We are glad!"
    return f"{confirmed} You rated it {facts.stars(case.rating.stars)}: thank you." if case.rating else confirmed


def _until(case: Case, closes_at: datetime) -> str:
    if case.state is State.OFFERED:
        return "Reopen it if it isn't solved: the team takes it up again."
    return f"It closes {date(closes_at)}. Until then you can reopen it."


def _buttons(case: Case) -> list[ButtonElement]:
    value = str(case.number)
    again = button("Reopen…", ids.REOPEN, value)
    if case.state is State.OFFERED:
        return [button("That helps", ids.HELPS, value, "primary"), again]
    return [button("Rate again…" if case.rating else "Rate our help…", ids.RATE, value), again]


def _over(case: Case, body: Body) -> str:
    """What became of a solution that nobody is asked about any more. mrkdwn."""
    if count(body, "offer") != case.reopened + 1:
        return "This one didn't help yet: the case was reopened, and went on."
    when = f" {date(case.closed_at)}" if case.closed_at else ""
    return f"✅ The case is closed{when}. If it troubles you again, please open a new one: we start on it afresh."


def _settled(case: Case, body: Body) -> str:
    """Why nobody needs to take it up any more; empty while somebody does. mrkdwn."""
    if case.is_done:
        return f"It {case.how_done} again."
    if case.reopened != count(body, "time"):
        return "It was solved and reopened once more since."
    if case.assignee is not None:
        return f"👀 {mention(case.assignee.user)} has taken it up."
    if case.response is not None:
        return f"💬 {mention(case.response.person.user)} has answered, {date(case.response.at)}."
    return ""
