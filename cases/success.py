"""What a plan says of its Customer Success Manager: a first meeting, and those that come again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KickoffRule:
    """The first meeting, in days after the term begins."""

    from_day: int
    """The manager is reminded on this day."""
    by_day: int
    """And again on this one, the last that the plan allows, unless it was held."""


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """A meeting that comes again."""

    label: str
    """As the plan calls it: `Standard Business Review`."""
    every_months: int
    """Calendar months, where the account says nothing else."""


@dataclass(frozen=True, slots=True)
class SuccessRule:
    """What the plan's success manager does for an account."""

    title: str
    """As the customer reads it: `Customer Success Manager`."""
    kickoff: KickoffRule | None = None
    meeting: MeetingRule | None = None
    review: MeetingRule | None = None
    assumed: str | None = None
    """What is a reading here and not the policy's own words."""
