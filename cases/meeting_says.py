"""What is said of an account's meetings, and to whom."""

from collections.abc import Iterator
from datetime import date, datetime

from cases.accounts import Account
from cases.change import Places
from cases.meetings import day_of, last_kickoff_day
from cases.policy import Plan, Program
from cases.reminders import Reminder, ReminderKind
from cases.says import Say, SayKind, Urgency


def meeting_says(
    account: Account, program: Program, reminder: Reminder, places: Places, now: datetime
) -> Iterator[Say]:
    """To the success manager alone; where the account has none, to the managers' channel."""
    plan = program.plans[account.plan]
    last = last_kickoff_day(account, plan)
    yield Say(
        key=meeting_key(account, reminder.key),
        kind=SayKind.MEETING,
        channel=account.csm or places.managers,
        urgency=Urgency.CHECK_IN,
        body={
            "account_id": account.id,
            "account": account.name,
            "plan": f"{program.name} {plan.name}",
            "reminder": reminder.key,
            "label": meeting_label(plan, reminder.kind),
            "day": _by(reminder, last).isoformat(),
            "last": reminder.kind is ReminderKind.KICKOFF and day_of(reminder) == last,
            "term": account.term_starts.isoformat() if account.term_starts else "",
            "manager": account.csm,
            "title": plan.success.title if plan.success else "",
            "late_seconds": int((now - reminder.due_at).total_seconds()),
        },
    )


def meeting_key(account: Account, reminder: str) -> str:
    """Key of the say of a reminder."""
    return f"account:{account.id}:{reminder}"


def meeting_label(plan: Plan, kind: ReminderKind) -> str:
    """As the plan calls the meeting: `Standard Business Review`."""
    rule = plan.success
    if rule and rule.meeting and kind is ReminderKind.SUCCESS_MEETING:
        return rule.meeting.label
    if rule and rule.review and kind is ReminderKind.BUSINESS_REVIEW:
        return rule.review.label
    return f"{plan.name} kickoff"


def _by(reminder: Reminder, last: date | None) -> date:
    return last if reminder.kind is ReminderKind.KICKOFF and last else day_of(reminder)
