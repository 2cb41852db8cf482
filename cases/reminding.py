"""What time does to accounts: due reminders are told, one transaction each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from cases.accounts import Account
from cases.add_on_reminders import add_on_says
from cases.causes import because_of
from cases.change import Places
from cases.errors import FiringFailed
from cases.keeping import happened, replan
from cases.meeting_says import meeting_says
from cases.meters import UNMETERED, Meter
from cases.policy import Program
from cases.ports import UnitOfWork
from cases.reminder_plan import REMINDED, behind, planned_reminders
from cases.reminders import AccountEntry, Reminder, ReminderKind
from cases.room import Room
from cases.says import Say
from cases.timekeeping import RETRY_AFTER_SECONDS

STALE = timedelta(days=30)
"""A reminder later than this is history and not told: an account whose term began long ago isn't greeted with it."""

Teller = Callable[[Account, Program, Reminder, Places, datetime], Iterable[Say]]
"""What a reminder says, now; told late, it says so."""
TELLERS: Mapping[ReminderKind, Teller] = {
    ReminderKind.KICKOFF: meeting_says,
    ReminderKind.SUCCESS_MEETING: meeting_says,
    ReminderKind.BUSINESS_REVIEW: meeting_says,
    ReminderKind.ARRIVAL: add_on_says,
    ReminderKind.RENEWAL: add_on_says,
}


class Reminding:
    """The tick's side of accounts."""

    def __init__(self, room: Room, meter: Meter = UNMETERED) -> None:
        self._room = room
        self._meter = meter

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
                    with because_of(f"reminder:{due[0]}:{due[1].key}"):
                        self._fire(uow, uow.accounts.get(due[0]), due[1], now)
        except Exception as error:
            if due is None:
                raise
            with self._room.units() as uow:
                uow.reminders.postpone(due[0], due[1].key, now + timedelta(seconds=RETRY_AFTER_SECONDS))
            raise FiringFailed(f"account {due[0]}", due[1].key, error) from error
        if due is not None:
            self._meter.fired((now - due[1].due_at).total_seconds())
        return due is not None

    def _fire(self, uow: UnitOfWork, account: Account, reminder: Reminder, now: datetime) -> None:
        """Decided again: what the account no longer requires is dropped without a word."""
        policies, history = self._room.policies, uow.accounts.history(account.id)
        if reminder not in planned_reminders(account, policies, history):
            replan(uow, account, policies)
            return
        *passed_over, latest = behind(account, policies, history, reminder.series, now)
        entries = [AccountEntry(now, None, REMINDED, each.key, "a later one was told") for each in passed_over]
        entries.append(AccountEntry(now, None, REMINDED, latest.key))
        own = replace(account, channels=_own_channels(uow, account))
        says = says_of(own, policies[account.program], latest, self._room.places, now)
        happened(uow, account, policies, entries, says)


def _own_channels(uow: UnitOfWork, account: Account) -> tuple[str, ...]:
    """Those that it shares with no other account: what is said of an account is for its own people."""
    return tuple(channel for channel in account.channels if len(uow.accounts.in_channel(channel)) == 1)


def says_of(account: Account, program: Program, reminder: Reminder, places: Places, now: datetime) -> tuple[Say, ...]:
    """What is said of a reminder that is due; nothing where it is stale."""
    if now - reminder.due_at > STALE:
        return ()
    return tuple(TELLERS[reminder.kind](account, program, reminder, places, now))
