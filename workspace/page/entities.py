"""What stands between ``<`` and ``>`` in mrkdwn: people, channels, groups, dates and links."""

import re
from datetime import UTC, datetime

from markupsafe import Markup, escape

from workspace.dates import formatted
from workspace.page.reader import Reader
from workspace.page.texts import is_safe, outside_link, unescaped, with_marked_emoji

PERMALINK = re.compile(r"https://[\w-]+\.slack\.com/archives/(\w+)/p([0-9]+)([0-9]{6})(?:\?thread_ts=([0-9.]+).*)?")
BROADCASTS = {"here", "channel", "everyone"}
FULL_DATE = "{date_long} at {time}"


def entity(reader: Reader, inside: str) -> Markup:
    """The entity as HTML; what is none stays as typed, with its brackets."""
    target, _, label = inside.partition("|")
    if re.fullmatch(r"@[UW]\w+", target):
        return user(reader, target[1:])
    if re.fullmatch(r"#[CDG]\w+", target):
        return channel(reader, target[1:], label)
    if target.startswith("!subteam^"):
        return group(reader, target.removeprefix("!subteam^"), label)
    if target.startswith("!date^"):
        return date(reader, target, label)
    if target[1:] in BROADCASTS and target.startswith("!"):
        return broadcast(target[1:])
    url = unescaped(target)
    if is_safe(url):
        return link(reader, url, with_marked_emoji(unescaped(label)) if label else escape(_bare(url)))
    return escape(unescaped(f"<{inside}>"))


def _bare(url: str) -> str:
    return url.removeprefix("mailto:")


def mention(words: str, *, calls_me: bool) -> Markup:
    return Markup('<span class="{}">{}</span>').format("mention me" if calls_me else "mention", words)


def user(reader: Reader, user_id: str) -> Markup:
    return mention(f"@{reader.name(user_id)}", calls_me=user_id == reader.user)


def group(reader: Reader, group_id: str, label: str = "") -> Markup:
    known = reader.state.groups.get(group_id)
    if known is None:
        return mention(unescaped(label) or f"@{group_id}", calls_me=False)
    return mention(f"@{known.handle}", calls_me=reader.user in known.users)


def broadcast(call: str) -> Markup:
    return mention(f"@{call}", calls_me=True)


def channel(reader: Reader, channel_id: str, label: str = "") -> Markup:
    """A link for its members; another's private channel is not named."""
    known = reader.state.channels.get(channel_id)
    if known is None:
        return mention(f"#{unescaped(label) or channel_id}", calls_me=False)
    if not reader.sees(known):
        return mention("#private-channel", calls_me=False)
    if not reader.is_in(known):
        return mention(f"#{known.name}", calls_me=False)
    return Markup('<a class="mention" href="{}">#{}</a>').format(reader.link_to(known), known.name)


def date(reader: Reader, target: str, fallback: str) -> Markup:
    """``!date^epoch^pattern^link`` on the reader's clock; its fallback where Slack can't tell it either."""
    _, epoch, pattern, *rest = [*target.split("^", 3), "", ""]
    shown = unescaped(fallback or f"<{target}>")
    return told_date(reader, epoch, unescaped(pattern), unescaped(rest[0]), shown) if pattern else escape(shown)


def told_date(reader: Reader, epoch: str, pattern: str, url: str, fallback: str) -> Markup:
    try:
        seconds = int(epoch)
        at = datetime.fromtimestamp(seconds, UTC)
        told, full = (formatted(seconds, each, reader.zone, reader.now()) for each in (pattern, FULL_DATE))
    except (ValueError, OverflowError, OSError):
        return escape(fallback)
    shown = Markup('<time datetime="{}" title="{}">{}</time>').format(at.isoformat(), full, told)
    return link(reader, url, shown) if url else shown


def link(reader: Reader, url: str, label: Markup) -> Markup:
    """A link: to a message of this Slack it stays on the page."""
    found = PERMALINK.fullmatch(url)
    place = reader.state.channels.get(found[1]) if found else None
    if found is None or place is None:
        return outside_link(url, label)
    if not reader.is_in(place):
        return label
    thread = found[4] or f"{found[2]}.{found[3]}"
    return Markup('<a href="{}&amp;thread={}">{}</a>').format(reader.link_to(place), thread, label)
