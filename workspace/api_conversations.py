"""``conversations.*``: channels, who is in them, and what was said."""

from workspace import events
from workspace.args import Args
from workspace.errors import ApiError
from workspace.methods import joined_channel, method, page, seen_channel
from workspace.model import JsonDict, Message
from workspace.wire import channel_json, message_json
from workspace.world import World


@method("conversations.info", "*:read")
def info(world: World, args: Args) -> JsonDict:
    channel = seen_channel(world, args.text("channel"))
    return {"channel": channel_json(channel, world.app.host, world.app.bot_user)}


@method("conversations.members", "*:read")
def members(world: World, args: Args) -> JsonDict:
    people = [{"id": member} for member in seen_channel(world, args.text("channel")).members]
    shown, metadata = page(people, args)
    return {"members": [person["id"] for person in shown], "response_metadata": metadata}


@method("conversations.list", "*:read")
def list_channels(world: World, args: Args) -> JsonDict:
    return _listed(world, args, joined=False)


@method("users.conversations", "*:read")
def of_the_bot(world: World, args: Args) -> JsonDict:
    """Those that whoever asks is in."""
    return _listed(world, args, joined=True)


def _listed(world: World, args: Args, *, joined: bool) -> JsonDict:
    kinds = (args.maybe("types") or "public_channel").split(",")
    names = {"channel": "public_channel", "group": "private_channel", "im": "im"}
    seen = [
        channel_json(channel, world.app.host, world.app.bot_user)
        for channel in world.state.channels.values()
        if names[channel.kind] in kinds
        and (world.sees(channel) or (channel.kind == "channel" and not joined))
        and not (args.flag("exclude_archived") and channel.is_archived)
    ]
    shown, metadata = page(seen, args)
    return {"channels": shown, "response_metadata": metadata}


@method("conversations.join", "channels:join")
def join(world: World, args: Args) -> JsonDict:
    channel = seen_channel(world, args.text("channel"))
    if channel.kind != "channel":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("is_archived")
    if not world.sees(channel):
        channel.members.append(world.app.bot_user)
        events.member_joined(world, channel, world.app.bot_user)
    return {"channel": channel_json(channel, world.app.host, world.app.bot_user)}


@method("conversations.open", "im:write")
def open_conversation(world: World, args: Args) -> JsonDict:
    """A direct message with one person. External people can be written to once they share a channel with the app."""
    people = args.text("users").split(",")
    if len(people) != 1:
        raise ApiError("method_not_supported_for_channel_type")
    user = world.state.user(people[0])
    if user.is_bot:
        raise ApiError("cannot_dm_bot")
    if user.deleted:
        raise ApiError("user_disabled")
    met = any({user.id, world.app.bot_user} <= set(c.members) for c in world.state.channels.values())
    if world.is_external(user.id) and not met:
        raise ApiError("user_not_found")
    channel = world.state.direct_message(world.app.host, world.app.bot_user, user.id)
    return {"channel": {"id": channel.id}}


@method("conversations.history", "*:history")
def history(world: World, args: Args) -> JsonDict:
    """Newest first, without replies (unless these were also sent to the channel)."""
    channel = joined_channel(world, args.text("channel"))
    said = [m for m in channel.messages.values() if (not m.is_reply or m.broadcast) and _within(m, args)]
    return _messages(world, args, list(reversed(said)))


@method("conversations.replies", "*:history")
def replies(world: World, args: Args) -> JsonDict:
    """The thread, root first. A reply's own timestamp answers with that reply alone, as Slack does."""
    channel = joined_channel(world, args.text("channel"))
    root = channel.messages.get(args.text("ts"))
    if root is None:
        raise ApiError("thread_not_found")
    said = [m for m in world.state.replies(channel.id, root.ts) if _within(m, args)]
    return _messages(world, args, [root, *said])


def _within(message: Message, args: Args) -> bool:
    """Whether a message lies between ``oldest`` and ``latest``; the ends count if ``inclusive``."""
    at = _micros(message.ts)
    oldest, latest = _micros(args.maybe("oldest") or "0"), _micros(args.maybe("latest") or "9999999999")
    return oldest <= at <= latest if args.flag("inclusive") else oldest < at < latest


def _micros(ts: str) -> int:
    seconds, _, rest = ts.partition(".")
    try:
        return int(seconds) * 1_000_000 + int((rest + "000000")[:6])
    except ValueError:
        raise ApiError("invalid_ts_latest") from None


def _messages(world: World, args: Args, said: list[Message]) -> JsonDict:
    metadata = args.flag("include_all_metadata")
    shown, following = page([message_json(world.state, m, metadata) for m in said], args)
    more = bool(following["next_cursor"])
    return {"messages": shown, "has_more": more} | ({"response_metadata": following} if more else {})
