"""What every table builds on: names for constraints, and how datetimes and kinds are kept."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Enum, MetaData
from sqlalchemy.orm import DeclarativeBase

from cases.add_ons import DayOffKind
from cases.case import State
from cases.parcels import ParcelKind
from cases.reminders import ReminderKind
from cases.says import SayKind
from cases.timers import TimerKind
from cases.troubles import TroubleKind
from storage.columns import UtcDateTime


class SayState(StrEnum):
    """What became of a say."""

    WAITING = "waiting"
    SENT = "sent"
    SUPERSEDED = "superseded"
    """A later update of the same message made it pointless."""
    MERGED = "merged"
    """A digest tells it."""
    REFUSED = "refused"
    """Given up: Slack refuses it for good."""


class ParcelState(StrEnum):
    """What became of a parcel."""

    WAITING = "waiting"
    CARRIED = "carried"
    OVERTAKEN = "overtaken"
    """Nothing was asked by it any more when its turn came."""
    DEAD = "dead"
    """Given up, until somebody asks for another try."""


def _by_value(values: type[StrEnum]) -> Enum:
    return Enum(values, native_enum=False, length=32, values_callable=lambda kinds: [kind.value for kind in kinds])


class Base(DeclarativeBase):
    """Names every constraint, so that later migrations can speak of it."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcDateTime,
        State: _by_value(State),
        TimerKind: _by_value(TimerKind),
        SayKind: _by_value(SayKind),
        ReminderKind: _by_value(ReminderKind),
        SayState: _by_value(SayState),
        DayOffKind: _by_value(DayOffKind),
        ParcelKind: _by_value(ParcelKind),
        ParcelState: _by_value(ParcelState),
        TroubleKind: _by_value(TroubleKind),
    }
