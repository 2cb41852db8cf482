"""An announcement as it is read: by customers, and by the managers who want to know who has it."""

from slack_sdk.models.blocks import Block, HeaderBlock, PlainTextObject

from cases.announcements import Tally
from cases.messages import Drawn
from cases.says import Body
from handlers import ids
from handlers.announced_text import announced
from handlers.bodies import count, text_of
from handlers.kit import actions, button, context, drawn, packed, section
from handlers.text import inline, inline_plain, link, mention

HEADER = 150
NAMED = 150
"""Channels named one by one, of each lot."""
REASONS = {
    "is_archived": "archived",
    "not_in_channel": "the app isn't in it",
    "channel_not_found": "not found, or the app isn't in it",
}


def announcement(body: Body) -> Drawn:
    """In a customer's channel."""
    return drawn(f"{inline(text_of(body, 'program'))}: {inline(text_of(body, 'title'))}", as_read(body))


def as_read(body: Body) -> list[Block]:
    """Exactly what customers see."""
    notes = link(text_of(body, "link").replace("&", "&amp;"), "Release notes") if text_of(body, "link") else ""
    return [
        HeaderBlock(text=PlainTextObject(text=inline_plain(text_of(body, "title"), HEADER), emoji=True)),
        section(announced(text_of(body, "text"))),
        context(f"News from {inline(text_of(body, 'program'))} support", notes),
    ]


def for_managers(body: Body) -> Drawn:
    """The card in the managers' channel, and the receipt under it."""
    return _card(body) if text_of(body, "part") == "card" else _receipt(body)


def _card(body: Body) -> Drawn:
    to = f"{count(body, 'total'):,} channel{'' if count(body, 'total') == 1 else 's'}"
    who = f"{mention(text_of(body, 'by'))} announces to {to} of {inline(text_of(body, 'program'))}"
    return drawn(f"{who}: {inline(text_of(body, 'title'))}", [section(f"📣 {who}:"), *as_read(body)])


def _receipt(body: Body) -> Drawn:
    refused = tuple((channel, reason) for channel, _, reason in _pairs(text_of(body, "refused")))
    received, waiting = (tuple(text_of(body, lot).split()) for lot in ("received", "waiting"))
    lines = [told(len(received), len(refused), count(body, "total"))]
    if received:
        lines.append(f"Received: {_named(received)}.")
    lines += _refused(refused)
    if waiting:
        lines.append(f"{len(waiting):,} on the way: {_named(waiting)}.")
    again = button("Refresh", ids.ANNOUNCED, text_of(body, "announcement"))
    return drawn(lines[0], [*packed(lines), *([actions(again)] if waiting else [])])


def tallied(tally: Tally) -> str:
    """In a line."""
    return told(len(tally.sent), len(tally.refused), tally.total)


def told(sent: int, refused: int, total: int) -> str:
    """How many have it."""
    more = f", {refused:,} refused" if refused else ""
    return f"Sent to {sent:,} of {total:,}{more}."


def _pairs(text: str) -> list[tuple[str, str, str]]:
    return [each.partition(":") for each in text.split()]


def _refused(refused: tuple[tuple[str, str], ...]) -> list[str]:
    """By reason."""
    by_reason: dict[str, list[str]] = {}
    for channel, reason in refused:
        by_reason.setdefault(REASONS.get(reason, reason), []).append(channel)
    return [f"Refused ({inline(reason)}): {_named(tuple(found))}." for reason, found in by_reason.items()]


def _named(channels: tuple[str, ...]) -> str:
    named = ", ".join(f"<#{channel}>" for channel in channels[:NAMED])
    return f"{named} and {len(channels) - NAMED} more" if len(channels) > NAMED else named
