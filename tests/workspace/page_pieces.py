"""Every kind of element, and messages and forms of them as the server takes and the page draws them."""

from tests.workspace.html_page import Tag, parsed
from tests.workspace.kit import button, modal, option, plain
from tests.workspace.page_readers import MAX
from workspace.check_payloads import accept_blocks, accept_view
from workspace.controls import Choice, used
from workspace.forms import starting_values
from workspace.model import JsonDict
from workspace.page.blocks import blocks_html
from workspace.page.reader import Reader

OPTIONS = [option("high", description=plain("at once")), option("low")]
ELEMENTS: dict[str, JsonDict] = {
    "button": button(),
    "overflow": {"options": OPTIONS},
    "image": {"image_url": "https://x.example/p.png", "alt_text": "a chart"},
    "static_select": {"option_groups": [{"label": plain("Now"), "options": OPTIONS}]},
    "multi_static_select": {"options": OPTIONS},
    "radio_buttons": {"options": OPTIONS},
    "checkboxes": {"options": OPTIONS},
}


def element(kind: str, **more: object) -> JsonDict:
    own: JsonDict = {} if kind == "image" else {"action_id": "it"}
    return {**ELEMENTS.get(kind, {}), **own, "type": kind, **more}


def page(*blocks: JsonDict, **values: JsonDict) -> Tag:
    """Blocks of a message that the server accepted, drawn for Max; ``values`` by block id."""
    return parsed(blocks_html(MAX, accept_blocks(MAX.state, list(blocks)), values, {}, "m1"))


def form(*blocks: JsonDict, errors: dict[str, str] | None = None, reader: Reader = MAX, **chosen: Choice) -> Tag:
    """A form that the server accepted, with what was chosen in its fields, drawn."""
    accepted = accept_view(reader.state, modal(*blocks), "modal")["blocks"]
    values = starting_values(accepted)
    for block in accepted:
        if block["block_id"] in chosen:
            inside = block["element"]
            values[block["block_id"]][inside["action_id"]] = used(inside, chosen[block["block_id"]])
    return parsed(blocks_html(reader, accepted, values, errors, "v1"))


def named(seen: Tag, root: Tag) -> str:
    """What a person who hears the page is told that this is."""
    called = root.one("summary") if root.name == "details" else root
    if "aria-label" in called:
        return str(called["aria-label"])
    if "aria-labelledby" in called:
        return " ".join(seen.one(id=part).text for part in str(called["aria-labelledby"]).split())
    labels = seen.all("label", for_=str(root["id"]))
    return labels[0].text if labels else root.text
