"""Rules of a dedicated person: is there at an instant, for one account, or why not and from when on.

Source: Okta Support Services, "Dedicated Customer Success Executive" and "Mission Critical Support".
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from cases.accounts import Account
from cases.add_ons import Absence, AddOn, AddOnRule
from cases.calendars import Calendar
from cases.hours import CalendarSpec
from cases.instants import utc
from cases.policy import Program
from cases.zones import zone


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A dedicated person at an instant of their add-on's term."""

    why: Absence | None
    """None: they are there."""
    until: datetime | None
    """There: when they go. Not there: when they are back; None: not known, or not before the term ends."""


def bought(account: Account, program: Program) -> tuple[tuple[AddOn, AddOnRule], ...]:
    """The account's add-ons with what its plan says of them; those that the plan doesn't sell are left out."""
    rules = {rule.kind: rule for rule in program.plans[account.plan].add_ons}
    return tuple((add_on, rules[add_on.kind]) for add_on in account.add_ons if add_on.kind in rules)


def hours_of(program: Program, rule: AddOnRule, add_on: AddOn, days_off: Iterable[date] = ()) -> CalendarSpec:
    """When the person is there: weekday hours in their own zone, less public holidays and their days off."""
    spec = program.calendars[rule.calendar]
    return replace(
        spec,
        timezone=add_on.timezone,
        holidays=add_on.holidays or spec.holidays,
        closed=tuple(sorted({*spec.closed, *days_off})),
        by_account=False,
        assumed=None,
    )


def available_on(add_on: AddOn, rule: AddOnRule) -> date:
    """The first day after the mobilisation, local to the person."""
    return add_on.starts + timedelta(days=rule.mobilisation_days)


def begins(day: date, timezone: str) -> datetime:
    """A local day's first instant; UTC."""
    return datetime.combine(day, time(), zone(timezone)).astimezone(UTC)


def over_at(add_on: AddOn) -> datetime:
    """The first instant after its term; UTC."""
    return begins(add_on.ends + timedelta(days=1), add_on.timezone)


def whereabouts(
    add_on: AddOn,
    rule: AddOnRule,
    calendar: Calendar,
    now: datetime,
    *,
    away: bool = False,
    away_until: datetime | None = None,
) -> Whereabouts | None:
    """None: the term has not begun, or is over. `calendar` is that of `hours_of`; `away_until` None: nobody knows."""
    now = utc(now)
    over = over_at(add_on)
    if not begins(add_on.starts, add_on.timezone) <= now < over:
        return None
    there_from = begins(available_on(add_on, rule), add_on.timezone)
    if now < there_from:
        return Whereabouts(Absence.MOBILISING, _opening(calendar, there_from, over))
    hours = calendar.hours_at(now)
    if not hours.is_open:
        return Whereabouts(Absence.OFF, _opening(calendar, now, over))
    if away:
        return Whereabouts(Absence.AWAY, _opening(calendar, max(now, away_until), over) if away_until else None)
    return Whereabouts(None, min(hours.until or over, over))


def _opening(calendar: Calendar, at: datetime, over: datetime) -> datetime | None:
    """The first open instant from `at` on, before the term is over."""
    hours = calendar.hours_at(at)
    opens = at if hours.is_open else hours.until
    return opens if opens is not None and opens < over else None
