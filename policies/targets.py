"""A plan's targets as policy files write them: the first response, and the clocks that may be added."""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from cases.hours import Duration
from cases.policy import ClockKind, ClockTarget, Target
from policies.fields import Id, Length

Added = Literal["next-response", "update", "solution"]
FIELDS: dict[ClockKind, str] = {
    ClockKind.NEXT_RESPONSE: "next_response",
    ClockKind.UPDATE: "update_every",
    ClockKind.SOLUTION: "solution",
}
"""Where a target says each of them."""


class TargetModel(BaseModel):
    """The time allowed, and the calendar it is counted in; with it further clocks in the same calendar."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    within: Length
    calendar: Id
    next_response: Length | None = None
    update_every: Length | None = None
    solution: Length | None = None
    paused_by_waiting: tuple[Added, ...] | None = None

    @field_validator("paused_by_waiting")
    @classmethod
    def _there_and_once(cls, named: tuple[Added, ...] | None, info: ValidationInfo) -> tuple[Added, ...] | None:
        for kind in named or ():
            field = FIELDS[ClockKind(kind)]
            # One that is wrong in itself is not there at all, and has its own problem.
            if field in info.data and info.data[field] is None:
                raise ValueError(f"names {kind}, and this target has no {field}")
            if named and named.count(kind) > 1:
                raise ValueError(f"names {kind} twice")
        return named

    def value(self) -> Target:
        """As the core knows it."""
        said = {kind: getattr(self, field) for kind, field in FIELDS.items()}
        pausing = self.paused_by_waiting
        clocks = (
            ClockTarget(kind, length, pausing is None or kind in pausing) for kind, length in said.items() if length
        )
        return Target(self.within, self.calendar, tuple(clocks))


def lengths(target: Target) -> Iterator[tuple[str, Duration]]:
    """Each length that a target says, by its field."""
    yield "within", target.within
    yield from ((FIELDS[clock.kind], clock.within) for clock in target.clocks)
