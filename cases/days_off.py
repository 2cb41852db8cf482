"""Rules of a dedicated person's days off: which days count, and how many administrative ones a term has.

Source: Okta Support Services, "Non-Attendance Days": seven administrative days in a term of 12 months, pro rata in
another one; public holidays and leave beside them.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cases.add_ons import AddOn, AddOnRule, DayOff, DayOffKind
from cases.calendars import Calendar
from cases.dedicated import begins

MOST_AT_ONCE = 366
"""Days in one go."""


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of an add-on's term that administrative days are counted in: 12 months, or what is left at its end."""

    starts: date
    ends: date
    """The last day."""
    administrative_days: int


def terms(add_on: AddOn, rule: AddOnRule) -> Iterator[Term]:
    """In order. A piece shorter than 12 months has its share of the days, rounded down: presence was promised."""
    starts = add_on.starts
    while starts <= add_on.ends:
        following = _year_later(starts)
        ends = min(following - timedelta(days=1), add_on.ends)
        share = ((ends - starts).days + 1) * rule.administrative_days // (following - starts).days
        yield Term(starts, ends, share)
        starts = following


def term_of(add_on: AddOn, rule: AddOnRule, day: date) -> Term | None:
    """The piece that this day lies in; None: outside the term."""
    return next((term for term in terms(add_on, rule) if term.starts <= day <= term.ends), None)


def is_business_day(calendar: Calendar, timezone: str, day: date) -> bool:
    """The person would be there on it: only such days count. `calendar` knows no days off."""
    return calendar.elapsed(begins(day, timezone), begins(day + timedelta(days=1), timezone)) > 0


def used(term: Term, days: Iterable[DayOff], business: Collection[date]) -> int:
    """Administrative days taken in a piece of a term; `business` are those that count."""
    return sum(
        each.kind is DayOffKind.ADMINISTRATIVE and term.starts <= each.day <= term.ends and each.day in business
        for each in days
    )


def _year_later(day: date) -> date:
    """29 February is followed by 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
