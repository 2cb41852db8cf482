"""Events as the Events API words them, and the envelope around them."""

from workspace.identity import AppIdentity
from workspace.model import Channel, JsonDict, Message, View
from workspace.wire import message_json, view_json
from workspace.world import World

SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "member_joined_channel": "channels:read",
    **{f"channel_{what}": "channels:read" for what in ("archive", "left", "rename", "unarchive")},
    **{f"group_{what}": "groups:read" for what in ("archive", "left", "rename", "unarchive")},
    "channel_id_changed": "groups:read",
    "subteam_members_changed": "usergroups:read",
    "user_change": "users:read",
}
"""The scope without which Slack does not send an event."""


def callback(app: AppIdentity, number: int, event_time: int, channel: Channel | None, event: JsonDict) -> JsonDict:
    """The ``event_callback`` around an event. Its team is the app's own, also for what an external person did."""
    authorization = {"enterprise_id": None, "team_id": app.host, "user_id": app.bot_user}
    return {
        "token": "verification-token",
        "team_id": app.host,
        "context_team_id": app.host,
        "context_enterprise_id": None,
        "api_app_id": app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev0{number:08d}",
        "event_time": event_time,
        "authorizations": [authorization | {"is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
        "event_context": f"4-event-{number:08d}",
    }


def author(event: JsonDict) -> str | None:
    """Who did it; of an edit or a deletion: whose message it is about."""
    about = event.get("message") or event.get("previous_message") or {}
    found = event.get("user") or about.get("user")
    return str(found) if found else None


def message_posted(world: World, message: Message) -> None:
    """Tells the app of a new message, and of its mention if a person wrote one."""
    channel = world.state.channels[message.channel]
    event = _message_event(world, message) | {"channel": channel.id, "event_ts": message.ts}
    world.publish(_subscription(channel), channel, event | {"channel_type": channel.kind})
    if not channel.is_im and not message.bot_id and f"<@{world.app.bot_user}>" in message.text:
        world.publish("app_mention", channel, event | {"type": "app_mention"})


def _message_event(world: World, message: Message) -> JsonDict:
    event = message_json(world.state, message) | {"client_msg_id": f"client-{message.ts}"}
    if message.bot_id:
        del event["client_msg_id"]
    author = world.state.users[message.user]
    if author.team != world.app.host:
        profile = {"real_name": author.name, "display_name": author.name, "team": author.team, "name": author.username}
        event |= {"user_team": author.team, "source_team": author.team, "user_profile": profile}
    return event


def message_changed(world: World, message: Message, before: JsonDict) -> None:
    channel = world.state.channels[message.channel]
    event: JsonDict = {"type": "message", "subtype": "message_changed", "hidden": True, "channel": channel.id}
    event |= {"message": message_json(world.state, message), "previous_message": before, "ts": world.state.next_ts()}
    world.publish(_subscription(channel), channel, event | {"event_ts": event["ts"], "channel_type": channel.kind})


def message_deleted(world: World, message: Message, before: JsonDict) -> None:
    channel = world.state.channels[message.channel]
    event: JsonDict = {"type": "message", "subtype": "message_deleted", "hidden": True, "channel": channel.id}
    event |= {"deleted_ts": message.ts, "previous_message": before, "ts": world.state.next_ts()}
    world.publish(_subscription(channel), channel, event | {"event_ts": event["ts"], "channel_type": channel.kind})


def _subscription(channel: Channel) -> str:
    return {"im": "message.im", "group": "message.groups", "channel": "message.channels"}[channel.kind]


def reaction(world: World, message: Message, user: str, name: str, added: bool) -> None:
    kind = "reaction_added" if added else "reaction_removed"
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event = {"type": kind, "user": user, "reaction": name, "item": item, "item_user": message.user}
    channel = world.state.channels[message.channel]
    world.publish(kind, channel, event | {"event_ts": world.state.next_ts()})


def member_joined(world: World, channel: Channel, user: str, inviter: str | None = None) -> None:
    event = {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": channel.kind[0].upper(),
    }
    event |= {"team": world.state.users[user].team, "event_ts": world.state.next_ts()}
    world.publish("member_joined_channel", channel, event | ({"inviter": inviter} if inviter else {}))


def home_opened(world: World, user: str, channel: Channel, home: View | None) -> None:
    event: JsonDict = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": "home"}
    if home:
        event["view"] = view_json(home, world.app.app_id, world.app.bot_id, world.app.host)
    world.publish("app_home_opened", None, event | {"event_ts": world.state.next_ts()})
