"""What is due for accounts: reminders that are about no case."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.reminder_words import reminder_why, reminder_words
from cases.accounts import Account
from cases.ports import Policies, UnitOfWork, UnitsOfWork
from cases.reminder_plan import behind
from cases.reminders import Reminder
from cases.reminding import says_of
from cases.says import Say
from workspace.due import DueLine
from workspace.due_team import Team
from workspace.due_words import tells


def account_lines(units: UnitsOfWork, policies: Policies, team: Team, now: datetime) -> list[DueLine]:
    """What the reminders of all accounts lead to. One in whose place a later one will be told has no line.

    Raises:
        StorageUnavailable: the database can't be read.
    """
    with units() as uow:
        return list(_lines(uow, policies, team, now))


def _lines(uow: UnitOfWork, policies: Policies, team: Team, now: datetime) -> Iterator[DueLine]:
    pending = uow.reminders.all()
    for id, reminder in pending:
        account = uow.accounts.get(id)
        others = {each.key for of, each in pending if of == id} - {reminder.key}
        says = _foreseen(uow, account, policies, reminder, others, team, now)
        if says:
            program = policies[account.program]
            what = f"{account.name}: {reminder_words(account, program, reminder)}"
            why = reminder_why(account, program, reminder)
            yield DueLine(None, "", "", "", "", "", reminder.due_at, what, why, tells(says, team))


def _foreseen(
    uow: UnitOfWork,
    account: Account,
    policies: Policies,
    reminder: Reminder,
    others: set[str],
    team: Team,
    now: datetime,
) -> Sequence[Say]:
    at = max(reminder.due_at, now)
    passed = behind(account, policies, uow.accounts.history(account.id), reminder.series, at)
    if not passed or passed[-1].key in others:
        return ()
    return says_of(account, policies[account.program], passed[-1], team.places, at)
