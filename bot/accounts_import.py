"""Accounts from a file into the database: all or none, and the same file again changes nothing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.accounts_file import read_accounts
from cases.accounts import Account
from cases.keeping import keep
from cases.ports import Policies, UnitOfWork, UnitsOfWork
from cases.welcoming import welcome


class Outcome(StrEnum):
    """What the import did with an account."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Imported:
    """An account as it is stored now."""

    account: Account
    outcome: Outcome


def import_accounts(content: bytes, policies: Policies, begin: UnitsOfWork) -> tuple[Imported, ...]:
    """Store the accounts of a file, and a welcome for each channel that has had none, in one transaction.

    Raises:
        AccountsFileErrors: nothing was stored; it carries every problem.
        StorageUnavailable: nothing was stored.
    """
    with begin() as work:
        return imported_into(work, content, policies)


def imported_into(work: UnitOfWork, content: bytes, policies: Policies) -> tuple[Imported, ...]:
    """The same in a transaction that is under way. Raises as `import_accounts`."""
    accounts = read_accounts(content, policies, work.accounts.all(), work.channels.moved())
    return tuple(_store(work, account, policies) for account in accounts)


def outdated(content: bytes, moved: Mapping[str, str]) -> Iterator[str]:
    """Lines of the file, from 1, that call a channel by an id that it no longer has: a sentence on each.

    `moved`: new ids of channels by the old ones.
    """
    for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
        for old in re.findall(r"\b[CG][A-Z0-9]+\b", line.partition("#")[0]):
            if old in moved:
                yield f"line {number}: {old} is {moved[old]} now, and taken as that; change it"


def _store(work: UnitOfWork, account: Account, policies: Policies) -> Imported:
    before = work.accounts.by_name(account.name)
    if before is not None and before == replace(account, id=before.id):
        stored, outcome = before, Outcome.UNCHANGED
    else:
        stored, outcome = keep(work, account, policies), Outcome.CHANGED if before else Outcome.NEW
    welcome(work, stored)
    return Imported(stored, outcome)
