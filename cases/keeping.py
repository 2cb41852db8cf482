"""Keeping accounts: stored together with the reminders that they require."""

from collections.abc import Iterable

from cases.accounts import Account
from cases.ports import Policies, UnitOfWork
from cases.reminder_plan import planned_reminders
from cases.reminders import AccountEntry
from cases.says import Say


def keep(uow: UnitOfWork, account: Account, policies: Policies) -> Account:
    """Insert the account or replace the one of its name; its reminders are planned anew. The same with its id."""
    stored = uow.accounts.put(account)
    replan(uow, stored, policies)
    return stored


def happened(
    uow: UnitOfWork, account: Account, policies: Policies, entries: Iterable[AccountEntry], says: Iterable[Say] = ()
) -> None:
    """Write down what happened with an account that is held, and what must be said of it; plan its reminders anew."""
    uow.accounts.remember(account.id, entries)
    for say in says:
        uow.outbox.add(say)
    replan(uow, account, policies)


def replan(uow: UnitOfWork, account: Account, policies: Policies) -> None:
    """Make the account's pending reminders those that it requires. The account is held, so that it's one at a time."""
    uow.reminders.replace(account.id, planned_reminders(account, policies, uow.accounts.history(account.id)))
