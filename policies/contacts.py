"""Contacts and benefits as policy files and account files write them."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo

from cases.contacts import TO_SET, Benefit, BenefitKind, Contact, ContactKind
from policies.fields import Label, Text

PHONE = re.compile(r"\+?[0-9(][0-9 ()./-]*[0-9]")
EMAIL = re.compile(r"[^@\s<>|]+@[^@\s<>|]+\.[^@\s<>|]+")
LINK = re.compile(r"https?://[^\s<>|/]+\.[^\s<>|/]+(/[^\s<>|]*)?")
FEWEST_DIGITS = 3
"""A short number inside one country has as few."""

LINKS = frozenset(
    {
        ContactKind.PORTAL,
        ContactKind.STATUS,
        ContactKind.KNOWLEDGE_BASE,
        ContactKind.COMMUNITY,
        ContactKind.RELEASE_NOTES,
    }
)
MAY_BE_EMPTY = frozenset({ContactKind.IN_APP, ContactKind.KNOWLEDGE_BASE, ContactKind.CONTRACT})
"""These may be inside the product, or in a contract, where no address leads."""

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=75)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]


def _value(value: str, info: ValidationInfo) -> str:
    kind = info.data.get("kind")
    if value == TO_SET or (not value and kind in MAY_BE_EMPTY):
        return value
    if not value:
        raise ValueError(f"is missing; write {TO_SET} where it isn't known yet")
    if kind is ContactKind.PHONE and not _is_phone(value):
        raise ValueError(f"expected a telephone number such as +1 555 010 0100, found {value!r}")
    if kind is ContactKind.EMAIL and not EMAIL.fullmatch(value):
        raise ValueError(f"expected an address such as help@example.com, found {value!r}")
    if kind in LINKS and not LINK.fullmatch(value):
        raise ValueError(f"expected a link such as https://example.com/help, found {value!r}")
    return value


def _is_phone(value: str) -> bool:
    return bool(PHONE.fullmatch(value)) and sum(char.isdigit() for char in value) >= FEWEST_DIGITS


class ContactModel(BaseModel):
    """One way to reach support."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: ContactKind
    label: Label
    value: Annotated[Line, AfterValidator(_value), Field(validate_default=True)] = ""
    hours: Short = ""
    note: Line = ""

    def to_contact(self) -> Contact:
        """As the core knows it."""
        return Contact(self.kind, self.label, self.value, self.hours, self.note)


class BenefitModel(BaseModel):
    """Something else that a plan brings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: BenefitKind | None = None
    label: Label
    text: Text

    def to_benefit(self) -> Benefit:
        """As the core knows it."""
        return Benefit(self.label, self.text, self.kind)
