"""A plan's add-ons, in the answer about the plan: whom the account has, and what else it could buy."""

from collections.abc import Iterator
from datetime import date, datetime

from cases.add_ons import AddOn, AddOnRule
from cases.dedicated import available_on, bought, hours_of, over_at
from cases.plan_details import PlanDetails
from handlers.text import escape, inline, mention, some
from handlers.times import hours

NAMED = 50
"""Contacts of one add-on; `/case contacts` has more."""


def add_ons(details: PlanDetails) -> Iterator[str]:
    """One line each; none where the plan sells nothing of the kind. mrkdwn."""
    theirs = bought(details.account, details.program)
    yield from (_person(details, add_on, rule) for add_on, rule in theirs)
    had = {rule.kind for _, rule in theirs}
    if more := [escape(rule.name) for rule in details.plan.add_ons if rule.kind not in had]:
        yield f"can be added: {', '.join(more)}"


def people_now(details: PlanDetails, now: datetime) -> Iterator[str]:
    """Whom the account has, one line each, without those whose term is over. mrkdwn."""
    for add_on, rule in bought(details.account, details.program):
        if now < over_at(add_on):
            yield _person(details, add_on, rule)


def _person(details: PlanDetails, add_on: AddOn, rule: AddOnRule) -> str:
    open_hours = hours(hours_of(details.program, rule, add_on))
    return f"*{escape(rule.name)}*: {_whom(add_on, rule)}, {escape(open_hours)}{_named(add_on, rule)}"


def _whom(add_on: AddOn, rule: AddOnRule) -> str:
    term = f"from {_day(available_on(add_on, rule))} to {_day(add_on.ends)}"
    return f"{mention(add_on.person)} in {inline(add_on.region, 75)}, {term}"


def _named(add_on: AddOn, rule: AddOnRule) -> str:
    if not rule.contacts:
        return ""
    people = some([*map(mention, add_on.contacts)], NAMED) or "nobody yet"
    return f"; for {len(add_on.contacts)} of {rule.contacts.get(add_on.share, 0)} named contacts: {people}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
