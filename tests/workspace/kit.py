"""Small Block Kit pieces for these tests."""

from workspace.model import JsonDict


def plain(text: str) -> JsonDict:
    return {"type": "plain_text", "text": text}


def section(text: str = "words", **more: object) -> JsonDict:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str = "Press", action_id: str = "press", **more: object) -> JsonDict:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: JsonDict, **more: object) -> JsonDict:
    return {"type": "actions", "elements": list(elements), **more}


def option(value: str, **more: object) -> JsonDict:
    return {"text": plain(value), "value": value, **more}


def select(*values: str, action_id: str = "pick", **more: object) -> JsonDict:
    return {"type": "static_select", "action_id": action_id, "options": [option(v) for v in values], **more}


def text_input(action_id: str = "typed", **more: object) -> JsonDict:
    return {"type": "plain_text_input", "action_id": action_id, **more}


def field(block_id: str, element: JsonDict, **more: object) -> JsonDict:
    return {"type": "input", "block_id": block_id, "label": plain(block_id.title()), "element": element, **more}


def modal(*blocks: JsonDict, **more: object) -> JsonDict:
    body: JsonDict = {"type": "modal", "title": plain("Case"), "submit": plain("Open"), "callback_id": "case"}
    return body | {"blocks": list(blocks)} | more
