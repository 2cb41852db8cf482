"""The tables of cases and people: one class a row. Columns of a case and an intake are named as the values' fields."""

from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, literal, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column

from cases.add_ons import Assigned, DayOffKind, StandIn
from cases.case import State
from cases.case_parts import Commitment, Link, Naming, Rating, Response, Solution, SourceMessage, Wait, Wish
from cases.clock import Clocks
from cases.facts import Facts
from cases.people import Person
from cases.promise import Promise
from storage.account_tables import AccountRow
from storage.base import Base
from storage.columns import IDS, AnyText, Stored

Pairs = tuple[tuple[str, str], ...]

PERSON = Stored(TypeAdapter(Person))
SOURCE = Stored(TypeAdapter(SourceMessage))
PROMISE = Stored(TypeAdapter(Promise))
RESPONSE = Stored(TypeAdapter(Response))
COMMITMENT = Stored(TypeAdapter(Commitment))
NAMING = Stored(TypeAdapter(Naming))
SOLUTION = Stored(TypeAdapter(Solution))
RATING = Stored(TypeAdapter(Rating))
WAIT = Stored(TypeAdapter(Wait))
WISH = Stored(TypeAdapter(Wish))
LINKS = Stored(TypeAdapter(tuple[Link, ...]))
PAIRS = Stored(TypeAdapter(Pairs))
ASSIGNED = Stored(TypeAdapter(Assigned))
STAND_INS = Stored(TypeAdapter(tuple[StandIn, ...]))
CLOCKS = Stored(TypeAdapter(Clocks))
FACTS = Stored(TypeAdapter(Facts), sparse=True)


class CaseRow(Base):
    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("opening"),
        UniqueConstraint("source_channel", "source_ts"),
        CheckConstraint("revision >= 1", name="revision"),
        Index("ix_cases_account_state_deadline_at", "account", "state", "deadline_at"),
        Index("ix_cases_state_deadline_at", "state", "deadline_at"),
        Index("ix_cases_thread", "channel", "thread_ts"),
        Index("ix_cases_opened_at", "opened_at"),
        Index("ix_cases_pruned_at", "pruned_at", "closed_at"),
        Index("ix_cases_tidied", "tidied", "closed_at"),
        Index(
            "ix_cases_not_closed",
            "number",
            sqlite_where=text("state != 'closed'"),
            postgresql_where=text("state != 'closed'"),
        ),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    opening: Mapped[str]
    """Id of the intake that it was opened from."""
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    account_name: Mapped[str] = mapped_column(AnyText)
    channel: Mapped[str]
    title: Mapped[str] = mapped_column(AnyText)
    details: Mapped[str] = mapped_column(AnyText)
    opened_by: Mapped[Person] = mapped_column(PERSON)
    opened_at: Mapped[datetime]
    promise: Mapped[Promise] = mapped_column(PROMISE)
    started_at: Mapped[datetime]
    counted_from: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[State]
    kind: Mapped[str | None]
    tenant: Mapped[str] = mapped_column(AnyText)
    source: Mapped[SourceMessage | None] = mapped_column(SOURCE)
    source_channel: Mapped[str | None]
    source_ts: Mapped[str | None]
    thread_ts: Mapped[str | None]
    """Of the customer's thread, where that began with a message of theirs."""
    answers: Mapped[Pairs] = mapped_column(PAIRS)
    recommended: Mapped[int | None]
    assignee: Mapped[Person | None] = mapped_column(PERSON)
    claimed_at: Mapped[datetime | None]
    response: Mapped[Response | None] = mapped_column(RESPONSE)
    breached_at: Mapped[datetime | None]
    clock: Mapped[int]
    share_said: Mapped[int]
    repeats_said: Mapped[int]
    repeated_at: Mapped[datetime | None]
    commitment: Mapped[Commitment | None] = mapped_column(COMMITMENT)
    naming: Mapped[Naming | None] = mapped_column(NAMING)
    solution: Mapped[Solution | None] = mapped_column(SOLUTION)
    rating: Mapped[Rating | None] = mapped_column(RATING)
    closed_at: Mapped[datetime | None]
    wait: Mapped[Wait | None] = mapped_column(WAIT)
    wish: Mapped[Wish | None] = mapped_column(WISH)
    links: Mapped[tuple[Link, ...]] = mapped_column(LINKS)
    detected: Mapped[bool]
    reopened: Mapped[int]
    active_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    assigned: Mapped[Assigned | None] = mapped_column(ASSIGNED)
    stand_ins: Mapped[tuple[StandIn, ...]] = mapped_column(STAND_INS)
    clocks: Mapped[Clocks] = mapped_column(CLOCKS)
    deadline_at: Mapped[datetime] = mapped_column(nullable=True)
    """Of the clock that runs out first; where none runs, the first response's."""
    pruned_at: Mapped[datetime | None]
    """Since when nothing is kept of it but what the figures need."""
    tidied: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It is closed, and only the newest of each message's redraws is kept."""
    account_csm: Mapped[str | None] = column_property(
        select(AccountRow.csm).where(AccountRow.id == account).correlate_except(AccountRow).scalar_subquery()
    )


