"""Which page of each list a Home shows, as it travels to Slack and back; what makes no sense there is the first."""

import re
from collections.abc import Mapping

from cases.homes import Pages, Shelf

PAGE = re.compile(r"([a-z-]{1,20}):([0-9]{1,4})")
KNOWN = {shelf.value: shelf for shelf in Shelf}


def written(pages: Mapping[Shelf, int]) -> str:
    """`mine:0 unclaimed:2`."""
    return " ".join(f"{shelf}:{page}" for shelf, page in pages.items())


def pages_of(text: str) -> dict[Shelf, int]:
    """Read back."""
    found = (PAGE.fullmatch(part) for part in text.split())
    return {KNOWN[part[1]]: int(part[2]) for part in found if part is not None and part[1] in KNOWN}


def turned(pages: Pages, value: str) -> dict[Shelf, int]:
    """With the page that a Next or Previous button leads to."""
    return {**pages, **pages_of(value)}
