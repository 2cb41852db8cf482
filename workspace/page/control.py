"""One interactive element, ready for its template: attributes, value, what it offers, and what it is called."""

import json
from dataclasses import dataclass

from workspace.forms import EMPTY, dispatches, starting_value, value_key
from workspace.model import JsonDict
from workspace.page.mrkdwn import text_words
from workspace.page.offers import offered
from workspace.page.reader import Reader
from workspace.page.texts import is_safe
from workspace.page.typing_attributes import KINDS, Attributes, dispatched_on, typing, written

MENUS = ("static_select", "users_select", "conversations_select", "channels_select")
FAMILIES = {
    "button": "button",
    "overflow": "overflow",
    "image": "image",
    "radio_buttons": "choices",
    "checkboxes": "choices",
    **dict.fromkeys(KINDS, "text"),
    **dict.fromkeys(MENUS, "menu"),
    **dict.fromkeys((f"multi_{menu}" for menu in MENUS), "multi"),
}
"""Every element that can be drawn, to the macro that draws it."""

OFFERING = {"menu", "multi", "choices"}
UNNAMED = {"menu": "Choose an option", "multi": "Choose options", "choices": "Options", "text": "Your answer"}
PICKERS = {"datepicker": "Choose a date", "timepicker": "Choose a time", "datetimepicker": "Choose a date and time"}


@dataclass(frozen=True)
class Place:
    """Where an element stands. ``key`` begins its ids; ``words`` are those around it; ``invalid``: it has an error."""

    block: JsonDict
    key: str
    words: str = ""
    described: str | None = None
    invalid: bool = False

    @property
    def has_label(self) -> bool:
        return bool(self.block["type"] == "input")


class Control:
    """An element for its template. ``held``: its entry in ``state.values``; None: nobody has touched it."""

    def __init__(self, reader: Reader, place: Place, element: JsonDict, held: JsonDict | None) -> None:
        self._reader, self._place = reader, place
        self.element, self.id = element, place.key
        self.family = FAMILIES[element["type"]]
        self._held = _value(element, held) if element["type"] in EMPTY else None
        self.placeholder = text_words(reader, element["placeholder"]) if "placeholder" in element else ""
        self.offers = offered(reader, element, self._held) if self.family in OFFERING else []

    @property
    def is_group(self) -> bool:
        return self.family in ("multi", "choices")

    @property
    def focused(self) -> bool:
        return bool(self.element.get("focus_on_load"))

    @property
    def full(self) -> bool:
        """Nothing more may be chosen."""
        most = self.element.get("max_selected_items")
        return most is not None and isinstance(self._held, list) and len(self._held) >= most

    @property
    def link(self) -> str | None:
        """Where a button leads, besides what it sends."""
        url = str(self.element.get("url", ""))
        return url if is_safe(url) else None

    @property
    def value(self) -> str:
        return written(self.element, self._held, self._reader.zone)

    @property
    def typing(self) -> Attributes:
        return typing(self.element, self.value, self.placeholder)

    @property
    def root(self) -> Attributes:
        """The attributes by which the page's script knows the element."""
        element = self.element
        sent_at_once = element["type"] in EMPTY and dispatches(self._place.block)
        return {
            "id": self.id,
            "data-action": element.get("action_id"),
            "data-type": element["type"],
            "data-dispatch": dispatched_on(element) if sent_at_once else None,
            "data-confirm": self._confirm(element["confirm"]) if "confirm" in element else None,
        }

    @property
    def naming(self) -> Attributes:
        """What names and describes the control for those who hear the page."""
        labelled = self._place.has_label
        return {
            "aria-label": None if labelled else self._name,
            "aria-labelledby": f"{self.id}-label" if labelled and self.is_group else None,
            "aria-describedby": self._place.described,
            "aria-invalid": "true" if self._place.invalid and not self._invalid_by_box else None,
        }

    @property
    def summary(self) -> Attributes:
        """What names a folded list of boxes: its label with what is chosen."""
        if self._place.has_label:
            return {"aria-labelledby": f"{self.id}-label {self.id}-chosen"}
        return {"aria-label": f"{self._name}: {self.chosen_words}" if self.chosen_words else self._name}

    @property
    def each_box(self) -> Attributes:
        return {"aria-invalid": "true" if self._place.invalid and self._invalid_by_box else None}

    @property
    def chosen_words(self) -> str:
        return ", ".join(offer.words for group in self.offers for offer in group.offers if offer.chosen)

    @property
    def _invalid_by_box(self) -> bool:
        """A group of boxes is never told to be invalid as a whole, each of its boxes is."""
        return self.is_group and self.element["type"] != "radio_buttons"

    @property
    def _name(self) -> str:
        unnamed = PICKERS.get(self.element["type"], UNNAMED[self.family])
        return self.placeholder or self._place.words or unnamed

    def _confirm(self, dialog: JsonDict) -> str:
        told = {key: text_words(self._reader, dialog[key]) for key in ("title", "text", "confirm", "deny")}
        return json.dumps(told | {"style": dialog.get("style", "primary")})


def _value(element: JsonDict, held: JsonDict | None) -> object:
    """What is held, unless it was chosen in another kind of element that stood here before a message changed."""
    current = held if held and held["type"] == element["type"] else starting_value(element)
    return current[value_key(element)]
