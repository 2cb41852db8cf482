"""An account's reminders are a pure function of the account and of what happened with it, as timers are of a case."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from cases.accounts import Account
from cases.add_on_reminders import add_on_reminders
from cases.meetings import meeting_reminders
from cases.policy import Program
from cases.ports import Policies
from cases.reminders import AccountEntry, Reminder

REMINDED = "reminded"

Planner = Callable[[Account, Program, Sequence[AccountEntry]], Iterable[Reminder]]
"""All reminders that one part of the plan requires, those told already among them; the history is oldest first.

The program has the account's plan. How they are told: `cases.reminding.TELLERS`.
"""
PLANNERS: tuple[Planner, ...] = (meeting_reminders, add_on_reminders)


def planned_reminders(account: Account, policies: Policies, history: Sequence[AccountEntry]) -> frozenset[Reminder]:
    """The reminders that this account requires now, and no others: those that were told are not among them.

    None where the account's programme, or its plan, isn't loaded.
    """
    program = policies.get(account.program)
    if program is None or account.plan not in program.plans:
        return frozenset()
    told = {entry.about for entry in history if entry.what == REMINDED}
    every = (each for planner in PLANNERS for each in planner(account, program, history))
    return frozenset(each for each in every if each.key not in told)


def behind(
    account: Account, policies: Policies, history: Sequence[AccountEntry], series: str, now: datetime
) -> tuple[Reminder, ...]:
    """All of one series that are due by now, oldest first: told one after the other they would come in a heap."""
    found: list[Reminder] = []
    while True:
        passed = [AccountEntry(now, None, REMINDED, each.key) for each in found]
        planned = planned_reminders(account, policies, (*history, *passed))
        due = [each for each in planned if each.series == series and each.due_at <= now]
        if not due:
            return tuple(sorted(found, key=lambda each: (each.due_at, each.key)))
        found += due
