"""The table of what goes out elsewhere than to Slack."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.parcels import ParcelKind
from cases.plain import Json
from storage.base import Base, ParcelState
from storage.columns import AnyText


class ParcelRow(Base):
    __tablename__ = "parcels"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("token"),
        Index("ix_parcels_waiting", "state", "address", "id"),
        Index("ix_parcels_case_number", "case_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    token: Mapped[str]
    kind: Mapped[ParcelKind]
    address: Mapped[str]
    case_number: Mapped[int] = mapped_column(ForeignKey("cases.number"))
    at: Mapped[datetime]
    body: Mapped[Json] = mapped_column(JSON)
    state: Mapped[ParcelState]
    ready_at: Mapped[datetime]
    """When it may be taken: the end of its lease, or the time that it was put off to."""
    leased: Mapped[bool]
    attempts: Mapped[int]
    error: Mapped[str] = mapped_column(AnyText)
    settled_at: Mapped[datetime | None]
    """When it was carried or given up."""
    cause: Mapped[str | None]
    """What it is carried because of: `cases.causes`."""
