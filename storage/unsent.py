"""What waits in the bot's outbox and what it handles, as one look at the database shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine, and_, exists, func, select

from cases.roaming import ANYWHERE
from storage.base import SayState
from storage.queue_tables import InboxRow, OutboxRow

LIMITED = "rate limited"
"""How the error of a say begins that Slack would not take yet."""

ROAMS = and_(OutboxRow.state == SayState.WAITING, OutboxRow.key.endswith(ANYWHERE))
"""Alarms that no place takes."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """Something the bot has to say."""

    key: str
    channel: str
    """Channel id, or user id of a direct message."""
    ready_at: datetime
    """Aware UTC; in the past for what may go at once."""
    leased: bool
    """It is being sent."""
    error: str
    """Why it was put off; empty: it was not tried yet, or waits for the message above it."""


def unsent(engine: Engine) -> Sequence[Unsent]:
    """By age, without what a newer redrawing of the same message made pointless."""
    row = OutboxRow
    columns = select(row.updates, row.key, row.channel, row.ready_at, row.leased, row.error)
    with engine.connect() as connection:
        waiting = connection.execute(columns.where(row.state == SayState.WAITING).order_by(row.id)).all()
    newest = {each.updates or each.key: each for each in waiting}
    return _behind_held(
        [Unsent(each.key, each.channel, each.ready_at, each.leased, each.error) for each in newest.values()]
    )


def roaming(engine: Engine) -> int:
    """How many alarms go round because no place takes them."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(OutboxRow).where(ROAMS)) or 0


def handling(engine: Engine, now: datetime) -> bool:
    """Somebody has taken an event and is not done with it."""
    taken = exists().where(InboxRow.handled_at.is_(None), InboxRow.leased_until > now)
    with engine.connect() as connection:
        return bool(connection.scalar(select(taken)))


def _behind_held(says: Sequence[Unsent]) -> Sequence[Unsent]:
    """Where Slack asked to wait, all that is said in that channel waits, though its rows don't say so."""
    held = {say.channel: say for say in says if say.error.startswith(LIMITED) and not say.leased}
    return [_behind(held[say.channel], say) if say.channel in held else say for say in says]


def _behind(held: Unsent, say: Unsent) -> Unsent:
    if say.leased or say.ready_at >= held.ready_at:
        return say
    return replace(say, ready_at=held.ready_at, error=held.error)
