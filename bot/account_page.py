"""`caseclock accounts show`: one account, who looks after it, and what is due for it."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.text import Text

from bot.policy_pages import grid
from bot.policy_words import hours, wall
from bot.reminder_words import reminder_words
from cases.accounts import Account
from cases.add_ons import AddOn
from cases.instants import iso
from cases.policy import Plan, Program
from cases.reminders import Reminder


def account_page(account: Account, program: Program | None, due: Sequence[Reminder]) -> RenderableType:
    """As a person reads it; times on the account's own clock. None: its programme isn't among the policies."""
    plan = program.plans.get(account.plan) if program else None
    named = f"{program.name} {plan.name}" if program and plan else f"{account.program} {account.plan} (not loaded)"
    rows = [(label, value) for label, value in _facts(account, named) if value]
    parts: list[RenderableType] = [Text(account.name, style="bold"), grid(rows)]
    parts += [Text("\nMeetings", style="bold"), grid(_cadences(account, plan))] if plan and plan.success else []
    parts.append(Text("\nDue next", style="bold"))
    listed = [(_when(account, each), reminder_words(account, program, each)) for each in due]
    parts.append(grid(listed) if listed else Text("nothing"))
    return Group(*parts)


def due_json(account: Account, program: Program | None, due: Sequence[Reminder]) -> list[dict[str, object]]:
    """What is due, as plain values."""
    words = ((each, reminder_words(account, program, each)) for each in due)
    return [{"at": iso(each.due_at), "what": what, "key": each.key} for each, what in words]


def _facts(account: Account, plan: str) -> Iterator[tuple[str, str]]:
    yield "Plan", plan
    yield "Channels", ", ".join(account.channels)
    yield "Teams", ", ".join(account.teams)
    yield "Time zone", account.timezone
    yield "Own hours", hours(account.business_hours) if account.business_hours else ""
    yield "Contacts", ", ".join(account.contacts)
    yield "Support managers", ", ".join(account.managers)
    yield "Success manager", account.csm or ""
    yield "Technical account manager", account.tam or ""
    yield "Term from", str(account.term_starts or "")
    yield from ((f"Add-on {each.kind}", _add_on(each)) for each in account.add_ons)


def _add_on(add_on: AddOn) -> str:
    contacts = f"; contacts {', '.join(add_on.contacts)}" if add_on.contacts else ""
    off = f"{add_on.holidays} holidays" if add_on.holidays else "no public holidays set"
    return f"{add_on.person}, {add_on.region}, {add_on.share} %, {add_on.starts} to {add_on.ends}, {off}{contacts}"


def _cadences(account: Account, plan: Plan) -> Iterator[tuple[str, str]]:
    rule = plan.success
    if rule and rule.meeting:
        yield rule.meeting.label, _every(account.success_meeting_every, rule.meeting.every_months)
    if rule and rule.review:
        yield rule.review.label, _every(account.business_review_every, rule.review.every_months)


def _every(own: int | None, usual: int) -> str:
    months = own or usual
    every = "every month" if months == 1 else f"every {months} months"
    return every if own else f"{every} (the plan's)"


def _when(account: Account, reminder: Reminder) -> str:
    day = reminder.due_at.astimezone(ZoneInfo(account.timezone))
    return f"{wall(reminder.due_at, account.timezone)} {day.year}"
