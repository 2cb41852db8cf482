"""What a form holds: its starting values, what survives an update, and what stops a person from submitting it."""

from collections.abc import Iterator
from copy import deepcopy

from workspace.model import JsonDict

EMPTY: dict[str, JsonDict] = {
    "plain_text_input": {"value": None},
    "number_input": {"value": None},
    "email_text_input": {"value": None},
    "url_text_input": {"value": None},
    "static_select": {"selected_option": None},
    "radio_buttons": {"selected_option": None},
    "checkboxes": {"selected_options": []},
    "multi_static_select": {"selected_options": []},
    "users_select": {"selected_user": None},
    "multi_users_select": {"selected_users": []},
    "conversations_select": {"selected_conversation": None},
    "multi_conversations_select": {"selected_conversations": []},
    "channels_select": {"selected_channel": None},
    "multi_channels_select": {"selected_channels": []},
    "datepicker": {"selected_date": None},
    "timepicker": {"selected_time": None},
    "datetimepicker": {"selected_date_time": None},
}
"""The elements that hold a value, with how an empty one is written in ``state.values``."""

INITIAL = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}

REQUIRED = "Please complete this required field."


def elements(blocks: list[JsonDict]) -> Iterator[tuple[JsonDict, JsonDict]]:
    """Each interactive element with the block it stands in."""
    for block in blocks:
        if block["type"] == "input":
            yield block, block["element"]
        elif block["type"] == "actions":
            for element in block["elements"]:
                yield block, element
        elif block["type"] == "section" and "accessory" in block:
            yield block, block["accessory"]


def value_key(element: JsonDict) -> str:
    """The key under which this element's value stands, such as ``selected_option``."""
    return next(iter(EMPTY[element["type"]]))


def starting_value(element: JsonDict) -> JsonDict:
    key = value_key(element)
    empty = EMPTY[element["type"]][key]
    return {"type": element["type"], key: deepcopy(element.get(INITIAL[key], empty))}


def starting_values(blocks: list[JsonDict]) -> dict[str, JsonDict]:
    values: dict[str, JsonDict] = {}
    for block, element in elements(blocks):
        if element["type"] in EMPTY:
            values.setdefault(block["block_id"], {})[element["action_id"]] = starting_value(element)
    return values


def kept_values(old: dict[str, JsonDict], blocks: list[JsonDict]) -> dict[str, JsonDict]:
    """Values after an update: typed ones stay where block id, action id and type are the same; others start anew."""
    values = starting_values(blocks)
    for block, element in elements(blocks):
        before = old.get(block["block_id"], {}).get(str(element.get("action_id")))
        if before and before["type"] == element["type"] and _still_offered(element, before):
            values[block["block_id"]][element["action_id"]] = before
    return values


def _still_offered(element: JsonDict, value: JsonDict) -> bool:
    chosen = value.get("selected_options") or [value.get("selected_option")]
    offered = {option["value"] for option in options_of(element)}
    return all(option is None or option["value"] in offered for option in chosen)


def options_of(element: JsonDict) -> list[JsonDict]:
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def state_of(values: dict[str, JsonDict]) -> JsonDict:
    return {"values": deepcopy(values)}


def dispatches(block: JsonDict) -> bool:
    """Whether a change in this block is sent at once as ``block_actions``; an input's is not unless it says so."""
    return block["type"] != "input" or bool(block.get("dispatch_action"))


def problems(blocks: list[JsonDict], values: dict[str, JsonDict]) -> dict[str, str]:
    """What Slack's own client says before anything is sent, by block id."""
    found: dict[str, str] = {}
    for block, element in elements(blocks):
        if block["type"] != "input" or element["type"] not in EMPTY:
            continue
        value = values[block["block_id"]][element["action_id"]][value_key(element)]
        problem = _problem(block, element, value)
        if problem:
            found[block["block_id"]] = problem
    return found


def _problem(block: JsonDict, element: JsonDict, value: object) -> str | None:
    if value in (None, "", []):
        return None if block.get("optional") else REQUIRED
    if element["type"] != "plain_text_input" or not isinstance(value, str):
        return None
    if len(value) < element.get("min_length", 0):
        return f"Please use at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"Please use at most {element.get('max_length', 3000)} characters."
    return None
