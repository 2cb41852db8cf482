"""What the browser sends of an element, as a person's choice."""

from datetime import datetime, tzinfo

from workspace.controls import Choice
from workspace.errors import PersonRefused
from workspace.model import JsonDict

SEVERAL = {
    "checkboxes",
    "multi_static_select",
    "multi_users_select",
    "multi_channels_select",
    "multi_conversations_select",
}


def read_value(element: JsonDict, raw: object, zone: tzinfo) -> Choice:
    """``raw``: a string, a list of strings or None; an instant is written on the clock of ``zone``.

    Raises ``PersonRefused`` for what no such element sends.
    """
    if raw is None or raw == "":
        return None
    if element["type"] in SEVERAL and isinstance(raw, list) and all(isinstance(each, str) for each in raw):
        return list(raw)
    if element["type"] in SEVERAL or not isinstance(raw, str):
        raise PersonRefused(f"a {element['type']} can't hold {raw!r}")
    return _instant(raw, zone) if element["type"] == "datetimepicker" else raw


def _instant(written: str, zone: tzinfo) -> int:
    """Epoch seconds of ``2026-03-27T14:30``."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise PersonRefused(f"{written!r} is no date and time") from None
    return int(at.replace(tzinfo=zone).timestamp())
