"""What is stuck onto messages and channels: reactions, pins, bookmarks."""

from workspace import events
from workspace.args import Args
from workspace.errors import ApiError
from workspace.limits import ID
from workspace.methods import joined_channel, method
from workspace.model import Bookmark, Channel, JsonDict, Message
from workspace.wire import message_json
from workspace.world import World


def _target(world: World, args: Args) -> Message:
    channel = joined_channel(world, args.text("channel"))
    return world.state.message(channel.id, args.text("timestamp"))


def _name(args: Args) -> str:
    name = args.text("name").strip(":")
    if not name.replace("_", "").replace("-", "").replace("+", "").replace(":", "").replace("'", "").isalnum():
        raise ApiError("invalid_name")
    return name


@method("reactions.add", "reactions:write")
def add_reaction(world: World, args: Args) -> JsonDict:
    react(world, _target(world, args), world.app.bot_user, _name(args))
    return {}


@method("reactions.remove", "reactions:write")
def remove_reaction(world: World, args: Args) -> JsonDict:
    unreact(world, _target(world, args), world.app.bot_user, _name(args))
    return {}


@method("reactions.get", "reactions:read")
def get_reactions(world: World, args: Args) -> JsonDict:
    message = _target(world, args)
    return {"type": "message", "channel": message.channel, "message": message_json(world.state, message)}


def react(world: World, message: Message, user: str, name: str) -> None:
    """Adds a person's reaction and tells the app. Raises ``already_reacted``."""
    people = message.reactions.setdefault(name, [])
    if user in people:
        raise ApiError("already_reacted")
    people.append(user)
    events.reaction(world, message, user, name, added=True)


def unreact(world: World, message: Message, user: str, name: str) -> None:
    """Takes a person's reaction away and tells the app. Raises ``no_reaction``."""
    people = message.reactions.get(name, [])
    if user not in people:
        raise ApiError("no_reaction")
    people.remove(user)
    if not people:
        del message.reactions[name]
    events.reaction(world, message, user, name, added=False)


@method("pins.add", "pins:write")
def add_pin(world: World, args: Args) -> JsonDict:
    message = _target(world, args)
    channel = world.state.channels[message.channel]
    if message.ts in channel.pins:
        raise ApiError("already_pinned")
    channel.pins.append(message.ts)
    return {}


@method("pins.remove", "pins:write")
def remove_pin(world: World, args: Args) -> JsonDict:
    message = _target(world, args)
    channel = world.state.channels[message.channel]
    if message.ts not in channel.pins:
        raise ApiError("no_pin")
    channel.pins.remove(message.ts)
    return {}


@method("pins.list", "pins:read")
def list_pins(world: World, args: Args) -> JsonDict:
    channel = joined_channel(world, args.text("channel"))
    pinned = [channel.messages[ts] for ts in channel.pins if ts in channel.messages]
    kinds = {"type": "message", "channel": channel.id}
    return {"items": [kinds | {"message": message_json(world.state, message)} for message in pinned]}


def _bookmark(channel: Channel, bookmark: Bookmark) -> JsonDict:
    return {
        "id": bookmark.id,
        "channel_id": channel.id,
        "title": bookmark.title,
        "link": bookmark.link,
        "type": "link",
    }


@method("bookmarks.add", "bookmarks:write")
def add_bookmark(world: World, args: Args) -> JsonDict:
    channel = joined_channel(world, args.text("channel_id"))
    title, link = args.text("title"), args.text("link")
    if args.text("type") != "link":
        raise ApiError("invalid_bookmark_type")
    if not link.startswith(("http://", "https://")) or len(title) > ID:
        raise ApiError("invalid_link")
    bookmark = Bookmark(f"Bk0{world.state.number():06d}", title, link)
    channel.bookmarks.append(bookmark)
    return {"bookmark": _bookmark(channel, bookmark)}


@method("bookmarks.list", "bookmarks:read")
def list_bookmarks(world: World, args: Args) -> JsonDict:
    channel = joined_channel(world, args.text("channel_id"))
    return {"bookmarks": [_bookmark(channel, bookmark) for bookmark in channel.bookmarks]}
