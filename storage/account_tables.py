"""The tables of accounts: one class a row."""

from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cases.add_ons import AddOn
from cases.contacts import Contact
from cases.hours import CalendarSpec
from storage.base import Base
from storage.columns import IDS, AnyText, Stored

CALENDAR = Stored(TypeAdapter(CalendarSpec))
CONTACTS = Stored(TypeAdapter(tuple[Contact, ...]))
ADD_ONS = Stored(TypeAdapter(tuple[AddOn, ...]))


class AccountRow(Base):
    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(AnyText, unique=True)
    program: Mapped[str]
    plan: Mapped[str]
    timezone: Mapped[str]
    business_hours: Mapped[CalendarSpec | None] = mapped_column(CALENDAR)
    contacts: Mapped[tuple[str, ...]] = mapped_column(IDS)
    managers: Mapped[tuple[str, ...]] = mapped_column(IDS)
    contact_methods: Mapped[tuple[Contact, ...]] = mapped_column(CONTACTS)
    csm: Mapped[str | None]
    tam: Mapped[str | None]
    term_starts: Mapped[date | None]
    add_ons: Mapped[tuple[AddOn, ...]] = mapped_column(ADD_ONS)
    success_meeting_every: Mapped[int | None]
    business_review_every: Mapped[int | None]
    channels: Mapped[list["AccountChannelRow"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="AccountChannelRow.position"
    )
    teams: Mapped[list["AccountTeamRow"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="AccountTeamRow.position"
    )


class AccountChannelRow(Base):
    __tablename__ = "account_channels"
    __table_args__ = (Index("ix_account_channels_channel", "channel"),)

    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class AccountTeamRow(Base):
    __tablename__ = "account_teams"

    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    team: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class AccountHistoryRow(Base):
    __tablename__ = "account_history"
    __table_args__ = (Index("ix_account_history_account", "account"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    who: Mapped[str | None]
    """Slack user id; None: the bot itself."""
    what: Mapped[str]
    about: Mapped[str]
    why: Mapped[str] = mapped_column(AnyText)
