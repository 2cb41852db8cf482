"""What an account's plan brings, gathered for a person who asks."""

from dataclasses import dataclass

from cases.accounts import Account
from cases.contacts import Contact, ways
from cases.hours import CalendarSpec
from cases.policy import ClockKind, Plan, Program
from cases.promise import calendar_for


@dataclass(frozen=True, slots=True)
class Allowed:
    """The time allowed for a first answer at one priority."""

    label: str
    """`Priority 1`; empty where the program knows no priorities."""
    within: str
    """As the policy writes it: `1h`, `1d`."""
    calendar: CalendarSpec
    """As it runs for this account."""
    clocks: tuple[tuple[ClockKind, str], ...] = ()
    """What is promised beside: kind, and length as the policy writes it."""


@dataclass(frozen=True, slots=True)
class PlanDetails:
    """One account's plan."""

    account: Account
    program: Program
    plan: Plan
    allowed: tuple[Allowed, ...]
    """By priority."""
    contacts: tuple[Contact, ...]
    answered: int | None = None
    """Requests that an article answered so far; None: not for this reader."""


def plan_details(program: Program, account: Account, answered: int | None = None) -> PlanDetails:
    """What this account's plan brings.

    Raises:
        KeyError: the program has no such plan.
    """
    plan = program.plans[account.plan]
    labels = {p.number: p.label for product in program.products.values() for p in product.priorities}
    allowed = tuple(
        Allowed(
            labels[number] if number is not None else "",
            str(target.within),
            calendar_for(program.calendars[target.calendar], account),
            tuple((clock.kind, str(clock.within)) for clock in target.clocks),
        )
        for number, target in plan.targets.items()
    )
    contacts = tuple(ways(plan.contacts, program.contacts, account.contact_methods))
    return PlanDetails(account, program, plan, allowed, contacts, answered)
