"""The rules for rich text: what may stand in it, and what each part must carry."""

from workspace.limits import Problems
from workspace.model import JsonDict

HOLDERS = ("rich_text_section", "rich_text_preformatted", "rich_text_quote")
KINDS = (*HOLDERS, "rich_text_list")
MOST = 1_000
PARTS = {
    "text": ["text"],
    "link": ["url"],
    "user": ["user_id"],
    "channel": ["channel_id"],
    "usergroup": ["usergroup_id"],
    "broadcast": ["range"],
    "emoji": ["name"],
    "date": ["timestamp", "format"],
    "color": ["value"],
}
"""Each part with the keys that it can't do without."""


def check_rich_text(problems: Problems, block: JsonDict, at: str) -> None:
    if problems.keys(block, at, ["elements"], ["block_id"]):
        _each(problems, block["elements"], at, KINDS)


def _each(problems: Problems, elements: object, at: str, kinds: tuple[str, ...]) -> None:
    if not problems.count(elements, f"{at}/elements", MOST) or not isinstance(elements, list):
        return
    for index, element in enumerate(elements):
        where = f"{at}/elements/{index}"
        kind = element.get("type", "")
        problems.choice(kind, f"{where}/type", kinds)
        if kind == "rich_text_list":
            _each(problems, element.get("elements"), where, ("rich_text_section",))
        elif kind in HOLDERS and problems.count(element.get("elements"), f"{where}/elements", MOST, least=0):
            _parts(problems, element["elements"], f"{where}/elements")


def _parts(problems: Problems, parts: list[JsonDict], at: str) -> None:
    for index, part in enumerate(parts):
        where = f"{at}/{index}"
        kind = str(part.get("type"))
        problems.choice(kind, f"{where}/type", tuple(PARTS))
        for key in PARTS.get(kind, []):
            if part.get(key) is None:
                problems.add(f"missing required field: {key}", where)
