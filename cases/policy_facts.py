"""All that a programme states, as lines of words by where they stand: for comparing two of them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from itertools import chain, count

from cases.hours import CalendarSpec, Duration
from cases.hours_in_words import hours_in_words
from cases.policy import Program, Rung

Place = tuple[str, ...]
"""By ids, so that what is only called otherwise stands where it stood: `("plans", "premier", "targets", "1")`."""

CALLED = {
    "plans": "",
    "calendars": "",
    "products": "",
    "priorities": "",
    "kinds": "",
    "targets": "",
    "within": "first answer within",
    "clocks": "",
    "rungs": "",
    "next-response": "next response",
    "every_seconds": "asked again after",
    "repeat_seconds": "told again after",
    "confirm_within_seconds": "to confirm or reopen",
    "remind_after_seconds": "reminded after",
    "offer_close_after_seconds": "offered to close after",
    "ask_after_seconds": "silent engineer asked after",
    "queue_after_seconds": "then back in the queue after",
    "lease": "a claim",
    "pauses": "rests while the customer is waited for",
    "by_account": "an account's own hours stand in their place",
    "closed": "further closed days",
    "tell": "tells",
    "None": "any request",
}
"""Steps whose own names say too little, or what their place says already."""
TITLES = {
    "plans": "plan",
    "calendars": "calendar",
    "products": "",
    "priorities": "",
    "kinds": "",
    "targets": "priority",
}
"""What the things inside are introduced by."""
KEYS = ("id", "number", "kind", "share")
NAMES = ("label", "name", "title")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a programme states, and what people call the places."""

    said: dict[Place, str] = field(default_factory=dict)
    titles: dict[Place, str] = field(default_factory=dict)

    def title(self, place: Place) -> str:
        """`plan Premier · priority 1 · first answer within`."""
        return self.titled(place, 0)

    def titled(self, place: Place, start: int) -> str:
        """The same without its first steps."""
        steps = (self._step(place[: end + 1]) for end in range(start, len(place)))
        return " · ".join(filter(None, steps))

    def _step(self, place: Place) -> str:
        return self.titles.get(place, CALLED.get(place[-1], place[-1].replace("_", " ").removesuffix(" seconds")))


def facts(program: Program) -> Facts:
    """Every field of the programme but its version: nothing is left out, whatever is added to it."""
    found = Facts()
    for each in fields(program):
        if each.name != "version":
            _walk(found, (each.name,), getattr(program, each.name))
    return found


def _walk(found: Facts, place: Place, value: object) -> None:
    match value:
        case None | "" | ():
            return
        case CalendarSpec():
            _calendar(found, place, value)
        case Duration():
            found.said[place] = str(value)
        case Mapping():
            for key, each in value.items():
                _named(found, (*place, str(key)), each)
                _walk(found, (*place, str(key)), each)
        case tuple() if any(map(is_dataclass, value)):
            _items(found, place, value)
        case tuple() if all(isinstance(each, str) for each in value):
            for each in value:
                found.said[*place, f"“{each}”"] = ""
        case _ if is_dataclass(value):
            for each in fields(value):
                if str(getattr(value, each.name)) == place[-1]:
                    continue  # its key, which says it already
                _walk(found, (*place, each.name), getattr(value, each.name))
        case _:
            found.said[place] = _words(place[-1], value)


def _items(found: Facts, place: Place, items: Sequence[object]) -> None:
    """In their order, which matters: questions are asked in it."""
    steps: list[str] = []
    for item in items:
        key = _key(item)
        again = (f"{key} ({n})" for n in count(2))
        steps.append(next(step for step in chain((key,), again) if step not in steps))
        _named(found, (*place, steps[-1]), item)
        _walk(found, (*place, steps[-1]), item)
    found.said[*place, "order"] = ", ".join(steps)


def _calendar(found: Facts, place: Place, spec: CalendarSpec) -> None:
    found.said[place] = hours_in_words(spec, spec.timezone or "the account's time zone")
    for each in ("name", "closed", "by_account", "assumed"):
        value = getattr(spec, each)
        found.said[*place, each] = _words(each, value)
    if spec.always:  # whose words leave these out
        found.said[*place, "zone"] = f"{spec.timezone or 'of the account'}, {spec.holidays or 'no'} holidays"


def _named(found: Facts, place: Place, item: object) -> None:
    """What people call it."""
    names = (str(getattr(item, each)) for each in NAMES if getattr(item, each, ""))
    name = f"at {item.share} %" if isinstance(item, Rung) else next(names, CALLED.get(place[-1], place[-1]))
    introduced = TITLES.get(place[-2], "") if place[-1] != "None" else ""
    found.titles[place] = f"{introduced} {name}".strip()


def _key(item: object) -> str:
    return next((str(getattr(item, each)) for each in KEYS if hasattr(item, each)), type(item).__name__)


def _words(step: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, int) and step.endswith("_seconds"):
        return _length(value)
    if isinstance(value, tuple | frozenset):
        words = [_words(step, each) for each in value]
        return ", ".join(words if isinstance(value, tuple) else sorted(words)) or "none"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {each}" for key, each in value.items())
    return "" if value is None else str(value)


def _length(seconds: int) -> str:
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "m"), (seconds % 60, "s"))
    return " ".join(f"{amount}{unit}" for amount, unit in parts if amount) or "0s"
