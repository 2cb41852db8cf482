"""Names as people type them, ``@Erin`` or ``#triage``, turned into what Slack's composer sends for them."""

import re
from collections.abc import Iterator

from workspace.model import Channel
from workspace.server import Workspace


def mentionable(slack: Workspace, place: Channel) -> list[tuple[str, str]]:
    """What may be named in a channel: as it is typed, and as it is sent. Longer names first."""
    return sorted(_names(slack, place), key=lambda pair: -len(pair[0]))


def with_mentions(slack: Workspace, place: Channel, text: str) -> str:
    """The text with each known name replaced by its entity."""
    with slack.state.lock:
        sent = dict(mentionable(slack, place))
    if not sent:
        return text
    pattern = re.compile(rf"(?<![\w<])({'|'.join(map(re.escape, sent))})(?!\w)")
    return pattern.sub(lambda found: sent[found[1]], text)


def _names(slack: Workspace, place: Channel) -> Iterator[tuple[str, str]]:
    for member in place.members:
        yield f"@{slack.state.users[member].name}", f"<@{member}>"
    if not place.is_ext_shared:
        for group in slack.state.groups.values():
            yield f"@{group.handle}", f"<!subteam^{group.id}>"
    for channel in slack.state.channels.values():
        if not channel.is_im and set(place.members) <= set(channel.members):
            yield f"#{channel.name}", f"<#{channel.id}>"
