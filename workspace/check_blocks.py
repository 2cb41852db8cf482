"""The rules for blocks, and for the lists of blocks in a message or a view."""

from workspace import limits
from workspace.check_elements import IN_ACTIONS, IN_INPUT, IN_SECTION, check_element, check_image
from workspace.check_rich_text import check_rich_text
from workspace.limits import BOTH, PLAIN, Problems
from workspace.model import JsonDict

ONLY_IN_MESSAGES = {"markdown"}


def check_blocks(problems: Problems, blocks: object, at: str, most: int, in_view: bool = False) -> None:
    """A list of at most ``most`` blocks, each within its rules, with ids that are used once."""
    if not problems.count(blocks, at, most, least=0) or not isinstance(blocks, list):
        return
    for index, block in enumerate(blocks):
        _block(problems, block, f"{at}/{index}", in_view)
    _unique_block_ids(problems, blocks, at)


def _block(problems: Problems, block: JsonDict, at: str, in_view: bool) -> None:
    rule = RULES.get(str(block.get("type")))
    if rule is None or (in_view and block["type"] in ONLY_IN_MESSAGES):
        problems.add(f"unsupported type: {block.get('type')}", f"{at}/type")
        return
    if block.get("block_id") is not None:
        problems.string(block["block_id"], f"{at}/block_id", limits.ID)
    rule(problems, block, at)


def _unique_block_ids(problems: Problems, blocks: list[JsonDict], at: str) -> None:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            problems.add(f"`block_id` {block_id} already exists", f"{at}/{index}/block_id")
        seen.add(str(block_id))


def _section(problems: Problems, block: JsonDict, at: str) -> None:
    problems.keys(block, at, [], ["text", "fields", "accessory", "block_id", "expand"])
    if "text" not in block and "fields" not in block:
        problems.add("missing required field: text or fields", at)
    if "text" in block:
        problems.text(block["text"], f"{at}/text", limits.SECTION_TEXT)
    if "fields" in block and problems.count(block["fields"], f"{at}/fields", limits.SECTION_FIELDS):
        for index, text in enumerate(block["fields"]):
            problems.text(text, f"{at}/fields/{index}", limits.SECTION_FIELD_TEXT)
    if "accessory" in block:
        check_element(problems, block["accessory"], f"{at}/accessory", IN_SECTION)


def _header(problems: Problems, block: JsonDict, at: str) -> None:
    if problems.keys(block, at, ["text"], ["block_id", "level"]):
        problems.text(block["text"], f"{at}/text", limits.HEADER_TEXT, PLAIN)


def _divider(problems: Problems, block: JsonDict, at: str) -> None:
    problems.keys(block, at, [], ["block_id"])


def _markdown(problems: Problems, block: JsonDict, at: str) -> None:
    if problems.keys(block, at, ["text"], ["block_id"]):
        problems.string(block["text"], f"{at}/text", limits.MARKDOWN_TEXT, least=1)


def _context(problems: Problems, block: JsonDict, at: str) -> None:
    if not problems.keys(block, at, ["elements"], ["block_id"]):
        return
    if problems.count(block["elements"], f"{at}/elements", limits.CONTEXT_ELEMENTS):
        for index, element in enumerate(block["elements"]):
            where = f"{at}/elements/{index}"
            if element.get("type") == "image":
                check_image(problems, element, where)
            else:
                problems.text(element, where, limits.CONTEXT_TEXT, BOTH)


def _actions(problems: Problems, block: JsonDict, at: str) -> None:
    if not problems.keys(block, at, ["elements"], ["block_id"]):
        return
    if not problems.count(block["elements"], f"{at}/elements", limits.ACTIONS_ELEMENTS):
        return
    seen: set[str] = set()
    for index, element in enumerate(block["elements"]):
        where = f"{at}/elements/{index}"
        check_element(problems, element, where, IN_ACTIONS)
        action_id = element.get("action_id")
        if action_id and action_id in seen:
            problems.add(f"`action_id` {action_id} already exists", f"{where}/action_id")
        seen.add(str(action_id))


def _input(problems: Problems, block: JsonDict, at: str) -> None:
    if problems.keys(block, at, ["label", "element"], ["hint", "optional", "dispatch_action", "block_id"]):
        problems.text(block["label"], f"{at}/label", limits.INPUT_LABEL, PLAIN)
        check_element(problems, block["element"], f"{at}/element", IN_INPUT)
    if "hint" in block:
        problems.text(block["hint"], f"{at}/hint", limits.INPUT_HINT, PLAIN)


RULES = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "image": check_image,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "markdown": _markdown,
    "rich_text": check_rich_text,
}
