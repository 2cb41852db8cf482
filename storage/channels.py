"""A channel's new id, wherever its old one stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from cases.case_parts import SourceMessage
from cases.says import SayKind
from storage.account_tables import AccountChannelRow
from storage.base import SayState
from storage.queue_tables import OutboxRow
from storage.tables import CaseRow, IntakeRow
from storage.watch_tables import MovedChannelRow

NAMED_BY_CHANNEL = (SayKind.LINE, SayKind.REPLY, SayKind.REPLY_FILE, SayKind.SENT, SayKind.WELCOME)
"""Their keys hold the id of the channel that they are about: an edit of a message has to find its copy."""

SAID_TO_HAVE_FAILED = (SayKind.REPLY, SayKind.ANNOUNCEMENT)
UNKNOWN = "channel_not_found"
"""Slack's word for an id that is nothing any more."""


class SqlChannels:
    """See `cases.stores.ChannelStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def move(self, old: str, new: str) -> None:
        """What waits to be said first, as the sender locks it before its cases; then whoever is changing a case is
        waited for, and what they said of it meanwhile moves too.
        """
        self._move_waiting(old, new)
        self._move_cases(old, new)
        self._move_accounts(old, new)
        self._move_intakes(old, new)
        self._move_waiting(old, new)
        self._move_said(old, new)
        self._remember(old, new)

    def moved(self) -> Mapping[str, str]:
        """See `cases.stores.ChannelStore`."""
        rows = self._session.execute(select(MovedChannelRow.old, MovedChannelRow.new))
        return {row.old: row.new for row in rows}

    def say_again(self, old: str, new: str, since: datetime, told_elsewhere: Collection[SayKind] = ()) -> Sequence[str]:
        """See `cases.stores.ChannelStore`."""
        refused = (OutboxRow.state == SayState.REFUSED, OutboxRow.error == UNKNOWN, OutboxRow.settled_at >= since)
        mine = (OutboxRow.channel == old, OutboxRow.only_for.is_(None), OutboxRow.kind.not_in(SAID_TO_HAVE_FAILED))
        anew = {"state": SayState.WAITING, "channel": new, "attempts": 0, "error": "", "settled_at": None}
        untold = or_(OutboxRow.kind.not_in(told_elsewhere), OutboxRow.updates.is_not(None))
        again = update(OutboxRow).where(*refused, *mine, untold).values(ready_at=since, **anew)
        return self._session.scalars(again.returning(OutboxRow.key)).all()

    def _remember(self, old: str, new: str) -> None:
        """Whatever came to the old id leads on; one that has its first id again needs no leading."""
        row = MovedChannelRow
        self._session.execute(update(row).where(row.new == old).values(new=new))
        self._session.execute(delete(row).where(row.old.in_((old, new))))
        self._session.add(row(old=old, new=new))
        self._session.flush()

    def _move_cases(self, old: str, new: str) -> None:
        self._session.execute(update(CaseRow).where(CaseRow.channel == old).values(channel=new))
        told = select(CaseRow.number, CaseRow.source).where(CaseRow.source_channel == old)
        for number, source in self._session.execute(told).all():
            moved = {"source_channel": new, "source": _moved(source, new)}
            self._session.execute(update(CaseRow).where(CaseRow.number == number).values(moved))

    def _move_accounts(self, old: str, new: str) -> None:
        """An account that is linked to the new id already keeps that one."""
        there = aliased(AccountChannelRow)
        known = select(there.account).where(there.channel == new)
        links = AccountChannelRow.channel == old
        self._session.execute(
            delete(AccountChannelRow).where(links, AccountChannelRow.account.in_(known)),
            execution_options={"synchronize_session": False},
        )
        self._session.execute(
            update(AccountChannelRow).where(links).values(channel=new),
            execution_options={"synchronize_session": False},
        )

    def _move_intakes(self, old: str, new: str) -> None:
        self._session.execute(update(IntakeRow).where(IntakeRow.channel == old).values(channel=new))
        told = select(IntakeRow.id, IntakeRow.source).where(IntakeRow.source_channel == old)
        for id, source in self._session.execute(told).all():
            moved = {"source_channel": new, "source": _moved(source, new)}
            self._session.execute(update(IntakeRow).where(IntakeRow.id == id).values(moved))

    def _move_waiting(self, old: str, new: str) -> None:
        waiting = (OutboxRow.channel == old, OutboxRow.state == SayState.WAITING)
        self._session.execute(update(OutboxRow).where(*waiting).values(channel=new))

    def _move_said(self, old: str, new: str) -> None:
        there = aliased(OutboxRow)
        key = func.replace(OutboxRow.key, old, new)
        of_its_cases = OutboxRow.case_number.in_(select(CaseRow.number).where(CaseRow.channel == new))
        there_or_then = or_(of_its_cases, OutboxRow.channel.in_((old, new)))
        mine = (OutboxRow.kind.in_(NAMED_BY_CHANNEL), there_or_then)
        taken = select(there.id).where(there.key == key).exists()
        for column in (OutboxRow.updates, OutboxRow.after):
            renamed = {column.key: func.replace(column, old, new)}
            self._session.execute(update(OutboxRow).where(*mine, column.is_not(None)).values(renamed))
        self._session.execute(update(OutboxRow).where(*mine, OutboxRow.key.contains(old), ~taken).values(key=key))
        self._session.execute(update(OutboxRow).where(OutboxRow.post_channel == old).values(post_channel=new))


def _moved(source: SourceMessage | None, new: str) -> SourceMessage | None:
    return source and replace(source, channel=new)
