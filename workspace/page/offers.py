"""What a menu, a group of radio buttons or of checkboxes offers, and which of it is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from workspace.model import Channel, JsonDict
from workspace.page.mrkdwn import phrase_html, text_words
from workspace.page.reader import Reader

KINDS = {"public": "channel", "private": "group", "im": "im"}


@dataclass(frozen=True)
class Offer:
    """One thing to choose. ``words`` and ``note`` are plain characters; ``label`` and ``described`` their HTML."""

    value: str
    words: str
    label: Markup
    note: str
    described: Markup
    chosen: bool


@dataclass(frozen=True)
class Offers:
    """Offers under one heading, or under none (empty)."""

    heading: str
    offers: list[Offer]


def offered(reader: Reader, element: JsonDict, held: object) -> list[Offers]:
    """All that this element offers; ``held`` is its value in ``state.values``."""
    chosen = _chosen(held)
    kind = element["type"].removeprefix("multi_")
    if kind == "users_select":
        return [Offers("", _named(_people(reader), chosen, reader))]
    if kind in ("conversations_select", "channels_select"):
        return [Offers("", _named(_channels(reader, element), chosen, reader))]
    groups = [("", element["options"])] if "options" in element else _groups(reader, element)
    return [Offers(heading, [_option(reader, option, chosen) for option in options]) for heading, options in groups]


def _groups(reader: Reader, element: JsonDict) -> list[tuple[str, list[JsonDict]]]:
    return [(text_words(reader, group["label"]), group["options"]) for group in element["option_groups"]]


def _option(reader: Reader, option: JsonDict, chosen: set[str]) -> Offer:
    text, described = option["text"], option.get("description")
    note = text_words(reader, described) if described else ""
    drawn = phrase_html(reader, described) if described else Markup()
    words = text_words(reader, text)
    return Offer(option["value"], words, phrase_html(reader, text), note, drawn, option["value"] in chosen)


def _chosen(held: object) -> set[str]:
    several = held if isinstance(held, list) else [held]
    return {str(each["value"]) if isinstance(each, dict) else str(each) for each in several if each is not None}


def _named(names: dict[str, str], chosen: set[str], reader: Reader) -> list[Offer]:
    """By name; what is chosen already is offered even where the reader would not find it."""
    names = {**{missing: _name_of(reader, missing) for missing in chosen - names.keys()}, **names}
    by_name = sorted(names.items(), key=lambda pair: pair[1].lower())
    return [Offer(value, name, escape(name), "", Markup(), value in chosen) for value, name in by_name]


def _name_of(reader: Reader, wanted: str) -> str:
    channel = reader.state.channels.get(wanted)
    return _channel_name(reader, channel) if channel else reader.name(wanted)


def _people(reader: Reader) -> dict[str, str]:
    return {user.id: reader.name_with_team(user) for user in reader.state.users.values() if reader.knows(user)}


def _channels(reader: Reader, element: JsonDict) -> dict[str, str]:
    return {channel.id: _channel_name(reader, channel) for channel in _wanted_channels(reader, element)}


def _wanted_channels(reader: Reader, element: JsonDict) -> Iterator[Channel]:
    """Public channels alone, or conversations of every kind as the element's filter has it."""
    every = element["type"].endswith("conversations_select")
    asked = element.get("filter", {}).get("include", list(KINDS)) if every else ["public"]
    kinds = {KINDS[kind] for kind in asked if kind in KINDS}
    unshared = element.get("filter", {}).get("exclude_external_shared_channels", False)
    for channel in reader.state.channels.values():
        fits = channel.kind in kinds and not channel.is_archived and not (unshared and channel.is_ext_shared)
        if fits and reader.sees(channel):
            yield channel


def _channel_name(reader: Reader, channel: Channel) -> str:
    if channel.is_im:
        return ", ".join(reader.name(member) for member in channel.members if member != reader.user)
    return f"#{channel.name}"
