"""The kinds of field that a policy file has, each with the sentence that says what was expected."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from cases.hours import Duration
from cases.zones import zone
from policies.holiday_names import holiday_names

Unit = Literal["s", "m", "h", "d"]
LENGTH = re.compile(r"[1-9][0-9]{0,5}[smhd]")
MONTHS = re.compile(r"([1-9][0-9]?) months?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_MONTHS = 24
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _length(value: object) -> Duration:
    if not isinstance(value, str) or not LENGTH.fullmatch(value):
        raise ValueError(f"expected a length such as 45s, 30m, 2h or 1d, found {value!r}")
    units: dict[str, Unit] = {"s": "s", "m": "m", "h": "h", "d": "d"}
    return Duration(int(value[:-1]), units[value[-1]])


def _real_time(value: object) -> int:
    length = _length(value)
    if length.unit == "d":
        raise ValueError(f"expected a length of real time such as 30m or 4h, found {value!r}; 1d is a business day")
    return length.amount * {"s": 1, "m": 60, "h": 3600}[length.unit]


def _months(value: object) -> int:
    written = MONTHS.fullmatch(value) if isinstance(value, str) else None
    if written is None or int(written[1]) > MOST_MONTHS:
        expected = f"expected calendar months such as 1 month or 3 months, {MOST_MONTHS} at most"
        raise ValueError(f"{expected}, found {value!r}")
    return int(written[1])


def _day(value: object) -> date:
    try:
        if isinstance(value, str) and DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"expected a date such as 2026-12-26, found {value!r}")


def _id(value: str) -> str:
    if not ID.fullmatch(value) or len(value) > 40:
        raise ValueError(f"expected a short name in lower case such as premier-plus, found {value!r}")
    return value


def _zone(value: str) -> str:
    zone(value)
    return value


def _account_or_zone(value: str) -> str | None:
    return None if value == "account" else _zone(value)


def _country(value: str) -> str:
    holiday_names(value)
    return value


def _priority_or_any(value: object) -> int | None:
    if value == "any":
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"expected a priority's number, or any where there are none, found {value!r}")
    return value


Length = Annotated[Duration, BeforeValidator(_length)]
"""Support time: 45s, 30m, 2h, 1d."""
RealSeconds = Annotated[int, BeforeValidator(_real_time)]
"""Real time in seconds, written 30m or 4h."""
Months = Annotated[int, BeforeValidator(_months)]
"""Calendar months, written 1 month or 3 months."""
Day = Annotated[date, BeforeValidator(_day)]
"""A local date, 2026-12-26."""
Id = Annotated[str, AfterValidator(_id)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=75)]
"""75 characters: the most that Slack shows in a button or an option."""
Zone = Annotated[str, AfterValidator(_zone)]
AccountOrZone = Annotated[str | None, AfterValidator(lambda value: value and _account_or_zone(value))]
"""An IANA zone, or None for `account`, the account's own."""
Country = Annotated[str, AfterValidator(_country)]
PriorityNumber = Annotated[int, Field(strict=True, ge=1)]
PriorityOrAny = Annotated[int | None, BeforeValidator(_priority_or_any)]
"""A priority's number; None, written `any`, in a program without priorities."""
