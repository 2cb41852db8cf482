"""When a success manager's meetings fall: the kickoff after the term begins, and those that come again."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from cases.accounts import Account
from cases.policy import Plan, Program
from cases.reminders import AccountEntry, Reminder, ReminderKind
from cases.success import KickoffRule
from cases.zones import zone

HELD = "held"
"""What an account's history says of a meeting that took place."""
AT = time(9)
"""On the account's wall clock."""
AHEAD = timedelta(days=7)
"""A meeting that comes again is reminded of so long before its day."""


def meeting_reminders(account: Account, program: Program, history: Sequence[AccountEntry]) -> Iterator[Reminder]:
    """All reminders of the account's meetings up to the next one that is not told yet.

    Source: Okta Support Services, "Premier Access Success Kickoff" and "Premier Plus Success Kickoff" (two to three
    weeks after the start of the term); "Customer Success Manager" names the meetings and no cadence.
    """
    rule, term = program.plans[account.plan].success, account.term_starts
    if rule is None or term is None:
        return
    if rule.kickoff:
        yield from _kickoff(rule.kickoff, term, account, history)
    if rule.meeting:
        months = account.success_meeting_every or rule.meeting.every_months
        yield _next(ReminderKind.SUCCESS_MEETING, months, term, account, history)
    if rule.review:
        months = account.business_review_every or rule.review.every_months
        yield _next(ReminderKind.BUSINESS_REVIEW, months, term, account, history)


def day_of(reminder: Reminder) -> date:
    """The day that a meeting's reminder names, on the account's calendar: of the kickoff the one on which it is told,
    of the others the one by which the meeting should be held.
    """
    _, day, *after = reminder.key.split(":")
    return date.fromisoformat(day) + timedelta(days=int(after[0]) if after else 0)


def last_kickoff_day(account: Account, plan: Plan) -> date | None:
    """By which the plan has the kickoff held; None: it has none, or nobody knows when the term began."""
    if account.term_starts is None or plan.success is None or plan.success.kickoff is None:
        return None
    return account.term_starts + timedelta(days=plan.success.kickoff.by_day)


def months_later(day: date, months: int) -> date:
    """The same day so many calendar months later, or that month's last: 31 January is followed by 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def in_the_morning(day: date, timezone: str) -> datetime:
    """09:00 of that day on a zone's wall clock; UTC."""
    return datetime.combine(day, AT, zone(timezone)).astimezone(UTC)


def _kickoff(rule: KickoffRule, term: date, account: Account, history: Sequence[AccountEntry]) -> Iterator[Reminder]:
    series = f"{ReminderKind.KICKOFF}:{term}"
    if any(entry.what == HELD and entry.about.rpartition(":")[0] == series for entry in history):
        return
    for day in (rule.from_day, rule.by_day):
        due_at = in_the_morning(term + timedelta(days=day), account.timezone)
        yield Reminder(f"{series}:{day}", ReminderKind.KICKOFF, due_at)


def _next(kind: ReminderKind, months: int, term: date, account: Account, history: Sequence[AccountEntry]) -> Reminder:
    """Counted from the day on which it was held last, or from the term's first; months each from there."""
    known = {entry.about for entry in history}
    place = zone(account.timezone)
    held = (entry.at for entry in history if entry.what == HELD and entry.about.startswith(f"{kind}:"))
    since = max([term, *(at.astimezone(place).date() for at in held)])
    days = (months_later(since, months * turn) for turn in count(1))
    day = next(each for each in days if f"{kind}:{each}" not in known)
    return Reminder(f"{kind}:{day}", kind, in_the_morning(day - AHEAD, account.timezone))
