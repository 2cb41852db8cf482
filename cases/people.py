"""Who someone is: derived from Slack's payload and the settings, never from what a message claims."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """A support person's role, from SUPPORT_ENGINEERS and SUPPORT_MANAGERS."""

    ENGINEER = "engineer"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Person:
    """A Slack user as remembered: ids and the name to show."""

    user: str
    """Slack user id, `U…` or `W…`."""
    team: str
    """The user's own Slack team id, `T…` (of their organisation, not of the channel's host)."""
    name: str = ""
    """Display name when last seen; shown only where a mention can't be."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person doing something now, with the roles that they hold now."""

    person: Person
    roles: frozenset[Role] = field(default_factory=frozenset)

    @property
    def is_support(self) -> bool:
        """Engineers and managers; everyone else is a customer of their channel's account."""
        return bool(self.roles)

    @property
    def is_manager(self) -> bool:
        """A support manager."""
        return Role.MANAGER in self.roles
