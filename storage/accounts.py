"""Accounts, with their channels and teams."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Select, bindparam, insert, select
from sqlalchemy.orm import Session

from cases.accounts import Account
from cases.errors import NotFound
from cases.reminders import AccountEntry
from storage.account_tables import AccountChannelRow, AccountHistoryRow, AccountRow, AccountTeamRow

MANAGERS = select(AccountRow.managers).where(AccountRow.id == bindparam("account"))
"""Made once, as `storage.inserts` says."""


class SqlAccounts:
    """See `cases.stores.AccountStore`. Channels and teams are read along, in one more query each."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, id: int) -> Account:
        """See `cases.stores.AccountStore`."""
        found = self._list(select(AccountRow).where(AccountRow.id == id))
        if not found:
            raise NotFound("I know no such account.")
        return found[0]

    def hold(self, id: int) -> Account:
        """See `cases.stores.AccountStore`."""
        self._session.execute(select(AccountRow.id).where(AccountRow.id == id).with_for_update())
        return self.get(id)

    def managers(self, id: int) -> tuple[str, ...]:
        """See `cases.stores.AccountStore`. One query."""
        return self._session.execute(MANAGERS, {"account": id}).scalar_one_or_none() or ()

    def by_name(self, name: str) -> Account | None:
        """See `cases.stores.AccountStore`."""
        return next(iter(self._list(select(AccountRow).where(AccountRow.name == name))), None)

    def in_channel(self, channel: str) -> Sequence[Account]:
        """By name."""
        here = select(AccountChannelRow.account).where(AccountChannelRow.channel == channel)
        return self._list(select(AccountRow).where(AccountRow.id.in_(here)))

    def of_team(self, team: str) -> Sequence[Account]:
        """See `cases.stores.AccountStore`."""
        named = select(AccountTeamRow.account).where(AccountTeamRow.team == team)
        return self._list(select(AccountRow).where(AccountRow.id.in_(named)))

    def all(self) -> Sequence[Account]:
        """See `cases.stores.AccountStore`."""
        return self._list(select(AccountRow))

    def put(self, account: Account) -> Account:
        """See `cases.stores.AccountStore`."""
        row = self._session.scalar(select(AccountRow).where(AccountRow.name == account.name).with_for_update())
        row = row or AccountRow(name=account.name)
        row.program, row.plan, row.timezone = account.program, account.plan, account.timezone
        row.business_hours = account.business_hours
        row.contacts, row.managers = account.contacts, account.managers
        row.contact_methods = account.contact_methods
        row.csm, row.tam = account.csm, account.tam
        row.term_starts, row.add_ons = account.term_starts, account.add_ons
        row.success_meeting_every = account.success_meeting_every
        row.business_review_every = account.business_review_every
        row.channels = [AccountChannelRow(channel=c, position=n) for n, c in enumerate(account.channels)]
        row.teams = [AccountTeamRow(team=t, position=n) for n, t in enumerate(account.teams)]
        self._session.add(row)
        self._session.flush()
        return replace(account, id=row.id)

    def remember(self, id: int, entries: Iterable[AccountEntry]) -> None:
        """See `cases.stores.AccountStore`."""
        names = ("at", "who", "what", "about", "why")
        rows = [{"account": id, **{name: getattr(entry, name) for name in names}} for entry in entries]
        if rows:
            self._session.execute(insert(AccountHistoryRow), rows)

    def history(self, id: int) -> Sequence[AccountEntry]:
        """See `cases.stores.AccountStore`."""
        rows = select(AccountHistoryRow).where(AccountHistoryRow.account == id).order_by(AccountHistoryRow.id)
        return [AccountEntry(row.at, row.who, row.what, row.about, row.why) for row in self._session.scalars(rows)]

    def _list(self, statement: Select[AccountRow]) -> Sequence[Account]:
        return [_account(row) for row in self._session.scalars(statement.order_by(AccountRow.name))]


def _account(row: AccountRow) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        program=row.program,
        plan=row.plan,
        timezone=row.timezone,
        channels=tuple(link.channel for link in row.channels),
        teams=tuple(link.team for link in row.teams),
        business_hours=row.business_hours,
        contacts=row.contacts,
        managers=row.managers,
        contact_methods=row.contact_methods,
        csm=row.csm,
        tam=row.tam,
        term_starts=row.term_starts,
        add_ons=row.add_ons,
        success_meeting_every=row.success_meeting_every,
        business_review_every=row.business_review_every,
    )
