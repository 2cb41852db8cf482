"""Characters on their way to the page: Slack's three entities undone once, emoji named for those who hear the page."""

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from workspace.page.emoji_names import SHORTCODE, character, with_emoji

ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
SAFE_SCHEMES = {"http", "https", "mailto"}
OUTSIDE = Markup('rel="noopener noreferrer nofollow" target="_blank"')
BREAK = Markup("<br>")


def unescaped(source: str) -> str:
    """Slack's own three entities as characters; any other is just text."""
    return re.sub("&(?:lt|gt|amp);", lambda found: ENTITIES[found[0]], source)


def words(source: str) -> str:
    """``plain_text`` for where only characters fit: a menu's option, a placeholder, a label that is read aloud."""
    return with_emoji(unescaped(source))


def plain(source: str) -> Markup:
    """``plain_text`` on the page, its lines kept; no formatting but emoji."""
    return lines(with_marked_emoji(unescaped(source)))


def typed(source: str) -> Markup:
    """Characters as they are, with no emoji in them; lines kept."""
    return lines(escape(source))


def lines(text: Markup) -> Markup:
    return BREAK.join(text.split("\n"))


def with_marked_emoji(text: str) -> Markup:
    """Characters, escaped; a known shortcode among them becomes its emoji."""
    parts, last = [], 0
    for found in SHORTCODE.finditer(text):
        parts += [escape(text[last : found.start()]), emoji_html(found[1])]
        last = found.end()
    return Markup().join([*parts, escape(text[last:])])


def emoji_html(name: str) -> Markup:
    """An emoji with a label; an unknown name stays ``:as_typed:``."""
    shown = character(name)
    if shown is None:
        return escape(f":{name}:")
    label = name.partition("::")[0].replace("_", " ")
    return Markup('<span class="emoji" role="img" aria-label="{}" title=":{}:">{}</span>').format(label, name, shown)


def is_safe(url: str) -> bool:
    """Whether a link may lead there."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in SAFE_SCHEMES and url.isprintable() and " " not in url


def outside_link(url: str, label: Markup, css: str = "") -> Markup:
    """A link out of the page, or its words alone where it may not lead there."""
    if not is_safe(url):
        return label
    named = Markup(' class="{}"').format(css) if css else ""
    return Markup('<a{} href="{}" {}>{}</a>').format(named, url, OUTSIDE, label)


def cannot(what: str) -> str:
    """What stands where something can't be drawn."""
    return f"This local Slack can't draw {what} yet."
