"""The tables that are worked off in turn: what is due, what must be said, and what Slack told us."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from cases.queues import Json
from cases.reminders import ReminderKind
from cases.says import SayKind
from cases.timers import TimerKind
from storage.base import Base, SayState
from storage.columns import AnyText

Body = Mapping[str, str | int | bool | None]


class TimerRow(Base):
    __tablename__ = "timers"
    __table_args__ = (
        Index("ix_timers_fires_at", "fires_at"),
        Index("ix_timers_due", "due_at", "case_number", "key"),
    )

    case_number: Mapped[int] = mapped_column(ForeignKey("cases.number"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[TimerKind]
    number: Mapped[int]
    due_at: Mapped[datetime]
    fires_at: Mapped[datetime]
    """`due_at`, or the instant that it was postponed to after it could not be fired."""


class ReminderRow(Base):
    __tablename__ = "reminders"
    __table_args__ = (Index("ix_reminders_fires_at", "fires_at"),)

    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[ReminderKind]
    due_at: Mapped[datetime]
    fires_at: Mapped[datetime]
    """`due_at`, or the instant that it was postponed to after it could not be fired."""


class RoutineRow(Base):
    __tablename__ = "routines"

    name: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime]


class OutboxRow(Base):
    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("token"),
        Index("ix_outbox_waiting", "state", "urgency", "id"),
        Index("ix_outbox_updates", "updates"),
        Index("ix_outbox_digest", "digest"),
        Index("ix_outbox_case_number", "case_number"),
        Index("ix_outbox_post", "post_channel", "post_ts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    token: Mapped[str]
    kind: Mapped[SayKind]
    channel: Mapped[str]
    urgency: Mapped[int]
    case_number: Mapped[int | None] = mapped_column(ForeignKey("cases.number"))
    body: Mapped[Body] = mapped_column(JSON)
    thread: Mapped[str | None]
    updates: Mapped[str | None]
    only_for: Mapped[str | None]
    after: Mapped[str | None]
    """Key of the say that this one waits for."""
    file: Mapped[str | None]
    """Slack's id of what was uploaded for it."""
    state: Mapped[SayState]
    ready_at: Mapped[datetime]
    """When it may be taken: the end of its lease, or the time that it was put off to."""
    leased: Mapped[bool]
    uncertain: Mapped[bool]
    attempts: Mapped[int]
    error: Mapped[str] = mapped_column(AnyText)
    settled_at: Mapped[datetime | None]
    """When it was sent or given up."""
    digest: Mapped[str | None]
    """Key of the digest that tells it or, where Slack refused that, that it fell out of."""
    digest_row: Mapped[int | None]
    """Its place there."""
    added_at: Mapped[datetime | None] = mapped_column(insert_default=func.current_timestamp())
    """By the database's clock, or this machine's; None: before that was kept."""
    cause: Mapped[str | None]
    """What it was said because of: `cases.causes`."""
    post_channel: Mapped[str | None]
    post_ts: Mapped[str | None]


class InboxRow(Base):
    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("event_id"),
        Index("ix_inbox_pending", "handled_at", "id"),
        Index("ix_inbox_about", "about"),
        Index("ix_inbox_known_as", "known_as", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str]
    about: Mapped[str]
    """What it stands in a queue for; empty: for nothing."""
    known_as: Mapped[str | None]
    """What it tells of, which is told once; None: its event id alone names it."""
    payload: Mapped[Json] = mapped_column(JSON)
    received_at: Mapped[datetime]
    ready_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    """While somebody handles it: when it counts as left alone. None: nobody does."""
    handled_at: Mapped[datetime | None]
    attempts: Mapped[int]
    error: Mapped[str] = mapped_column(AnyText)


class LineRow(Base):
    __tablename__ = "lines"

    name: Mapped[str] = mapped_column(primary_key=True)
    """Id of a channel, or of a person for direct messages; or a method of Slack's."""
    closed_at: Mapped[float]
    open_at: Mapped[float]
    """Both in seconds by the clock that pacing goes by."""


class HearingRow(Base):
    __tablename__ = "hearing"

    id: Mapped[int] = mapped_column(primary_key=True)
    """1: there is one."""
    began: Mapped[datetime]
    until: Mapped[datetime]
    owed: Mapped[datetime | None]
    """From then on history is to be read."""
    looked_at: Mapped[datetime | None]
