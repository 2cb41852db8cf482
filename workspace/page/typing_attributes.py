"""What the browser's own inputs are told: their kind, value and limits, and when a change of them is sent."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

from workspace.model import JsonDict

Attributes = Mapping[str, str | None]
"""Of a tag; None: the attribute is left out."""

TEXTS = {
    "plain_text_input": "text",
    "number_input": "number",
    "email_text_input": "email",
    "url_text_input": "url",
}
KINDS = TEXTS | {"datepicker": "date", "timepicker": "time", "datetimepicker": "datetime-local"}
LINES = "4"


def dispatched_on(element: JsonDict) -> str:
    """When a change is sent: on ``change``; for what is typed on ``enter``, or on every ``input``."""
    if element["type"] not in TEXTS:
        return "change"
    on = element.get("dispatch_action_config", {}).get("trigger_actions_on", [])
    return "input" if "on_character_entered" in on else "enter"


def typing(element: JsonDict, value: str, placeholder: str) -> Attributes:
    """Without a ``type``: what is typed may have several lines."""
    several = bool(element.get("multiline"))
    limits = {key: element.get(key.replace("length", "_length")) for key in ("minlength", "maxlength")}
    limits |= {key: element.get(f"{key}_value") for key in ("min", "max")}
    return {
        "type": None if several else KINDS[element["type"]],
        "value": None if several else value,
        "rows": LINES if several else None,
        "placeholder": placeholder or None,
        "step": _step(element),
        "autocomplete": "off",
        **{key: str(limit) for key, limit in limits.items() if limit is not None},
    }


def written(element: JsonDict, held: object, zone: tzinfo) -> str:
    """A value as the browser's own input writes it; an instant, held in epoch seconds, on the clock of ``zone``."""
    if held is None:
        return ""
    if element["type"] == "datetimepicker":
        return f"{datetime.fromtimestamp(int(str(held)), UTC).astimezone(zone):%Y-%m-%dT%H:%M}"
    return str(held)


def _step(element: JsonDict) -> str | None:
    if element["type"] != "number_input":
        return None
    return "any" if element.get("is_decimal_allowed") else "1"
