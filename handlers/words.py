"""What was typed after `/case`: a known word and what follows it, or the nearest known word."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from cases.errors import Refused

WORDS = (
    "open",
    "list",
    "show",
    "resolve",
    "priority",
    "link",
    "unlink",
    "note",
    "find",
    "plan",
    "review",
    "report",
    "wait",
    "away",
    "off",
    "contacts",
    "setup",
    "announce",
    "help",
)


@dataclass(frozen=True, slots=True)
class Typed:
    """`word` is one of WORDS, or empty where what was typed begins with none; `rest` is what follows it."""

    word: str
    rest: str


def words_of(text: str) -> Typed:
    """Of the whole text; nothing at all means `open`."""
    first, rest = split(text)
    if not first:
        return Typed("open", "")
    return Typed(first.lower(), rest) if first.lower() in WORDS else Typed("", text.strip())


def nearest(text: str) -> str | None:
    """The known word that was perhaps meant."""
    return next(iter(get_close_matches(split(text)[0].lower(), WORDS, n=1)), None)


def split(text: str) -> tuple[str, str]:
    """The first word, and the rest as it was typed."""
    first, *rest = text.strip().split(maxsplit=1) or [""]
    return first, rest[0] if rest else ""


def case_number(text: str, usage: str) -> tuple[int, str]:
    """`C-12`, `c-12`, `12` or `#12`, and what follows it.

    Raises:
        Refused: there is no number; `usage` shows how it is written.
    """
    first, rest = split(text)
    found = re.fullmatch(r"(?:[cC]-?|#)?0*([1-9]\d{0,8})", first)
    if found is None:
        raise Refused(f"Which case? Like this: `{usage}`.")
    return int(found[1]), rest
