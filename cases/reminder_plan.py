"""An account's reminders are a pure function of the account and of what happened with it, as timers are of a case."""

from collections.abc import Iterator, Sequence

from cases.accounts import Account
from cases.policy import Program
from cases.ports import Policies
from cases.reminders import AccountEntry, Reminder

REMINDED = "reminded"


def planned_reminders(account: Account, policies: Policies, history: Sequence[AccountEntry]) -> frozenset[Reminder]:
    """The reminders that this account requires now, and no others: those that were told are not among them.

    None where the account's programme, or its plan, isn't loaded.
    """
    program = policies.get(account.program)
    if program is None or account.plan not in program.plans:
        return frozenset()
    told = {entry.about for entry in history if entry.what == REMINDED}
    return frozenset(each for each in _all(account, program, history) if each.key not in told)


def _all(account: Account, program: Program, history: Sequence[AccountEntry]) -> Iterator[Reminder]:
    yield from ()
