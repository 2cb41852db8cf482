"""Reminders of an account's add-ons: their person is there from now on; the last days to ask for the same one again.

Source: Okta Support Services, "Dedicated Premier Plus Add-On Resources": mobilisation, and 45 days' notice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.accounts import Account
from cases.add_ons import AddOn, AddOnKind, AddOnRule
from cases.change import Places
from cases.dedicated import available_on, bought
from cases.meetings import in_the_morning
from cases.policy import Program
from cases.reminders import AccountEntry, Reminder, ReminderKind
from cases.says import Body, Say, SayKind, Urgency

ASKED = "asked"
"""What an account's history says where the same person was asked for again."""
AHEAD_DAYS = (14, 0)
"""Before the last day of the notice."""


def add_on_reminders(account: Account, program: Program, history: Sequence[AccountEntry]) -> Iterator[Reminder]:
    """All of them, at 09:00 on the account's clock; of a renewal that was asked for, none."""
    asked = {entry.about for entry in history if entry.what == ASKED}
    for add_on, rule in bought(account, program):
        arrives = available_on(add_on, rule)
        if arrives <= add_on.ends:
            at = in_the_morning(arrives, account.timezone)
            yield Reminder(f"{ReminderKind.ARRIVAL}:{_id(add_on)}:{add_on.starts}", ReminderKind.ARRIVAL, at)
        renewal = renewal_of(add_on)
        for days in AHEAD_DAYS if renewal not in asked else ():
            at = in_the_morning(last_day(add_on, rule) - timedelta(days=days), account.timezone)
            yield Reminder(f"{renewal}:{days}", ReminderKind.RENEWAL, at)


def renewal_of(add_on: AddOn) -> str:
    """What an account's history calls the renewal of this add-on for another term."""
    return f"{ReminderKind.RENEWAL}:{_id(add_on)}:{add_on.ends}"


def last_day(add_on: AddOn, rule: AddOnRule) -> date:
    """The last one on which the same person can be asked for again."""
    return add_on.ends - timedelta(days=rule.notice_days)


def add_on_says(account: Account, program: Program, reminder: Reminder, places: Places, now: datetime) -> Iterator[Say]:
    """`account.channels` are those that are its own. Body: what (of `ReminderKind`), to = person | customer | team,
    account_id, account, kind, title, name, person, region, starts, ends, last_day (ISO dates), mission_critical (bool),
    renewal, late_seconds; once asked for again also asked_by, asked_at (ISO)."""
    for add_on, rule in bought(account, program):
        if _is_of(add_on, reminder):
            body = _body(account, add_on, rule, reminder, now)
            for to, channel in _hears(account, add_on, reminder, places):
                yield Say(
                    key=say_key(account, reminder.key, channel),
                    kind=SayKind.ADD_ON,
                    channel=channel,
                    urgency=Urgency.CHECK_IN,
                    body={**body, "to": to},
                )


def say_key(account: Account, reminder: str, channel: str) -> str:
    """Key of the say of a reminder to one of those who hear it."""
    return f"account:{account.id}:{reminder}:{channel}"


def team_of(account: Account, places: Places) -> tuple[str, ...]:
    """Who of the team hears of a renewal: the managers' channel, and the success manager or, without one, managers."""
    return tuple(dict.fromkeys((places.managers, *((account.csm,) if account.csm else account.managers))))


@dataclass(frozen=True, slots=True)
class Renewal:
    """What is asked for again."""

    add_on: AddOn
    rule: AddOnRule


def renewal_called(account: Account, program: Program, renewal: str) -> Renewal | None:
    """The one that this key means; None: the account has it no more."""
    return next((Renewal(a, rule) for a, rule in bought(account, program) if renewal_of(a) == renewal), None)


def _hears(account: Account, add_on: AddOn, reminder: Reminder, places: Places) -> Iterator[tuple[str, str]]:
    if reminder.kind is ReminderKind.RENEWAL:
        yield from (("team", channel) for channel in team_of(account, places))
        return
    yield "person", add_on.person
    yield from (("team", channel) for channel in account.managers or (places.managers,) if channel != add_on.person)
    yield from (("customer", channel) for channel in account.channels[:1])


def _is_of(add_on: AddOn, reminder: Reminder) -> bool:
    hangs_on = add_on.starts if reminder.kind is ReminderKind.ARRIVAL else add_on.ends
    return reminder.key.startswith(f"{reminder.kind}:{_id(add_on)}:{hangs_on}")


def _body(account: Account, add_on: AddOn, rule: AddOnRule, reminder: Reminder, now: datetime) -> Body:
    return {
        "what": reminder.kind.value,
        "account_id": account.id,
        "account": account.name,
        "title": rule.title,
        "name": rule.name,
        "person": add_on.person,
        "region": add_on.region,
        "ends": add_on.ends.isoformat(),
        "last_day": last_day(add_on, rule).isoformat(),
        "mission_critical": add_on.kind is AddOnKind.MISSION_CRITICAL,
        "renewal": renewal_of(add_on),
        "late_seconds": int((now - reminder.due_at).total_seconds()),
    }


def _id(add_on: AddOn) -> str:
    return f"{add_on.kind}:{add_on.person}"
