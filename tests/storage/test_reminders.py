"""Reminders and history of accounts, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from cases.reminders import AccountEntry, Reminder, ReminderKind
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON, account
from tests.storage.given import after

KICKOFF = Reminder("kickoff:2026-03-02", ReminderKind.KICKOFF, after(5))
RENEWAL = Reminder("renewal:2026-03-02", ReminderKind.RENEWAL, after(1))


def test_the_earliest_due_reminder_is_claimed_with_its_account(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        acme = work.accounts.put(account()).id
        work.reminders.replace(acme, (KICKOFF, RENEWAL))
        assert work.reminders.claim_due(NOON) is None
        assert work.reminders.claim_due(after(9)) == (acme, RENEWAL)
        assert work.reminders.next_due_at() == after(1)


def test_one_that_is_put_off_is_passed_over_until_then(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        acme = work.accounts.put(account()).id
        work.reminders.replace(acme, (RENEWAL,))
        work.reminders.postpone(acme, RENEWAL.key, after(30))
        assert work.reminders.claim_due(after(29)) is None
        assert work.reminders.claim_due(after(30)) == (acme, RENEWAL)
        assert work.reminders.all() == [(acme, RENEWAL)]


def test_planning_anew_replaces_what_was_planned_for_that_account_alone(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        acme = work.accounts.put(account()).id
        other = work.accounts.put(replace(account(), name="Bolt", channels=("C9",))).id
        work.reminders.replace(acme, (KICKOFF, RENEWAL))
        work.reminders.replace(other, (KICKOFF,))
        work.reminders.replace(acme, ())
        assert work.reminders.all() == [(other, KICKOFF)]


def test_what_happened_is_kept_in_order(begin: SqlUnitsOfWork) -> None:
    first = AccountEntry(NOON, None, "reminded", KICKOFF.key)
    second = AccountEntry(after(3), "U0ENG", "held", KICKOFF.key, "went “well” 🎉")
    with begin() as work:
        acme = work.accounts.put(account()).id
        work.accounts.remember(acme, (first, second))
        work.accounts.remember(acme, ())
    with begin() as work:
        assert work.accounts.history(acme) == [first, second]
        assert work.accounts.history(acme + 1) == []


def test_processes_that_start_at_once_plan_an_accounts_reminders_one_after_the_other(begin: SqlUnitsOfWork) -> None:
    with begin() as work:
        acme = work.accounts.put(account())
    together = Barrier(4)

    def plan(_: int) -> None:
        together.wait()
        with begin() as work:
            assert work.accounts.hold(acme.id) == acme
            work.reminders.replace(acme.id, (KICKOFF, RENEWAL))

    with ThreadPoolExecutor(4) as starting:
        list(starting.map(plan, range(4)))
    with begin() as work:
        assert work.reminders.all() == [(acme.id, RENEWAL), (acme.id, KICKOFF)]
