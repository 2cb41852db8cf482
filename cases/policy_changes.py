"""What an edited policy changes, in words. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cases.policy import Program
from cases.policy_facts import Facts, Place, facts

SHOWN_WHOLE = 6
"""Of a new or gone thing with more lines than this only its name is told."""


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """One line of it."""

    where: str
    """`plan Premier · priority 1 · first answer within`."""
    before: str | None
    """None: it is new."""
    after: str | None
    """None: it is gone."""


@dataclass(frozen=True, slots=True)
class ProgramChanges:
    """What changes in one programme."""

    program: str
    name: str
    before: str | None
    """Its version; None: the programme is new."""
    after: str | None
    """None: it is gone."""
    changes: tuple[PolicyChange, ...]
    """None of them where only the version differs: comments, spacing, or its own word."""


def changes(today: Mapping[str, Program], new: Mapping[str, Program]) -> tuple[ProgramChanges, ...]:
    """The programmes that differ, by id; new and gone ones without all that they say."""
    return tuple(
        _compared(id, today.get(id), new.get(id))
        for id in sorted({*today, *new})
        if _version(today.get(id)) != _version(new.get(id))
    )


def _version(program: Program | None) -> str | None:
    return program.version if program else None


def _compared(id: str, before: Program | None, after: Program | None) -> ProgramChanges:
    shown = after or before
    name = shown.name if shown else id
    found = tuple(_lines(facts(before), facts(after))) if before and after else ()
    return ProgramChanges(id, name, _version(before), _version(after), found)


def _lines(before: Facts, after: Facts) -> Iterator[PolicyChange]:
    told: set[Place] = set()
    for place in dict.fromkeys((*before.said, *after.said)):
        was, is_now = before.said.get(place), after.said.get(place)
        if was == is_now or _is_reordered_by_more(place, was, is_now):
            continue
        whole = _whole(place, after if was is None else before, before if was is None else after)
        if whole is None:
            yield PolicyChange((before if is_now is None else after).title(place), was, is_now)
        elif whole not in told:
            told.add(whole)
            yield _came_or_went(whole, before, after)


def _is_reordered_by_more(place: Place, was: str | None, is_now: str | None) -> bool:
    """Something came or went there, which says so itself."""
    return place[-1] == "order" and set((was or "").split(", ")) != set((is_now or "").split(", "))


def _whole(place: Place, here: Facts, there: Facts) -> Place | None:
    """The largest thing around it that only one of the two has."""
    around = (place[:end] for end in range(1, len(place)))
    return next((each for each in around if each in here.titles and each not in there.titles), None)


def _came_or_went(whole: Place, before: Facts, after: Facts) -> PolicyChange:
    """A new or a gone thing in one line; what is in it, where that is little."""
    new = whole in after.titles
    here = after if new else before
    inside = {place: said for place, said in here.said.items() if place[: len(whole)] == whole}
    words = "; ".join(f"{here.titled(place, len(whole))} {said}".strip() for place, said in inside.items())
    said = words if len(inside) <= SHOWN_WHOLE else ""
    return PolicyChange(here.title(whole), None if new else said, said if new else None)
