"""Add-ons as policy files write what a plan says of them, and as account files write one that was bought."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from cases.add_ons import AddOn, AddOnKind, AddOnRule
from policies.fields import Country, Day, Id, Label, Zone

Share = Annotated[int, Field(strict=True, ge=1, le=100)]


class AddOnRuleModel(BaseModel):
    """What a plan says of one of its add-ons."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: AddOnKind
    name: Label
    title: Label
    calendar: Id
    mobilisation_days: Annotated[int, Field(strict=True, ge=0, le=366)]
    administrative_days: Annotated[int, Field(strict=True, ge=0, le=366)]
    notice_days: Annotated[int, Field(strict=True, ge=1, le=366)]
    contacts: dict[Share, Annotated[int, Field(strict=True, ge=1)]] = {}

    def to_rule(self) -> AddOnRule:
        """As the core knows it."""
        return AddOnRule(**{name: getattr(self, name) for name in type(self).model_fields})


def _each_kind_once(rules: tuple[AddOnRuleModel, ...]) -> tuple[AddOnRuleModel, ...]:
    kinds = [rule.kind for rule in rules]
    if twice := sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        raise ValueError(f"expected each kind once, found twice: {', '.join(twice)}")
    return rules


AddOnRules = Annotated[tuple[AddOnRuleModel, ...], AfterValidator(_each_kind_once)]

PERSON = re.compile(r"[UW][A-Z0-9]{2,}")
SHARES = (50, 100)


def _person(value: str) -> str:
    if not PERSON.fullmatch(value):
        raise ValueError(f"{value!r} is not a Slack id such as U0123456789")
    return value


def _share(value: int) -> int:
    if value not in SHARES:
        raise ValueError(f"expected 50 or 100 (percent of the person's time), found {value}")
    return value


def _after_starts(value: date, info: ValidationInfo) -> date:
    starts = info.data.get("starts")
    if starts is not None and value <= starts:
        raise ValueError(f"expected a day after the start, {starts}, found {value}")
    return value


class AddOnModel(BaseModel):
    """An add-on as an account has bought it."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    kind: AddOnKind
    person: Annotated[str, AfterValidator(_person)]
    region: Label
    timezone: Zone
    starts: Day
    ends: Annotated[Day, AfterValidator(_after_starts)]
    share: Annotated[int, Field(strict=True), AfterValidator(_share)] = 100
    holidays: Country | None = None
    contacts: tuple[Annotated[str, AfterValidator(_person)], ...] = ()

    def to_add_on(self) -> AddOn:
        """As the core knows it."""
        return AddOn(**{name: getattr(self, name) for name in type(self).model_fields})
