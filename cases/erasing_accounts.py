"""One account's data: its cases down to their figures, and a pseudonym where the customer's name stood."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cases.accounts import Account
from cases.case import State
from cases.erasing_people import paged
from cases.ports import UnitOfWork, UnitsOfWork
from cases.pseudonyms import Pseudonyms
from cases.says import SayKind
from cases.traces import Row, strings

CASES = 20
OPEN = tuple(state for state in State if state is not State.CLOSED)


@dataclass(frozen=True)
class KeptOfAccount:
    """What is kept of an account."""

    account: Account
    """With those of its teams alone that are no other account's."""
    own_channels: frozenset[str]
    """Those that it shares with no other account."""
    rows: Counter[str]
    """By table: its cases that are kept whole, and what else is about it alone."""
    open_cases: tuple[int, ...]
    unsent: int
    """Closed cases of which something is still to be sent."""

    def in_the_way(self) -> Iterator[str]:
        """Why it can't be erased now, and what to do first."""
        if self.open_cases:
            named = ", ".join(f"C-{number}" for number in self.open_cases[:12])
            yield f"{len(self.open_cases)} of its cases not closed yet ({named}). Resolve them, and let them close."
        if self.unsent:
            yield "The bot has still to send something about its cases: start it, or try again in a minute."


def kept_of_account(units: UnitsOfWork, account: Account, pause: Callable[[], None]) -> KeptOfAccount:
    """Looks through every table, in short transactions."""
    with units() as uow:
        own = frozenset(each for each in account.channels if len(uow.accounts.in_channel(each)) == 1)
        teams = tuple(each for each in account.teams if len(uow.accounts.of_team(each)) == 1)
        account = replace(account, teams=teams)
        open_cases = tuple(each.number for each in uow.cases.standings(OPEN, [account.id]))
        unsent = uow.records.unsent_of_account(account.id)
        rows = Counter({"cases": uow.records.count_of_account(account.id)})
    for table in ("intakes", "inbox", "outbox", "lines", "announcements"):
        rows[table] += sum(1 for _ in about(units, table, account, own, pause))
    return KeptOfAccount(account, own, rows, open_cases, unsent)


def about(
    units: UnitsOfWork, table: str, account: Account, own: frozenset[str], pause: Callable[[], None]
) -> Iterator[Row]:
    """Rows about no case of its own that name the account, one of its channels, or one of its teams.

    Lines of direct messages, which say nothing but when somebody may be written to, go whoever's they are.
    """
    tokens = (*sorted(own), account.name if account.name.isascii() else "", *account.teams)
    if table == "lines":
        tokens = ("",)
    seen = set[tuple[object, ...]]()
    for token in dict.fromkeys(tokens):
        for row in paged(units, table, token, pause):
            key = (row.get("id"), row.get("name"))
            if key not in seen and _is_about(table, row, account, own):
                seen.add(key)
                yield row


def _is_about(table: str, row: Row, account: Account, own: frozenset[str]) -> bool:
    if table == "outbox" and row["case_number"] is not None:
        return False
    if table == "lines" and str(row["name"]).startswith(("U", "W")):
        return True
    held = frozenset(strings(row))
    if held & own or any(channel in each for channel in own for each in held):
        return True
    return table != "lines" and bool(held & {account.name, *account.teams})


class AccountErasure:
    """Carried out in short transactions while a bot may go on; the name goes last, so that it can be begun again."""

    def __init__(
        self, units: UnitsOfWork, kept: KeptOfAccount, pseudonym: str, now: datetime, pause: Callable[[], None]
    ) -> None:
        self._units = units
        self._kept = kept
        self._pseudonym = pseudonym
        self._now = now
        self._pause = pause

    def run(self) -> Iterator[None]:
        """Yields after each transaction; the last one is the account itself."""
        yield from self._cases()
        account, own = self._kept.account, self._kept.own_channels
        for table in ("intakes", "inbox", "outbox", "lines", "announcements"):
            for row in about(self._units, table, account, own, self._pause):
                with self._units() as uow:
                    self._change(uow, table, row)
                yield self._pause()
        with self._units() as uow:
            self._account(uow)
        yield None

    def _cases(self) -> Iterator[None]:
        while True:
            with self._units() as uow:
                cases = uow.records.of_account(self._kept.account.id, CASES)
                for case in cases:
                    uow.records.prune(case, self._now, Pseudonyms())
            if not cases:
                return
            yield self._pause()

    def _change(self, uow: UnitOfWork, table: str, row: Row) -> None:
        match table:
            case "inbox" if row["handled_at"] is not None:
                uow.traces.put(table, row, {**row, "payload": {}, "about": "", "error": ""})
            case "outbox" if row["kind"] in {SayKind.ANNOUNCED}:
                uow.traces.put(table, row, {**row, "body": self._without(row["body"])})
            case "outbox" if row["settled_at"] is not None:
                uow.traces.drop(table, row)
            case "announcements":
                channels = [each for each in strings(row["channels"]) if each not in self._kept.own_channels]
                uow.traces.put(table, row, {**row, "channels": channels})
            case "intakes" | "lines":
                uow.traces.drop(table, row)

    def _without(self, body: object) -> object:
        """A receipt, without the channels that it names."""
        if not isinstance(body, dict):
            return body
        return {key: self._text(value) for key, value in body.items()}

    def _text(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        for channel in self._kept.own_channels:
            value = value.replace(channel, self._pseudonym)
        return value

    def _account(self, uow: UnitOfWork) -> None:
        """Its programme and plan stay: figures go by them."""
        account = self._kept.account
        uow.records.rename_account(account.id, self._pseudonym, Pseudonyms())
        nothing = replace(
            account,
            name=self._pseudonym,
            channels=(),
            teams=(),
            business_hours=None,
            contacts=(),
            contact_methods=(),
            managers=(),
            csm=None,
            tam=None,
            term_starts=None,
            add_ons=(),
        )
        uow.accounts.put(nothing)
        uow.reminders.replace(account.id, ())
