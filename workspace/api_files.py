"""``files.*``: a file that the app uploads. A place is given out, content is sent there, then it is shared, once."""

import re
from secrets import token_hex

from workspace import events
from workspace.api_chat import store
from workspace.args import Args
from workspace.errors import ApiError
from workspace.methods import joined_channel, method
from workspace.model import Channel, File, JsonDict, Message, Upload
from workspace.wire import file_json, message_json
from workspace.world import World

LARGEST = 1_000_000_000
MOST_FILES = 10
CONVERSATION = re.compile(r"[CGDZ][A-Z0-9]{2,}")
"""People's ids are refused here, unlike where messages are posted."""


@method("files.getUploadURLExternal", "files:write")
def upload_url(world: World, args: Args) -> JsonDict:
    """A place for a file of that name and length; it is gone once something was sent to it."""
    name, length = args.text("filename"), args.number("length", 0)
    if length <= 0:
        raise ApiError("missing_argument")
    if length > LARGEST:
        raise ApiError("file_upload_size_restricted")
    key, file = token_hex(16), f"F0{world.state.number():06d}"
    world.state.uploads[key] = Upload(file, name, length)
    return {"upload_url": f"{world.base_url}/upload/v1/{key}", "file_id": file}


def take(world: World, key: str, content: bytes) -> None:
    """What was sent to such a place. Raises ``ApiError``: there is none, or this is not as long as was said."""
    upload = world.state.uploads.get(key)
    if upload is None or upload.content is not None:
        raise ApiError("not_found")
    if len(content) != upload.length:
        raise ApiError("length_mismatch")
    upload.content = content


@method("files.completeUploadExternal", "files:write")
def complete(world: World, args: Args) -> JsonDict:
    """Shares what was uploaded, in one conversation that the bot is in. No file can be shared so twice."""
    wanted = _wanted(args)
    channel = _destination(world, args)
    root = _root(channel, args.maybe("thread_ts"))
    uploads = [_upload(world, each["id"]) for each in wanted]
    files = [_file(world, key, each.get("title")) for key, each in zip(uploads, wanted, strict=True)]
    message = Message(
        ts=world.state.next_ts(),
        channel=channel.id,
        user=world.app.bot_user,
        team=world.app.host,
        text=args.maybe("initial_comment") or "",
        thread_ts=root,
        bot_id=world.app.bot_id,
        app_id=world.app.app_id,
        subtype="file_share",
        files=files,
    )
    store(world, message)
    return {"files": [file_json(world.state, file, channel.id) for file in files]}


def _wanted(args: Args) -> list[JsonDict]:
    found = args.decoded("files")
    if not isinstance(found, list) or not found or len(found) > MOST_FILES:
        raise ApiError("invalid_arguments", ["must be an array of 1 to 10 files [json-pointer:/files]"])
    for index, each in enumerate(found):
        if not isinstance(each, dict) or not isinstance(each.get("id"), str):
            raise ApiError("invalid_arguments", [f"missing required field: id [json-pointer:/files/{index}]"])
    return found


def _destination(world: World, args: Args) -> Channel:
    wanted = args.text("channel_id")
    if not CONVERSATION.fullmatch(wanted):
        raise ApiError("invalid_arguments", ["must be a conversation's id [json-pointer:/channel_id]"])
    channel = joined_channel(world, wanted)
    if channel.is_archived:
        raise ApiError("is_archived")
    return channel


def _root(channel: Channel, thread_ts: str | None) -> str | None:
    if thread_ts is None:
        return None
    root = channel.messages.get(thread_ts)
    if root is None or root.is_reply:
        raise ApiError("invalid_thread_ts")
    return thread_ts


def _upload(world: World, file: str) -> str:
    """The place that this file was sent to. Raises ``file_not_found``: it never was, or it is shared already."""
    for key, upload in world.state.uploads.items():
        if upload.file == file and upload.content is not None and file not in world.state.files:
            return key
    raise ApiError("file_not_found")


def _file(world: World, key: str, title: str | None) -> File:
    upload, state = world.state.uploads[key], world.state
    file = File(
        upload.file, upload.name, world.app.bot_user, world.app.host, state.epoch(), title or "", upload.content
    )
    state.files[file.id] = file
    return file


@method("files.delete", "files:write")
def delete(world: World, args: Args) -> JsonDict:
    """A file that the app uploaded, wherever it was shared; a message that was nothing else goes with it."""
    id, state = args.text("file"), world.state
    unshared = [key for key, upload in state.uploads.items() if upload.file == id and id not in state.files]
    if unshared:
        del state.uploads[unshared[0]]
        return {}
    file = state.files.get(id)
    if file is None:
        raise ApiError("file_not_found")
    if file.mode == "tombstone":
        raise ApiError("file_deleted")
    if file.user != world.app.bot_user:
        raise ApiError("cant_delete_file")
    shared = [message for message in _messages(world) if file in message.files]
    before = [message_json(state, message) for message in shared]
    file.mode, file.content = "tombstone", None
    for message, was in zip(shared, before, strict=True):
        if message.text or any(each.mode != "tombstone" for each in message.files):
            events.message_changed(world, message, was)
        else:
            del state.channels[message.channel].messages[message.ts]
            events.message_deleted(world, message, was)
    return {}


def readable(world: World, id: str) -> File | None:
    """A file whose content the app may read: with ``files:read``, of a conversation that it is in."""
    file = world.state.files.get(id)
    mine = any(
        file in message.files for message in _messages(world) if world.sees(world.state.channels[message.channel])
    )
    return file if file and mine and file.content is not None and not world.missing(["files:read"]) else None


def _messages(world: World) -> list[Message]:
    return [message for channel in world.state.channels.values() for message in channel.messages.values()]
