"""What is searched for: words, and filters as people type them after `/case find`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from cases.case import Case, State
from cases.errors import Refused

USAGE = "/case find words… state:open account:Acme priority:1 assignee:me"
FILTERS = ("state", "account", "priority", "assignee")
OTHER_NAMES = {"severity": "priority"}
"""Auth0 says severity."""
TOKEN = re.compile(r'([A-Za-z]+):(?:"([^"]*)"|(\S*))|"([^"]*)"|(\S+)')
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"'})
"""Slack's clients turn straight quotation marks around."""
MOST_FOUND = 20
MOST_WORDS = 20
LONGEST_WORD = 200

REOPENED = "reopened"
NOBODY = "nobody"
ME = "me"


@dataclass(frozen=True, slots=True)
class Search:
    """All of what is given must hold."""

    words: tuple[str, ...] = ()
    """Each somewhere in the title, the details, the account's name or the tenant; upper or lower case."""
    states: tuple[State, ...] = ()
    """Any of them; empty, and not `reopened`: every state."""
    reopened: bool = False
    """Those too that came back and are not done again, whatever their state."""
    account: str | None = None
    """Part of the account's name."""
    priority: int | None = None
    assignee: str | None = None
    """`me`, `nobody`, or what was typed for a person; as stored it is looked for, a Slack user id."""


@dataclass(frozen=True, slots=True)
class Found:
    """The newest of the cases that fit, and how many there are."""

    cases: Sequence[Case]
    total: int


def search_of(text: str) -> Search:
    """Of what was typed.

    Raises:
        Refused: nothing to look for, or a filter that means nothing; says what would.
    """
    search = Search()
    given: set[str] = set()
    for name, value in _tokens(text):
        if not name:
            search = replace(search, words=(*search.words, value))
            continue
        if name in given and name != "state":
            raise Refused(f"`{name}:` stands there twice; one of them is enough.")
        given.add(name)
        search = _with(search, name, value)
    if search == Search():
        raise Refused(f"What shall I look for? Like this: `{USAGE}`.")
    return replace(search, words=search.words[:MOST_WORDS])


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Filter and value; without a filter, a word or a quoted phrase."""
    for found in TOKEN.finditer(text.translate(QUOTES)):
        key, value = found[1] or "", found[2] or found[3] or found[4] or found[5] or ""
        name = OTHER_NAMES.get(key.lower(), key.lower())
        if name in FILTERS:
            yield name, value.strip()
        elif key and (near := get_close_matches(name, FILTERS, n=1, cutoff=0.75)):
            raise Refused(f"I don't know the filter `{key}:`. Did you mean `{near[0]}:`? Like this: `{USAGE}`.")
        elif (words := f"{key}:{value}" if key else value).strip():
            yield "", words.strip()[:LONGEST_WORD]


def _with(search: Search, name: str, value: str) -> Search:
    if not value:
        raise Refused(f"Something has to follow `{name}:`, with no space between. Like this: `{USAGE}`.")
    if name == "state":
        named = value.lower().split(",")
        states = (_state(each) for each in named if each != REOPENED)
        return replace(search, states=(*search.states, *states), reopened=search.reopened or REOPENED in named)
    if name == "priority":
        return replace(search, priority=_priority(value))
    if name == "account":
        return replace(search, account=value)
    return replace(search, assignee=value)


def _state(value: str) -> State:
    try:
        return State(value)
    except ValueError:
        known = ", ".join(f"`{state}`" for state in (*State, REOPENED))
        raise Refused(f"There is no state `{_shown(value)}`. A case is one of these: {known}.") from None


def _priority(value: str) -> int:
    digits = re.fullmatch(r"[pP]?(\d{1,3})", value, re.ASCII)
    if digits is None:
        raise Refused(f"`priority:` takes a number, as in `priority:1`; `{_shown(value)}` is none.")
    return int(digits[1])


def _shown(value: str) -> str:
    """Typed words inside a sentence of ours: letters, digits and little else, so that they have no effect in Slack."""
    return re.sub(r"[^\w .-]", "", value)[:40]
