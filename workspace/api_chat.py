"""``chat.*``: what the app says."""

from workspace import events
from workspace.args import Args
from workspace.check_payloads import accept_blocks, accept_metadata
from workspace.errors import ApiError
from workspace.limits import MESSAGE_TEXT
from workspace.methods import joined_channel, method, seen_channel
from workspace.model import Channel, JsonDict, Message
from workspace.wire import message_json
from workspace.world import World


@method("chat.postMessage", "chat:write")
def post_message(world: World, args: Args) -> JsonDict:
    message = compose(world, _destination(world, args), args)
    _thread_exists(world, message)
    store(world, message)
    return _answer(world, message)


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(world: World, args: Args) -> JsonDict:
    channel = joined_channel(world, args.text("channel"))
    user = args.text("user")
    if channel.is_archived:
        raise ApiError("is_archived")
    if user not in channel.members:
        raise ApiError("user_not_in_channel" if user in world.state.users else "user_not_found")
    message = compose(world, channel, args)
    message.ephemeral_for = user
    world.state.ephemerals.append(message)
    return {"message_ts": message.ts}


@method("chat.update", "chat:write")
def update(world: World, args: Args) -> JsonDict:
    message = _own(world, args, "cant_update_message")
    if world.state.channels[message.channel].is_archived:
        raise ApiError("is_inactive")
    draft = compose(world, world.state.channels[message.channel], args, text_default=message.text)
    before = message_json(world.state, message)
    message.text = draft.text
    if args.decoded("blocks") is not None:
        message.blocks = draft.blocks
    message.metadata = draft.metadata or message.metadata
    message.edited = {"user": world.app.bot_user, "ts": world.state.next_ts()}
    events.message_changed(world, message, before)
    return _answer(world, message) | {"text": message.text}


@method("chat.delete", "chat:write")
def delete(world: World, args: Args) -> JsonDict:
    message = _own(world, args, "cant_delete_message")
    before = message_json(world.state, message)
    del world.state.channels[message.channel].messages[message.ts]
    events.message_deleted(world, message, before)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.getPermalink")
def permalink(world: World, args: Args) -> JsonDict:
    channel = seen_channel(world, args.text("channel"))
    message = world.state.message(channel.id, args.text("message_ts"))
    link = f"https://{world.state.teams[world.app.host].domain}.slack.com/archives/{channel.id}"
    link += f"/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _destination(world: World, args: Args) -> Channel:
    """Where a message goes: a conversation the bot is in, or a person's direct messages."""
    wanted = args.text("channel")
    if wanted in world.state.users and wanted != world.app.bot_user:
        return world.state.direct_message(world.app.host, world.app.bot_user, wanted)
    channel = seen_channel(world, wanted)
    if channel.is_archived:
        raise ApiError("is_archived")
    public_writer = world.app.scopes is not None and "chat:write.public" in world.app.scopes
    if not world.sees(channel) and not (public_writer and not channel.is_private):
        raise ApiError("not_in_channel")
    return channel


def compose(world: World, channel: Channel, args: Args, text_default: str = "") -> Message:
    """A message of the bot, checked but not yet stored. Raises Slack's refusals of text, blocks and metadata."""
    blocks = args.decoded("blocks")
    text = args.maybe("text") or (text_default if blocks is None else "")
    if not text and not blocks:
        raise ApiError("no_text")
    if len(text) > MESSAGE_TEXT:
        raise ApiError("msg_too_long")
    metadata = args.decoded("metadata")
    return Message(
        ts=world.state.next_ts(),
        channel=channel.id,
        user=world.app.bot_user,
        team=world.app.host,
        text=text,
        blocks=accept_blocks(world.state, blocks) if blocks else [],
        thread_ts=args.maybe("thread_ts"),
        bot_id=world.app.bot_id,
        app_id=world.app.app_id,
        metadata=accept_metadata(metadata) if metadata else None,
        broadcast=args.flag("reply_broadcast"),
    )


def _thread_exists(world: World, message: Message) -> None:
    """A reply to nothing is refused; a reply to a reply joins that reply's thread."""
    if message.thread_ts is None:
        return
    root = world.state.channels[message.channel].messages.get(message.thread_ts)
    if root is None:
        raise ApiError("thread_not_found")
    message.thread_ts = root.thread_ts or root.ts


def store(world: World, message: Message) -> None:
    world.state.channels[message.channel].messages[message.ts] = message
    events.message_posted(world, message)


def _own(world: World, args: Args, refusal: str) -> Message:
    channel = seen_channel(world, args.text("channel"))
    message = world.state.message(channel.id, args.text("ts"))
    if not world.owns(message):
        raise ApiError(refusal)
    return message


def _answer(world: World, message: Message) -> JsonDict:
    shown = message_json(world.state, message, metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": shown}
