"""Reading an address: what isn't there, or isn't the viewer's to see, becomes what is."""

from collections.abc import Mapping

from workspace.model import Channel
from workspace.page.look import PANELS, Look, Panel
from workspace.server import Workspace


def look_from(query: Mapping[str, str], slack: Workspace, start: Look) -> Look:
    """The look that an address asks for; ``start`` for what it leaves open. A place that the viewer isn't in, as after
    acting as somebody else, becomes one that they are in."""
    with slack.state.lock:
        viewer = query.get("as", "")
        user = slack.state.users.get(viewer)
        viewer = viewer if user and not user.is_bot else start.viewer
        place = place_for(slack, viewer, query.get("in") or start.place)
        thread = query.get("thread", "")
        panel: Panel = next((panel for panel in PANELS if panel == query.get("panel")), "")
        return Look(
            viewer,
            place.id,
            "home" if place.is_im and query.get("tab") == "home" else "",
            thread if thread in place.messages else "",
            panel,
            query.get("entry", "") if panel == "inspector" else "",
        )


def channels_of(slack: Workspace, viewer: str) -> list[Channel]:
    """The channels that somebody is in, customers' first as they were made, without direct messages."""
    return [c for c in slack.state.channels.values() if viewer in c.members and not c.is_im]


def place_for(slack: Workspace, viewer: str, wanted: str) -> Channel:
    """The wanted place if they are in it, else their first, else their messages with the app."""
    found = slack.state.channels.get(wanted)
    if found and viewer in found.members:
        return found
    others = channels_of(slack, viewer)
    return others[0] if others else direct(slack, viewer)


def direct(slack: Workspace, viewer: str) -> Channel:
    """Their conversation with the app."""
    return slack.state.direct_message(slack.app.host, slack.app.bot_user, viewer)
