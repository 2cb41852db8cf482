"""Slack's rich text, which carries what people type in its composer, as HTML."""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from workspace.model import JsonDict
from workspace.page.entities import broadcast, channel, group, link, told_date, user
from workspace.page.reader import Reader
from workspace.page.texts import cannot, emoji_html, typed

STYLES = {
    "code": Markup("<code>{}</code>"),
    "bold": Markup("<b>{}</b>"),
    "italic": Markup("<i>{}</i>"),
    "strike": Markup("<s>{}</s>"),
    "underline": Markup("<u>{}</u>"),
}
INDENTS = range(9)
SWATCH = Markup(
    '<svg class="swatch" viewBox="0 0 1 1" width="12" height="12" aria-hidden="true">'
    '<rect width="1" height="1" fill="{}"></rect></svg>{}'
)


def rich_text_html(reader: Reader, block: JsonDict) -> Markup:
    """A ``rich_text`` block's inside; lists that follow one another and differ in depth stand one after the other."""
    return Markup().join(_element(reader, element) for element in block["elements"])


def unknown_parts(block: JsonDict) -> list[str]:
    """The types inside that are drawn as nothing but a note or their words."""
    outer = [element for element in block["elements"] if element.get("type") not in OUTER]
    inner = [part for element in _sections(block["elements"]) for part in element.get("elements", [])]
    return [str(each.get("type")) for each in outer + [part for part in inner if part.get("type") not in PARTS]]


def _sections(elements: list[JsonDict]) -> list[JsonDict]:
    """The elements that hold parts: a list's items instead of the list."""
    holders: list[JsonDict] = []
    for element in elements:
        if element.get("type") == "rich_text_list":
            holders += element["elements"]
        elif element.get("type") in OUTER:
            holders.append(element)
    return holders


def _element(reader: Reader, element: JsonDict) -> Markup:
    draw = OUTER.get(str(element.get("type")))
    if draw is None:
        return Markup('<p class="undrawn">{}</p>').format(cannot(f"{element.get('type')} in rich text"))
    return draw(reader, element)


def _parts(reader: Reader, element: JsonDict) -> Markup:
    return Markup().join(_part(reader, part) for part in element.get("elements", []))


def _section(reader: Reader, element: JsonDict) -> Markup:
    return Markup('<div class="rich">{}</div>').format(_parts(reader, element))


def _quote(reader: Reader, element: JsonDict) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(_parts(reader, element))


def _preformatted(reader: Reader, element: JsonDict) -> Markup:
    parts = element.get("elements", [])
    inside = [escape(part["text"]) if part.get("type") == "text" else _part(reader, part) for part in parts]
    return Markup("<pre>{}</pre>").format(Markup().join(inside))


def _list(reader: Reader, element: JsonDict) -> Markup:
    indent, begins = element.get("indent", 0), element.get("offset", 0)
    depth = indent if indent in INDENTS else INDENTS[-1]
    items = Markup().join(Markup("<li>{}</li>").format(_parts(reader, item)) for item in element["elements"])
    if element.get("style") != "ordered":
        return Markup('<ul class="rich-list indent-{}">{}</ul>').format(depth, items)
    start = begins + 1 if isinstance(begins, int) else 1
    return Markup('<ol class="rich-list indent-{}" start="{}">{}</ol>').format(depth, start, items)


def _part(reader: Reader, part: JsonDict) -> Markup:
    draw = PARTS.get(str(part.get("type")))
    shown = draw(reader, part) if draw else escape(part.get("text") or part.get("fallback") or f"({part.get('type')})")
    styles = part.get("style")
    for style, around in STYLES.items():
        if isinstance(styles, dict) and styles.get(style):
            shown = around.format(shown)
    return shown


def _link(reader: Reader, part: JsonDict) -> Markup:
    url = str(part["url"])
    label = typed(str(part.get("text") or url))
    return link(reader, url, label)


def _emoji(reader: Reader, part: JsonDict) -> Markup:
    tone = part.get("skin_tone")
    return emoji_html(f"{part['name']}::skin-tone-{tone}" if tone in range(2, 7) else str(part["name"]))


def _date(reader: Reader, part: JsonDict) -> Markup:
    url = str(part.get("url") or "")
    fallback = str(part.get("fallback") or part["timestamp"])
    return told_date(reader, str(part["timestamp"]), str(part.get("format", "{date_short}")), url, fallback)


def _color(reader: Reader, part: JsonDict) -> Markup:
    value = str(part["value"])
    return SWATCH.format(value, value) if re.fullmatch("#[0-9A-Fa-f]{6}", value) else escape(value)


Draw = Callable[[Reader, JsonDict], Markup]

OUTER: dict[str, Draw] = {
    "rich_text_section": _section,
    "rich_text_list": _list,
    "rich_text_quote": _quote,
    "rich_text_preformatted": _preformatted,
}
PARTS: dict[str, Draw] = {
    "text": lambda reader, part: typed(str(part["text"])),
    "user": lambda reader, part: user(reader, str(part["user_id"])),
    "channel": lambda reader, part: channel(reader, str(part["channel_id"])),
    "usergroup": lambda reader, part: group(reader, str(part["usergroup_id"])),
    "broadcast": lambda reader, part: broadcast(str(part["range"])),
    "link": _link,
    "emoji": _emoji,
    "date": _date,
    "color": _color,
}
