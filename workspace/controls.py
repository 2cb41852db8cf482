"""Finding the element a person means, and what it holds once they have used it."""

from workspace.errors import PersonRefused
from workspace.forms import EMPTY, elements, options_of, value_key
from workspace.model import JsonDict

Choice = str | list[str] | int | None
"""What a person picks or types: an option's value or words, several of them, a user id, a text, a date; None clears."""

Wanted = str | tuple[str, str]
"""How an element is named: its action id, its block's id or its visible words; or block id and action id together."""

SHOWN = ("text", "label", "placeholder")


def find(blocks: list[JsonDict], wanted: Wanted, kinds: set[str]) -> tuple[JsonDict, JsonDict]:
    """The one element of these types that is meant; with its block. Raises ``PersonRefused`` for none or several."""
    there = [(block, element) for block, element in elements(blocks) if element["type"] in kinds]
    for names in (_action_id, _block_id, _words, _ids):
        found = [pair for pair in there if wanted in names(*pair)]
        if len(found) == 1:
            return found[0]
        if found:
            raise PersonRefused(f"{wanted!r} is there {len(found)} times; say which by block id")
    offered = [element.get("action_id") for _, element in there]
    raise PersonRefused(f"there is no {wanted!r} to use here, only {offered}")


def _action_id(block: JsonDict, element: JsonDict) -> list[str]:
    return [str(element.get("action_id"))]


def _block_id(block: JsonDict, element: JsonDict) -> list[str]:
    return [str(block["block_id"])]


def _ids(block: JsonDict, element: JsonDict) -> list[tuple[str, str]]:
    return [(str(block["block_id"]), str(element.get("action_id")))]


def _words(block: JsonDict, element: JsonDict) -> list[str]:
    texts = [body.get(key) for body in (block, element) for key in SHOWN]
    return [text["text"] for text in texts if isinstance(text, dict)]


def used(element: JsonDict, choice: Choice) -> JsonDict:
    """The element's entry in ``state.values`` after this choice. Raises ``PersonRefused`` for an option not offered."""
    key = value_key(element)
    return {"type": element["type"], key: _value(element, key, choice)}


def _value(element: JsonDict, key: str, choice: Choice) -> object:
    if choice is None:
        return EMPTY[element["type"]][key]
    if key == "selected_option":
        return option(element, str(choice))
    if key == "selected_options":
        return [option(element, value) for value in _several(choice)]
    return _several(choice) if isinstance(EMPTY[element["type"]][key], list) else choice


def _several(choice: Choice) -> list[str]:
    return [str(value) for value in choice] if isinstance(choice, list) else [str(choice)]


def option(element: JsonDict, wanted: str) -> JsonDict:
    for offered in options_of(element):
        if wanted in (offered["value"], offered["text"]["text"]):
            return offered
    raise PersonRefused(f"{wanted!r} is not among {[o['text']['text'] for o in options_of(element)]}")


def action(block: JsonDict, element: JsonDict, state: JsonDict | None = None) -> JsonDict:
    """The entry of ``actions`` in ``block_actions``: what was used, where, and what it holds now."""
    body: JsonDict = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    for key in ("text", "value", "style"):
        if element["type"] == "button" and key in element:
            body[key] = element[key]
    if "placeholder" in element:
        body["placeholder"] = element["placeholder"]
    return body | (state or {})
