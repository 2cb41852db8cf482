"""What a plan brings beside its response times: the ways to reach its people, and its further benefits."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

TO_SET = "to-be-set"
"""Stands in a policy file for what its text doesn't give, such as a telephone number: the operator fills it in."""


class ContactKind(StrEnum):
    """What a way to reach somebody is."""

    PHONE = "phone"
    EMAIL = "email"
    IN_APP = "in-app"
    PORTAL = "portal"
    STATUS = "status"
    """A page that says how the service is."""
    KNOWLEDGE_BASE = "knowledge-base"
    COMMUNITY = "community"
    RELEASE_NOTES = "release-notes"
    LANGUAGE = "language"
    """Not a place, but the language that support is given in."""
    CONTRACT = "contract"
    """The account's contract says which: an account's own methods stand in its place."""


TO_PEOPLE = frozenset(
    {
        ContactKind.PHONE,
        ContactKind.EMAIL,
        ContactKind.IN_APP,
        ContactKind.PORTAL,
        ContactKind.STATUS,
        ContactKind.CONTRACT,
    }
)
"""What someone needs while a case is open; the other kinds are for reading at leisure."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach support, or to find something out alone."""

    kind: ContactKind
    label: str
    value: str = ""
    """A number, an address, a name; empty where the label and the note say it all; TO_SET: not known yet."""
    hours: str = ""
    """When: `24x7`; empty: not said."""
    note: str = ""

    @property
    def is_set(self) -> bool:
        """False: the operator has yet to fill it in."""
        return self.value != TO_SET


class BenefitKind(StrEnum):
    """What a benefit is, where somebody may ask for it by name."""

    EDUCATION = "education"
    """Training, and what it costs less."""


@dataclass(frozen=True, slots=True)
class Benefit:
    """Something else that the plan brings."""

    label: str
    text: str
    kind: BenefitKind | None = None


def ways(of_plan: Iterable[Contact], of_program: Iterable[Contact], of_account: tuple[Contact, ...]) -> list[Contact]:
    """All ways for one account: its plan's first. Its own ones replace what is left to its contract."""
    stated = [*of_plan, *of_program]
    if of_account:
        stated = [contact for contact in stated if contact.kind is not ContactKind.CONTRACT]
    return [*stated, *of_account]
