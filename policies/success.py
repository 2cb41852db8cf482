"""A plan's success manager as policy files write it: the kickoff's days, the meetings that come again."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cases.success import KickoffRule, MeetingRule, SuccessRule
from policies.fields import Label, Months, Text

TermDay = Annotated[int, Field(strict=True, ge=1, le=365)]


class KickoffModel(BaseModel):
    """The first meeting, in days after the term begins."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    from_day: TermDay
    by_day: TermDay

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.by_day <= self.from_day:
            raise ValueError("expected by_day to be later than from_day")
        return self

    def to_rule(self) -> KickoffRule:
        """As the core knows it."""
        return KickoffRule(self.from_day, self.by_day)


class MeetingModel(BaseModel):
    """A meeting that comes again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Label
    every: Months

    def to_rule(self) -> MeetingRule:
        """As the core knows it."""
        return MeetingRule(self.label, self.every)


class SuccessModel(BaseModel):
    """What the success manager does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    manager: Label
    kickoff: KickoffModel | None = None
    meeting: MeetingModel | None = None
    review: MeetingModel | None = None
    assumed: Text | None = None

    def to_rule(self) -> SuccessRule:
        """As the core knows it."""
        return SuccessRule(
            self.manager,
            self.kickoff.to_rule() if self.kickoff else None,
            self.meeting.to_rule() if self.meeting else None,
            self.review.to_rule() if self.review else None,
            self.assumed,
        )
