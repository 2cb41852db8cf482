"""Articles of a program's knowledge base, offered to someone before they open a case."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article."""

    id: str
    title: str
    link: str
    words: tuple[str, ...] = ()
    """What people write who would need it, beside the words of its title."""
