"""Blocks as lines of terminal text."""

from collections.abc import Callable

from rich.text import Text

from workspace.forms import value_key
from workspace.model import JsonDict
from workspace.mrkdwn import Reader, plain

RULE = "─" * 40
FIELD = 15


def block_lines(reader: Reader, block: JsonDict, values: JsonDict | None = None) -> list[Text]:
    """One block. ``values`` are what has been filled in, as in ``view.state.values``."""
    drawn = DRAW.get(block["type"])
    return (
        drawn(reader, block, (values or {}).get(str(block.get("block_id")), {}))
        if drawn
        else [Text(f"({block['type']})")]
    )


def words(reader: Reader, text: JsonDict) -> Text:
    return reader.mrkdwn(text["text"]) if text["type"] == "mrkdwn" else plain(text["text"])


def _section(reader: Reader, block: JsonDict, values: JsonDict) -> list[Text]:
    lines = list(words(reader, block["text"]).split("\n")) if "text" in block else []
    lines += [_field(words(reader, field)) for field in block.get("fields", [])]
    return lines + ([_element(reader, block["accessory"], values)] if "accessory" in block else [])


def _field(text: Text) -> Text:
    """Its heading at the left, its value beside it: a terminal is too narrow for Slack's two columns."""
    heading, *value = text.split("\n")
    heading.pad_right(max(0, FIELD - heading.cell_len))
    return Text(" ").join([heading, *value])


def _header(reader: Reader, block: JsonDict, values: JsonDict) -> list[Text]:
    line = plain(block["text"]["text"])
    line.stylize("bold underline")
    return [line]


def _divider(reader: Reader, block: JsonDict, values: JsonDict) -> list[Text]:
    return [Text(RULE, style="dim")]


def _context(reader: Reader, block: JsonDict, values: JsonDict) -> list[Text]:
    shown = [words(reader, e) if "text" in e else Text(f"({e['alt_text']})") for e in block["elements"]]
    line = Text("  ").join(shown)
    line.stylize("dim")
    return list(line.split("\n"))


def _actions(reader: Reader, block: JsonDict, values: JsonDict) -> list[Text]:
    return [Text("  ").join(_element(reader, element, values) for element in block["elements"])]


def _input(reader: Reader, block: JsonDict, values: JsonDict) -> list[Text]:
    label = Text(block["label"]["text"], style="bold").append(" (optional)" if block.get("optional") else "")
    lines = [label, _element(reader, block["element"], values)]
    return lines + ([Text(block["hint"]["text"], style="dim")] if "hint" in block else [])


def _image(reader: Reader, block: JsonDict, values: JsonDict) -> list[Text]:
    return [Text(f"({block['alt_text']})", style="dim")]


def _markdown(reader: Reader, block: JsonDict, values: JsonDict) -> list[Text]:
    return [Text(line) for line in block["text"].splitlines()]


def _rich_text(reader: Reader, block: JsonDict, values: JsonDict) -> list[Text]:
    parts = [part for element in block["elements"] for part in element["elements"]]
    return list(Text("").join(_rich_part(reader, part) for part in parts).split("\n"))


def _rich_part(reader: Reader, part: JsonDict) -> Text:
    kind = part["type"]
    if kind == "user":
        return Text(f"@{reader.name(part['user_id'])}", style="cyan")
    if kind == "channel":
        return Text(reader.entity(f"#{part['channel_id']}"), style="cyan")
    if kind == "emoji":
        return plain(f":{part['name']}:")
    return Text(str(part.get("text") or part.get("url") or part.get("range") or ""))


def _element(reader: Reader, element: JsonDict, values: JsonDict) -> Text:
    kind = element["type"]
    if kind == "button":
        style = {"primary": "bold green", "danger": "bold red"}.get(element.get("style", ""), "bold")
        return Text(f"[{element['text']['text']}]", style=style)
    if kind == "overflow":
        return Text("[⋯ " + " | ".join(option["text"]["text"] for option in element["options"]) + "]")
    held = values.get(str(element.get("action_id")), {})
    if kind in {"radio_buttons", "checkboxes"}:
        return _ticked(element, held)
    chosen = _told(reader, held.get(value_key(element))) if held else ""
    hint = element.get("placeholder", {}).get("text", "")
    return Text(f"[{chosen or hint or '…'}]", style="" if chosen else "dim")


def _ticked(element: JsonDict, held: JsonDict) -> Text:
    chosen = held.get("selected_options") or [held.get("selected_option")]
    taken = {option["value"] for option in chosen if option}
    on, off = ("◉", "○") if element["type"] == "radio_buttons" else ("☑", "☐")
    marks = [f"{on if o['value'] in taken else off} {o['text']['text']}" for o in element["options"]]
    return Text("\n".join(marks))


def _told(reader: Reader, value: object) -> str:
    """A value in words: an option's text, a person's name, several of them, or what was typed."""
    if isinstance(value, dict):
        return str(value["text"]["text"])
    if isinstance(value, list):
        return ", ".join(_told(reader, item) for item in value)
    return "" if value is None else reader.name(str(value))


DRAW: dict[str, Callable[[Reader, JsonDict, JsonDict], list[Text]]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
    "rich_text": _rich_text,
}
