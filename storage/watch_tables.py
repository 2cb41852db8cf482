"""The tables of whoever watches over the others: troubles that were told, where the auditor stands, moved channels."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from cases.troubles import TroubleKind
from storage.base import Base
from storage.columns import Stored

KEYS = Stored(TypeAdapter(tuple[str, ...]))


class TroubleRow(Base):
    __tablename__ = "troubles"

    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[TroubleKind]
    about: Mapped[str]
    """Id of the channel or the person, or the process; or empty."""
    reason: Mapped[str]
    count: Mapped[int]
    number: Mapped[int]
    """How often it has begun."""
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    over: Mapped[bool]


class MovedChannelRow(Base):
    __tablename__ = "moved_channels"

    old: Mapped[str] = mapped_column(primary_key=True)
    new: Mapped[str]
    """Its id now, however often it moved."""


class LoadedRow(Base):
    __tablename__ = "loaded"

    what: Mapped[str] = mapped_column(primary_key=True)
    """`policies` or `accounts`."""
    versions: Mapped[Mapping[str, str]] = mapped_column(JSON)
    number: Mapped[int]
    """How often it was loaded otherwise than before."""


class AuditRow(Base):
    __tablename__ = "audits"

    id: Mapped[int] = mapped_column(primary_key=True)
    """There is one row."""
    after: Mapped[int]
    said: Mapped[int]
    due: Mapped[tuple[str, ...]] = mapped_column(KEYS)
    began: Mapped[datetime]
    taken_at: Mapped[datetime]
    held_until: Mapped[datetime | None]
    """While somebody is at it; None: nobody is."""
