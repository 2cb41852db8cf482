"""What one address of the page says: who looks, at which place, with what beside it."""

from dataclasses import asdict, dataclass, replace
from typing import Literal, Self
from urllib.parse import urlencode

Panel = Literal["", "due", "inspector"]
PANELS: tuple[Panel, ...] = ("due", "inspector")


@dataclass(frozen=True, slots=True)
class Look:
    """``viewer`` and ``place`` are ids; ``thread`` is a root's ts, ``entry`` a number of the inspector's.

    Empty: nothing is asked for, and the page shows what fits.
    """

    viewer: str
    place: str
    tab: Literal["", "home"] = ""
    thread: str = ""
    panel: Panel = ""
    entry: str = ""

    def url(self, **changes: str) -> str:
        """This look's address, changed so; what is empty is left out."""
        known = asdict(replace(self, **changes))  # type: ignore[arg-type]  # made from our own words alone
        named = {NAMES.get(key, key): value for key, value in known.items() if value}
        return f"/?{urlencode(named)}"

    def at(self, place: str, **changes: str) -> str:
        """Another place, with what stood beside the old one closed."""
        return self.url(**{"place": place, "tab": "", "thread": "", **changes})

    def acting(self, viewer: str, place: str) -> Self:
        """The same page for somebody else."""
        return replace(self, viewer=viewer, place=place, tab="", thread="")


NAMES = {"viewer": "as", "place": "in"}
