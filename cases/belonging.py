"""Rules of cases that belong together: related ones, and one that was opened for what another is about already."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from cases.case import Case, Entry
from cases.case_parts import Link
from cases.change import Change
from cases.errors import Refused
from cases.people import Person
from cases.policy import SolutionKind

DUPLICATE = SolutionKind("duplicate", "We go on with it in another case")

WORDS = {"duplicate": "a duplicate of", "duplicated": "the original of", "related": "related to"}
OTHER_WAY: dict[str, Literal["duplicate", "duplicated", "related"]] = {
    "duplicate": "duplicated",
    "duplicated": "duplicate",
    "related": "related",
}


def check_link(case: Case, other: Case, kind: Literal["duplicate", "related"]) -> None:
    """Raises Refused: the same case, linked so already, or a duplicate of what nobody works on."""
    if case.number == other.number:
        raise Refused(f"{case.reference} can't be linked to itself.")
    if Link(kind, other.number) in case.links and (kind == "related" or case.is_done):
        raise Refused(f"{case.reference} is {WORDS[kind]} {other.reference} already.")
    if kind == "related" or not other.is_done:
        return
    original = next((link.number for link in other.links if link.kind == "duplicate"), None)
    if original is not None:
        raise Refused(f"{other.reference} is a duplicate itself, of C-{original}. Link to that one instead.")
    raise Refused(
        f"{other.reference} {other.how_done}, so nobody would go on with {case.reference}. "
        "Link it as `related`, or resolve it with a note of its own."
    )


def linked(
    case: Case, other: Case, kind: Literal["duplicate", "duplicated", "related"], by: Person, at: datetime
) -> Change:
    """One side of a link; an earlier one between the same two is replaced. The support team's own affair."""
    links = (*(link for link in case.links if link.number != other.number), Link(kind, other.number))
    entry = Entry(at, by, "linked", f"{WORDS[kind]} {other.reference}")
    return Change(replace(case, links=links), (entry,))


def unlinked(case: Case, other: Case, by: Person, at: datetime) -> Change:
    """One side of a link taken back; what else came of it stays, such as the solution of a duplicate.

    Raises:
        Refused: they are not linked.
    """
    link = next((link for link in case.links if link.number == other.number), None)
    if link is None:
        raise Refused(f"{case.reference} and {other.reference} aren't linked, so nothing was changed.")
    links = tuple(each for each in case.links if each != link)
    return Change(replace(case, links=links), (Entry(at, by, "unlinked", f"{WORDS[link.kind]} {other.reference}"),))
