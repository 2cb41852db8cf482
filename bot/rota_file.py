"""The operator's rota: for each programme shifts, a calendar, or a user group of Slack's."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from cases.hours import CalendarSpec
from cases.rota import Weekly
from cases.zones import zone
from policies.hours import WindowModel

SlackId = Annotated[str, Field(pattern=r"^[SUW][A-Z0-9]{2,}$")]


class RotaError(Exception):
    """The file can't be used; the message is one line, and repeats no value."""


class ShiftModel(WindowModel):
    """Hours of the week, and who has them."""

    people: Annotated[tuple[SlackId, ...], Field(min_length=1)]


def _zone(value: str) -> str:
    return zone(value).key


class RotaModel(BaseModel):
    """One programme's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    shifts: tuple[ShiftModel, ...] = ()
    calendar: str | None = None
    people: Mapping[str, SlackId] = {}
    group: Annotated[str, Field(pattern=r"^S[A-Z0-9]{2,}$")] | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if [bool(self.shifts), self.calendar is not None, self.group is not None].count(True) != 1:
            raise ValueError("expected one of shifts, calendar and group")
        if (self.calendar is not None) != bool(self.people):
            raise ValueError("expected people beside calendar, and not without: Slack ids by mail address or name")
        return self

    @property
    def weekly(self) -> tuple[Weekly, ...]:
        """The shifts as the core knows them."""
        return tuple(
            Weekly(CalendarSpec("shift", shift.windows(), self.timezone), shift.people) for shift in self.shifts
        )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


EXPECTED = {
    "string_pattern_mismatch": "expected an id of Slack's such as U0ERIN, or S0OKO of a group",
    "extra_forbidden": "there is no such field",
    "missing": "is missing",
}
Rotas = Mapping[str, RotaModel]
"""By the program's id."""
ROTAS: TypeAdapter[Rotas] = TypeAdapter(Rotas)


def rotas_for(file: Path | None, programs: Collection[str]) -> Rotas:
    """As `load_rotas`, of these programs alone.

    Raises:
        RotaError: also for a program that there isn't.
    """
    rotas = load_rotas(file)
    if unknown := sorted(set(rotas) - set(programs)):
        raise RotaError(f"there is no programme {', '.join(unknown)}; there are {', '.join(sorted(programs))}")
    return rotas


def load_rotas(file: Path | None) -> Rotas:
    """What the file says; without one, nothing. A calendar's path is seen from the file's folder.

    Raises:
        RotaError: it can't be read, or something in it is wrong.
    """
    if file is None:
        return {}
    try:
        return ROTAS.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")) or {})
    except OSError as error:
        raise RotaError(f"{file} can't be read: {error.strerror}") from None
    except (UnicodeDecodeError, yaml.YAMLError):
        raise RotaError(f"{file} isn't YAML") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"] if part != "[key]")
        expected = EXPECTED.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise RotaError(f"{file}: {place}: {expected}") from None
