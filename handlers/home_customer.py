"""A customer's App Home: their own cases, what their plan promises, whom to call. And a kind word for strangers."""

from collections.abc import Iterator
from datetime import datetime

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View

from cases.accounts import Account
from cases.case import Case, State
from cases.contacts import TO_PEOPLE
from cases.homes import CustomerHome, Shelf, Shown
from cases.plan_details import PlanDetails
from handlers import clock_words, contacts, facts, ids, view_size
from handlers.home_parts import ACCOUNT, Reader, home, listed, reference
from handlers.kit import actions, button, context, packed, section
from handlers.plan_add_ons import people_now
from handlers.text import clip, inline, mention, some
from handlers.times import date, left, target

WORDS = {
    Shelf.YOUR_TURN: ("Waiting for a word of yours", "nothing; the rest is with us."),
    Shelf.OUR_TURN: ("With us", "no case is open."),
}
ACCOUNTS_SHOWN = 4
CHANNELS_SHOWN = 3
ASKED = 300
LABEL = 75
MOST_WAYS, FEW_WAYS = 8, 2
"""To reach us, of one account."""
ALLOWED_SHOWN = 10
"""Times; *Your plan* has them all."""


def customer_home(found: CustomerHome, reader: Reader) -> View:
    """For a person of these accounts' team; with fewer ways to reach us where all of them would be too much."""
    for ways in (MOST_WAYS, FEW_WAYS):
        view = _home(found, reader, ways)
        if view_size.fits(view):
            return view
    return _home(found, reader, 0)


def _home(found: CustomerHome, reader: Reader, ways: int) -> View:
    blocks: list[Block] = []
    for account, plan in found.plans[:ACCOUNTS_SHOWN]:
        blocks += packed(_account(account, plan, reader.now, ways))
        if plan is not None and plan.plan.ticket_reviews:
            blocks.append(actions(button("Ask for a ticket review", ids.HOME_REVIEW, str(account.id))))
    if (more := len(found.plans) - ACCOUNTS_SHOWN) > 0:
        blocks.append(context(f"… and {more} more accounts: *Your plan* in their channels tells of them."))
    for shelf in found.shelves:
        words, empty = WORDS[shelf.shelf]
        blocks += listed(shelf, words, empty, lambda shown: _line(shown, reader))
    names = some([inline(account.name, ACCOUNT) for account, _ in found.plans], ACCOUNTS_SHOWN)
    return home(reader, f"👋 *Your support cases* · {names}", found.shelves, blocks)


def stranger_home(reader: Reader) -> View:
    """For somebody whose team no account names."""
    return home(
        reader,
        "👋 *Hello!* I look after support cases: somebody asks for help in their channel, and I keep the time until a "
        "person answers. I can't tell from here which customer you belong to, so I have no cases to show you.\n"
        "In your support channel the pinned *Open a case* button works for you, and so does mentioning me.",
        (),
        (),
    )


def _account(account: Account, plan: PlanDetails | None, now: datetime, most: int) -> Iterator[str]:
    name = f"*{inline(account.name, ACCOUNT)}*"
    channels = " or ".join(f"<#{channel}>" for channel in account.channels[:CHANNELS_SHOWN])
    opening = f"*Open a case* with the pinned button in {channels}." if channels else ""
    if plan is None:
        yield f"{name} · please ask your support manager about your plan."
        yield opening
        return
    yield f"{name} · {clip(plan.program.name, LABEL)} {clip(plan.plan.name, LABEL)}: a first answer {_allowed(plan)}"
    yield opening
    where = "in your channel"
    ways = contacts.lines(plan.contacts, TO_PEOPLE, where)
    reach = [*contacts.success_manager(plan, where), *people_now(plan, now), *ways]
    if reach:
        yield "*Whom to call*, beside your channel"
        yield from (f"• {each}" for each in reach[:most])
        if len(reach) > most:
            yield f"… and {len(reach) - most} more: *Your plan*, on the pinned message, has them."


def _allowed(plan: PlanDetails) -> str:
    times = []
    for each in plan.allowed[:ALLOWED_SHOWN]:
        label = f" ({clip(each.label, LABEL)})" if each.label else ""
        times.append(f"within {target(each.within, each.calendar)}{label}")
    return ", ".join(times)


def _line(shown: Shown, reader: Reader) -> SectionBlock:
    case = shown.case
    thread = case.source.root if case.source else ""
    return section(
        reference(case, shown.card, reader, thread),
        f"{facts.priority(case)} · opened {date(case.opened_at)} by {mention(case.opened_by.user)}",
        _stands(case, reader),
        *clock_words.expected(case, reader.now),
    )


def _stands(case: Case, reader: Reader) -> str:
    """As their card tells it: nothing of the team's inside."""
    if case.state is State.OFFERED:
        return facts.outcome(case)
    if case.state is State.WAITING and case.wait is not None:
        return f"✋ We need a word from you: {inline(case.wait.asked, ASKED)}"
    if case.assignee is not None:
        return f"👀 {mention(case.assignee.user)} is working on it."
    if case.response is not None:
        return f"💬 {mention(case.response.person.user)} has answered. We stay with it."
    if case.overdue(reader.now):
        return f"We promised an answer by {date(case.due_at)} and are late. We are sorry; we keep at it."
    return f"⏳ A person answers by {date(case.due_at)}: *{left(reader.now, case.due_at)}*."
