"""The rules for whole payloads, and how Slack completes what it accepts (ids that were left out)."""

import json
from copy import deepcopy

from workspace import limits
from workspace.check_blocks import check_blocks
from workspace.errors import ApiError
from workspace.limits import PLAIN, Problems
from workspace.model import JsonDict
from workspace.state import State

VIEW_KEYS = ["title", "submit", "close", "private_metadata", "callback_id", "external_id"]
VIEW_FLAGS = ["clear_on_close", "notify_on_close", "submit_disabled"]


def accept_blocks(state: State, blocks: object) -> list[JsonDict]:
    """Message blocks, completed. Raises ``invalid_blocks`` with every problem and its JSON pointer."""
    problems = Problems()
    check_blocks(problems, blocks, "/blocks", limits.BLOCKS_PER_MESSAGE)
    if problems.found or not isinstance(blocks, list):
        raise ApiError("invalid_blocks", problems.found, errors=problems.found)
    return complete(state, blocks)


def accept_view(state: State, view: object, kind: str) -> JsonDict:
    """A view of this kind (``modal`` or ``home``), completed. Raises ``invalid_arguments`` with every problem."""
    problems = Problems()
    if not isinstance(view, dict):
        raise ApiError("invalid_arguments", ["must provide an object [json-pointer:/view]"])
    _check_view(problems, view, kind)
    if problems.found:
        raise ApiError("invalid_arguments", problems.found)
    if len(json.dumps(view)) > limits.VIEW_BYTES:
        raise ApiError("view_too_large")
    return {**deepcopy(view), "blocks": complete(state, view["blocks"])}


def _check_view(problems: Problems, view: JsonDict, kind: str) -> None:
    if view.get("type") != kind:
        problems.add(f"must be one of: {kind}", "/view/type")
    problems.keys(view, "/view", ["type", "blocks", *(["title"] if kind == "modal" else [])], VIEW_KEYS + VIEW_FLAGS)
    sizes = {"title": limits.VIEW_TITLE, "submit": limits.VIEW_BUTTON, "close": limits.VIEW_BUTTON}
    for key, most in sizes.items():
        if view.get(key) is not None:
            problems.text(view[key], f"/view/{key}", most, PLAIN)
    strings = {"private_metadata": limits.PRIVATE_METADATA, "callback_id": limits.CALLBACK_ID, "external_id": limits.ID}
    for key, most in strings.items():
        if view.get(key) is not None:
            problems.string(view[key], f"/view/{key}", most)
    blocks = view.get("blocks")
    if blocks is None:
        return
    check_blocks(problems, blocks, "/view/blocks", limits.BLOCKS_PER_VIEW, in_view=True)
    asks = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if kind == "modal" and asks and not view.get("submit"):
        problems.add("submit is required when there is an input block", "/view/submit")


def accept_metadata(metadata: object) -> JsonDict:
    """Message metadata: an event type and a payload. Raises ``invalid_metadata_format``."""
    good = isinstance(metadata, dict) and isinstance(metadata.get("event_type"), str)
    if not good or not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise ApiError("invalid_metadata_format")
    return deepcopy(metadata)


def complete(state: State, blocks: list[JsonDict]) -> list[JsonDict]:
    """The blocks as Slack stores them: every block has an id, every element that can act has an action id."""
    done = deepcopy(blocks)
    for block in done:
        block.setdefault("block_id", f"b{state.number():04d}")
        inner = [block.get("element"), block.get("accessory")]
        inner += block["elements"] if block["type"] == "actions" else []
        for element in inner:
            if element and element["type"] != "image":
                element.setdefault("action_id", f"a{state.number():04d}")
    return done
