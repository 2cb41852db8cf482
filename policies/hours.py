"""Hours as people write them: `{days: mon-fri, from: "09:00", to: "18:00", holidays: US}`."""

import re
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from cases.hours import MINUTES_A_DAY, CalendarSpec, Window
from policies.fields import AccountOrZone, Country, Day, Label, Text

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def _days(value: object) -> tuple[int, ...]:
    """`mon-fri`, `sat`, `sun-thu`, `mon, wed, fri`: numbers of weekdays, Monday 0, rising."""
    found: set[int] = set()
    for part in value.lower().split(",") if isinstance(value, str) else [""]:
        first, _, last = (word.strip() for word in part.partition("-"))
        if first not in WEEK or (last or first) not in WEEK or part.strip().endswith("-"):
            raise ValueError(f"expected days such as mon-fri, sat or mon, wed, found {value!r}")
        start, end = WEEK.index(first), WEEK.index(last or first)
        found.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return tuple(sorted(found))


def _opens(value: object) -> int:
    found = CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'expected a time in quotes from "00:00" to "23:59", found {value!r}')
    return int(found[1]) * 60 + int(found[2])


def _closes(value: object) -> int:
    if value == "24:00":
        return MINUTES_A_DAY
    try:
        return _opens(value)
    except ValueError:
        raise ValueError(f'expected a time in quotes from "00:00" to "24:00", found {value!r}') from None


class WindowModel(BaseModel):
    """The same hours on some days of the week. An end before its beginning is on the next day: 22:00–06:00."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: Annotated[tuple[int, ...], BeforeValidator(_days)]
    opens: Annotated[int, BeforeValidator(_opens), Field(alias="from")]
    closes: Annotated[int, BeforeValidator(_closes), Field(alias="to")]

    @model_validator(mode="after")
    def _opens_and_keeps_its_last_minute(self) -> Self:
        if self.opens == self.closes:
            raise ValueError('never opens: "from" and "to" are the same; a whole day is "00:00" to "24:00"')
        if self.closes == MINUTES_A_DAY - 1:
            raise ValueError('loses the minute before midnight: write "24:00" for the end of the day, not "23:59"')
        return self

    def windows(self) -> tuple[Window, ...]:
        """One window a day."""
        closes = self.closes if self.closes > self.opens else self.closes + MINUTES_A_DAY
        return tuple(Window(day, self.opens, closes) for day in self.days)


class HoursModel(WindowModel):
    """An account's own business hours."""

    holidays: Country | None = None

    def to_spec(self, name: str = "business hours", timezone: str | None = None) -> CalendarSpec:
        """As a calendar; with no `timezone` it is placed later, in the account's."""
        return CalendarSpec(name, self.windows(), timezone, self.holidays)


def _hours(value: object) -> object:
    if value == "always":
        return ()
    if not isinstance(value, list):
        raise ValueError(f"expected always, or a list of days and hours, found {value!r}")
    if not value:
        raise ValueError("never opens: expected always, or at least one line of days and hours")
    return value


class CalendarModel(BaseModel):
    """A calendar of a policy file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Label | None = None
    hours: Annotated[tuple[WindowModel, ...], BeforeValidator(_hours)]
    timezone: AccountOrZone = None
    holidays: Country | None = None
    closed: tuple[Day, ...] = ()
    by_account: bool = False
    assumed: Text | None = None

    @model_validator(mode="after")
    def _says_its_zone(self) -> Self:
        if self.hours and "timezone" not in self.model_fields_set:
            raise ValueError("timezone is missing: expected a zone such as America/New_York, or account")
        if not self.hours and (self.holidays or self.closed):
            raise ValueError("always means always: leave out its holidays and closed days, or list its hours")
        return self

    def to_spec(self, id: str) -> CalendarSpec:
        """As a calendar; `id` names it where it has no name of its own."""
        return CalendarSpec(
            name=self.name or id,
            windows=tuple(window for hours in self.hours for window in hours.windows()),
            timezone=self.timezone if self.hours else None,
            holidays=self.holidays,
            closed=tuple(sorted(set(self.closed))),
            by_account=self.by_account,
            assumed=self.assumed,
        )
