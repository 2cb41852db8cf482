"""A plan's designated team as policy files write it: regions, the hours of their days, whom to mention."""

import re
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from cases.contacts import TO_SET
from cases.hours import CalendarSpec
from cases.policy import Region
from policies.fields import Id, Label, Text, Zone
from policies.hours import WindowModel

MENTIONED = re.compile(r"[SUW][A-Z0-9]{2,}")


def _mention(value: object) -> tuple[str, ...]:
    """A Slack id, or several in a list; none where it is still to be set."""
    if value == TO_SET:
        return ()
    ids = value if isinstance(value, list) else [value]
    if not ids:
        raise ValueError(f"expected a user group's or a person's Slack id, or {TO_SET} where it isn't known yet")
    for id in ids:
        if not isinstance(id, str) or not MENTIONED.fullmatch(id):
            raise ValueError(f"expected a Slack id such as S0123456789 or U0123456789, or {TO_SET}, found {id!r}")
        if ids.count(id) > 1:
            raise ValueError(f"{id} is there twice")
    return tuple(ids)


class RegionModel(BaseModel):
    """One region."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    label: Label
    timezone: Zone
    hours: Annotated[tuple[WindowModel, ...], Field(min_length=1)]
    mention: Annotated[tuple[str, ...], BeforeValidator(_mention)]
    assumed: Text | None = None

    def to_region(self) -> Region:
        """As the core knows it."""
        windows = tuple(window for hours in self.hours for window in hours.windows())
        return Region(
            self.id, self.label, CalendarSpec(self.label, windows, self.timezone, assumed=self.assumed), self.mention
        )


class TeamModel(BaseModel):
    """The regions of a plan's designated team."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    regions: Annotated[tuple[RegionModel, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for what in ("id", "label"):
            named = [getattr(region, what) for region in self.regions]
            if twice := sorted({name for name in named if named.count(name) > 1}):
                raise ValueError(f"expected each {what} once, found twice: {', '.join(twice)}")
        return self

    def to_team(self) -> tuple[Region, ...]:
        """As the core knows it."""
        return tuple(region.to_region() for region in self.regions)