NOT_CLOSED = CaseRow.state != literal(State.CLOSED, literal_execute=True)
"""As the index `ix_cases_not_closed` has it, word for word, so that both databases use it."""


class ParticipantRow(Base):
    __tablename__ = "participants"
    __table_args__ = (Index("ix_participants_user_id", "user_id"),)

    case_number: Mapped[int] = mapped_column(ForeignKey("cases.number"), primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    """author, opener, assignee, responder, consenter, available, backup."""


class HistoryRow(Base):
    __tablename__ = "history"
    __table_args__ = (
        Index("ix_history_case_number", "case_number"),
        Index(
            "ix_history_breached",
            "case_number",
            sqlite_where=text("what = 'breached'"),
            postgresql_where=text("what = 'breached'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[int] = mapped_column(ForeignKey("cases.number"))
    at: Mapped[datetime]
    user_id: Mapped[str | None]
    """None: the bot itself."""
    team_id: Mapped[str | None]
    user_name: Mapped[str | None] = mapped_column(AnyText)
    what: Mapped[str]
    why: Mapped[str] = mapped_column(AnyText)
    facts: Mapped[Facts | None] = mapped_column(FACTS)


class AwayRow(Base):
    __tablename__ = "away"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime | None]
    """None: until they say that they are back."""


class AnnouncementRow(Base):
    __tablename__ = "announcements"

    id: Mapped[str] = mapped_column(primary_key=True)
    author: Mapped[Person] = mapped_column(PERSON)
    begun_at: Mapped[datetime]
    program: Mapped[str]
    title: Mapped[str] = mapped_column(AnyText)
    text: Mapped[str] = mapped_column(AnyText)
    link: Mapped[str] = mapped_column(AnyText)
    channels: Mapped[tuple[str, ...]] = mapped_column(IDS)
    sent_at: Mapped[datetime | None]


class DayOffRow(Base):
    __tablename__ = "days_off"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    """Local to the person."""
    kind: Mapped[DayOffKind]


class IntakeRow(Base):
    __tablename__ = "intakes"
    __table_args__ = (
        Index("ix_intakes_source", "source_channel", "source_ts"),
        Index("ix_intakes_created_at", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    asked_by: Mapped[Person] = mapped_column(PERSON)
    created_at: Mapped[datetime]
    source: Mapped[SourceMessage | None] = mapped_column(SOURCE)
    source_channel: Mapped[str | None]
    source_ts: Mapped[str | None]
    text: Mapped[str] = mapped_column(AnyText)
    answered_with: Mapped[str | None]
    answered_at: Mapped[datetime | None]
