"""Each limit of a message or a view with its number, the place that a refusal names, and what reaches it."""

from collections.abc import Callable
from itertools import count

from tests.workspace.kit import actions, button, field, modal, option, plain, section, select, text_input
from workspace.model import JsonDict

CONFIRM = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}


def words(size: int) -> str:
    return "x" * size


def header(text: str) -> JsonDict:
    return {"type": "header", "text": plain(text)}


def context(most: int) -> JsonDict:
    return {"type": "context", "elements": [plain("x")] * most}


def fields(most: int, size: int = 1) -> JsonDict:
    return {"type": "section", "fields": [plain(words(size))] * most}


def few(kind: str, most: int) -> JsonDict:
    return section(accessory={"type": kind, "action_id": "a", "options": [option(str(n)) for n in range(most)]})


def confirmed(**part: str) -> JsonDict:
    return actions(button(confirm=CONFIRM | {key: plain(text) for key, text in part.items()}))


def grouped(*names: str, options: int = 1) -> JsonDict:
    offered = [option(str(n)) for n in range(options)]
    groups = [{"label": plain(name), "options": offered} for name in names]
    return actions({"type": "static_select", "action_id": "s", "option_groups": groups})


def picture(**more: object) -> JsonDict:
    return {"type": "image", "image_url": "https://x.example", "alt_text": "x", **more}


FRESH = count(1000)
Make = Callable[[int], list[JsonDict]]

MESSAGES: dict[str, tuple[int, str, Make]] = {
    "blocks": (50, "/blocks", lambda n: [section()] * n),
    "section text": (3000, "/blocks/0/text/text", lambda n: [section(words(n))]),
    "section fields": (10, "/blocks/0/fields", lambda n: [fields(n)]),
    "field text": (2000, "/blocks/0/fields/0/text", lambda n: [fields(1, n)]),
    "header": (150, "/blocks/0/text/text", lambda n: [header(words(n))]),
    "context": (10, "/blocks/0/elements", lambda n: [context(n)]),
    "actions": (25, "/blocks/0/elements", lambda n: [actions(*(button(action_id=f"a{i}") for i in range(n)))]),
    "button text": (75, "/blocks/0/elements/0/text/text", lambda n: [actions(button(words(n)))]),
    "button value": (2000, "/blocks/0/elements/0/value", lambda n: [actions(button(value=words(n)))]),
    "action id": (255, "/blocks/0/elements/0/action_id", lambda n: [actions(button(action_id=words(n)))]),
    "block id": (255, "/blocks/0/block_id", lambda n: [section(block_id=words(n))]),
    "menu options": (
        100,
        "/blocks/0/elements/0/options",
        lambda n: [actions(select(*(str(i) for i in range(n))))],
    ),
    "option value": (150, "/blocks/0/elements/0/options/0/value", lambda n: [actions(select_of("x", words(n)))]),
    "option text": (75, "/blocks/0/elements/0/options/0/text/text", lambda n: [actions(select_of(words(n), "x"))]),
    "option description": (
        75,
        "/blocks/0/elements/0/options/0/description/text",
        lambda n: [actions(select_of("x", "x", description=plain(words(n))))],
    ),
    "radio buttons": (10, "/blocks/0/accessory/options", lambda n: [few("radio_buttons", n)]),
    "checkboxes": (10, "/blocks/0/accessory/options", lambda n: [few("checkboxes", n)]),
    "overflow": (5, "/blocks/0/accessory/options", lambda n: [few("overflow", n)]),
    "confirm title": (100, "/blocks/0/elements/0/confirm/title/text", lambda n: [confirmed(title=words(n))]),
    "confirm text": (300, "/blocks/0/elements/0/confirm/text/text", lambda n: [confirmed(text=words(n))]),
    "confirm button": (30, "/blocks/0/elements/0/confirm/confirm/text", lambda n: [confirmed(confirm=words(n))]),
    "deny button": (30, "/blocks/0/elements/0/confirm/deny/text", lambda n: [confirmed(deny=words(n))]),
    "button address": (3000, "/blocks/0/elements/0/url", lambda n: [actions(button(url=words(n)))]),
    "button as it is read out": (
        75,
        "/blocks/0/elements/0/accessibility_label",
        lambda n: [actions(button(accessibility_label=words(n)))],
    ),
    "context text": (2000, "/blocks/0/elements/0/text", lambda n: [{"type": "context", "elements": [plain(words(n))]}]),
    "option groups": (100, "/blocks/0/elements/0/option_groups", lambda n: [grouped(*["x"] * n)]),
    "group's name": (75, "/blocks/0/elements/0/option_groups/0/label/text", lambda n: [grouped(words(n))]),
    "group's options": (
        100,
        "/blocks/0/elements/0/option_groups/0/options",
        lambda n: [grouped("x", options=n)],
    ),
    "picture's address": (3000, "/blocks/0/image_url", lambda n: [picture(image_url=words(n))]),
    "picture in words": (2000, "/blocks/0/alt_text", lambda n: [picture(alt_text=words(n))]),
    "picture's title": (2000, "/blocks/0/title/text", lambda n: [picture(title=plain(words(n)))]),
    "markdown": (12_000, "/blocks/0/text", lambda n: [{"type": "markdown", "text": words(n)}]),
    "placeholder": (
        150,
        "/blocks/0/elements/0/placeholder/text",
        lambda n: [actions(select("x", placeholder=plain(words(n))))],
    ),
}

VIEWS: dict[str, tuple[int, str, Callable[[int], JsonDict]]] = {
    "blocks": (100, "/view/blocks", lambda n: modal(*[section()] * n)),
    "title": (24, "/view/title/text", lambda n: modal(section(), title=plain(words(n)))),
    "submit": (24, "/view/submit/text", lambda n: modal(section(), submit=plain(words(n)))),
    "close": (24, "/view/close/text", lambda n: modal(section(), close=plain(words(n)))),
    "private metadata": (3000, "/view/private_metadata", lambda n: modal(section(), private_metadata=words(n))),
    "callback id": (255, "/view/callback_id", lambda n: modal(section(), callback_id=words(n))),
    "external id": (255, "/view/external_id", lambda n: modal(section(), external_id=f"{words(n - 4)}{next(FRESH)}")),
    "min length": (3000, "/view/blocks/0/element/min_length", lambda n: modal(field("f", text_input(min_length=n)))),
    "label": (2000, "/view/blocks/0/label/text", lambda n: modal(field("f", text_input(), label=plain(words(n))))),
    "hint": (2000, "/view/blocks/0/hint/text", lambda n: modal(field("f", text_input(), hint=plain(words(n))))),
    "initial value": (
        3000,
        "/view/blocks/0/element/initial_value",
        lambda n: modal(field("f", text_input(initial_value=words(n)))),
    ),
    "max length": (3000, "/view/blocks/0/element/max_length", lambda n: modal(field("f", text_input(max_length=n)))),
}


def select_of(text: str, value: str, **more: object) -> JsonDict:
    return {"type": "static_select", "action_id": "s", "options": [{"text": plain(text), "value": value, **more}]}
