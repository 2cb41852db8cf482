"""What time does to accounts: due reminders are told, one transaction each."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from cases.accounts import Account
from cases.errors import FiringFailed
from cases.keeping import happened, replan
from cases.ports import UnitOfWork
from cases.reminder_plan import REMINDED, planned_reminders
from cases.reminders import AccountEntry, Reminder
from cases.room import Room
from cases.says import Say
from cases.timekeeping import RETRY_AFTER_SECONDS


class Reminding:
    """The tick's side of accounts."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def replan(self) -> None:
        """At the start of a process: the policies may say something else than they did."""
        with self._room.units() as uow:
            accounts = [account.id for account in uow.accounts.all()]
        for id in accounts:
            with self._room.units() as uow:
                replan(uow, uow.accounts.hold(id), self._room.policies)

    def fire_next(self, now: datetime) -> bool:
        """Tell the earliest due reminder, in one transaction with all that follows from it; False: nothing is due.

        Raises:
            FiringFailed: this one failed and was postponed by 30 s; the others can go on.
        """
        due: tuple[int, Reminder] | None = None
        try:
            with self._room.units() as uow:
                due = uow.reminders.claim_due(now)
                if due is not None:
                    self._fire(uow, uow.accounts.get(due[0]), due[1], now)
        except Exception as error:
            if due is None:
                raise
            with self._room.units() as uow:
                uow.reminders.postpone(due[0], due[1].key, now + timedelta(seconds=RETRY_AFTER_SECONDS))
            raise FiringFailed(f"account {due[0]}", due[1].key, error) from error
        return due is not None

    def _fire(self, uow: UnitOfWork, account: Account, reminder: Reminder, now: datetime) -> None:
        """Decided again: what the account no longer requires is dropped without a word."""
        if reminder not in planned_reminders(account, self._room.policies, uow.accounts.history(account.id)):
            replan(uow, account, self._room.policies)
            return
        entry = AccountEntry(now, None, REMINDED, reminder.key)
        happened(uow, account, self._room.policies, (entry,), self._says(account, reminder, now))

    def _says(self, account: Account, reminder: Reminder, now: datetime) -> Iterable[Say]:
        """Told late, a reminder says so."""
        return ()
