"""The promise stamped on a case: what its policy said when it opened or was reprioritised, whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.accounts import Account
from cases.calendars import Calendar
from cases.contacts import Contact, ways
from cases.hours import CalendarSpec
from cases.pausing import added, elapsed
from cases.policy import (
    RESOLVED,
    USUAL_CLOSING,
    USUAL_WAITING,
    ClockKind,
    ClosingRule,
    CommitmentRule,
    Ladder,
    LeaseRule,
    Program,
    Region,
    Rung,
    SolutionKind,
    WaitingRule,
)


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A clock beside the response clock."""

    kind: ClockKind
    target: str
    """As the policy writes it: `4h`, `5d`."""
    seconds: int
    """Support time allowed."""
    pauses: bool
    """While the case waits on the customer."""


@dataclass(frozen=True, slots=True)
class Promise:
    """Program, version and the target in force. Editing a YAML file never changes it."""

    program: str
    program_name: str
    version: str
    plan: str
    plan_name: str
    product: str
    product_name: str
    priority: int | None
    label: str
    """`Priority 1`, `Severity 2 (High)`; for a program without priorities, the kind of request."""
    meaning: str
    target: str
    """As the policy writes it: `1h`, `1d`."""
    target_seconds: int
    """Support time allowed."""
    calendar: CalendarSpec
    """Placed in its zone."""
    ladder: Ladder
    commitment: CommitmentRule | None = None
    """Only on a priority that carries one."""
    resolution: str | None = None
    solutions: tuple[SolutionKind, ...] = (RESOLVED,)
    closing: ClosingRule = USUAL_CLOSING
    waiting: WaitingRule = USUAL_WAITING
    lease: LeaseRule | None = None
    contacts: tuple[Contact, ...] = ()
    """Ways to reach support beside the channel."""
    team: tuple[Region, ...] = ()
    """The plan's designated team, by region."""
    success_manager: str | None = None
    """Title of the plan's success manager; None: it has none."""
    clocks: tuple[ClockRule, ...] = ()
    """Beside the response clock."""
    listens: bool = False
    """Some target of the plan has such clocks, so who wrote when is remembered, whatever the priority is."""


def promise_for(
    program: Program,
    account: Account,
    product: str,
    priority: int | None,
    kind: str | None = None,
) -> Promise:
    """What this account's plan promises for this product and priority.

    Raises:
        KeyError: the program has no such plan, product, priority or kind of request.
    """
    plan = program.plans[account.plan]
    of_product = program.products[product]
    target = plan.targets[priority]
    calendar = calendar_for(program.calendars[target.calendar], account)
    solutions: tuple[SolutionKind, ...] = (RESOLVED,)
    lease: LeaseRule | None = None
    if priority is not None:
        described = of_product.priority(priority)
        solutions, lease = described.solutions, described.lease
        label, meaning = described.label, described.meaning
    elif kind is not None:
        label, meaning = of_product.kind(kind).label, of_product.kind(kind).meaning
    else:
        label, meaning = of_product.name, ""
    rule = plan.commitment
    return Promise(
        program=program.id,
        program_name=program.name,
        version=program.version,
        plan=plan.id,
        plan_name=plan.name,
        product=of_product.id,
        product_name=of_product.name,
        priority=priority,
        label=label,
        meaning=meaning,
        target=str(target.within),
        target_seconds=target.within.seconds(calendar),
        calendar=calendar,
        ladder=program.ladder,
        commitment=rule if rule and priority in rule.priorities else None,
        resolution=program.resolution,
        solutions=solutions,
        closing=program.closing,
        waiting=program.waiting,
        lease=lease,
        contacts=tuple(ways(plan.contacts, program.contacts, account.contact_methods)),
        team=plan.team,
        success_manager=plan.success.title if plan.success else None,
        clocks=tuple(
            ClockRule(clock.kind, str(clock.within), clock.within.seconds(calendar), clock.pauses)
            for clock in target.clocks
        ),
        listens=any(each.clocks for each in plan.targets.values()),
    )


def calendar_for(spec: CalendarSpec, account: Account) -> CalendarSpec:
    """The plan's calendar as it runs for one account: its own business hours where they apply, in its zone.

    Source: design, "Okta Basic's Business Support hours" and "Auth0 Enterprise, severity 2–4".
    """
    if spec.by_account and account.business_hours is not None:
        spec = account.business_hours
    return spec.placed(account.timezone)


def rung_times(
    promise: Promise,
    calendar: Calendar,
    counted_from: datetime,
    due_at: datetime,
    pauses: Sequence[tuple[datetime, datetime]] = (),
) -> tuple[tuple[Rung, datetime], ...]:
    """When each rung falls, by rising share; the breach falls at `due_at` itself.

    A rung less than a minute before the next one kept is left out: two alarms in one minute are noise, and the
    higher one says more.
    """
    allowed = elapsed(calendar, counted_from, due_at, pauses)
    kept: list[tuple[Rung, datetime]] = []
    for rung in sorted(promise.ladder.rungs, key=lambda rung: rung.share, reverse=True):
        at = due_at if rung.share >= 100 else added(calendar, counted_from, allowed * rung.share // 100, pauses)
        if not kept or kept[-1][1] - at >= timedelta(minutes=1):
            kept.append((rung, at))
    return tuple(reversed(kept))
