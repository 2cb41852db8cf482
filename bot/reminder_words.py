"""An account's reminders in words, for who operates the bot: what each is, and what its time rests on."""

from cases.accounts import Account
from cases.add_ons import AddOnRule
from cases.dedicated import bought
from cases.meeting_says import meeting_label
from cases.policy import Program
from cases.reminders import Reminder, ReminderKind

ADD_ONS = frozenset({ReminderKind.ARRIVAL, ReminderKind.RENEWAL})


def reminder_words(account: Account, program: Program | None, reminder: Reminder) -> str:
    """`reminder of the Standard Business Review`; its kind alone where the plan is not loaded, or sells it no more."""
    plan = program.plans.get(account.plan) if program else None
    if program is None or plan is None:
        return reminder.kind.value
    if reminder.kind not in ADD_ONS:
        return f"reminder of the {meeting_label(plan, reminder.kind)}"
    rule = _rule(account, program, reminder)
    if rule is None:
        return reminder.kind.value
    return f"{rule.name} begins" if reminder.kind is ReminderKind.ARRIVAL else f"last days to ask for {rule.name} again"


def reminder_why(account: Account, program: Program, reminder: Reminder) -> str:
    """What its time rests on."""
    if reminder.kind is ReminderKind.KICKOFF:
        return "the plan has it in some weeks after the term begins, and it isn't marked as held"
    if reminder.kind not in ADD_ONS:
        return "a week before its day, counted from the one held last or the term's first day"
    rule = _rule(account, program, reminder)
    if rule is None:
        return ""
    if reminder.kind is ReminderKind.ARRIVAL:
        return f"{rule.mobilisation_days} days after its term began"
    return f"the same person has to be asked for {rule.notice_days} days before its term ends"


def _rule(account: Account, program: Program, reminder: Reminder) -> AddOnRule | None:
    kind = reminder.key.split(":")[1]
    return next((rule for add_on, rule in bought(account, program) if add_on.kind == kind), None)
