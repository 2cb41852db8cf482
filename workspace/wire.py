"""Messages, people, channels and views as Slack writes them in JSON."""

from datetime import UTC
from urllib.parse import quote
from zoneinfo import ZoneInfo

from workspace.forms import state_of
from workspace.model import Channel, File, JsonDict, Message, Team, User, UserGroup, View
from workspace.state import State


def message_json(state: State, message: Message, metadata: bool = False) -> JsonDict:
    """A stored message. ``metadata`` includes what the app attached (``include_all_metadata``)."""
    body: JsonDict = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    body["team"] = message.team
    if message.subtype:
        body["subtype"] = message.subtype
    if message.blocks:
        body["blocks"] = message.blocks
    if message.bot_id:
        body |= {"bot_id": message.bot_id, "app_id": message.app_id}
    if message.files:
        body |= {"files": [file_json(state, file, message.channel) for file in message.files], "upload": False}
    if message.edited:
        body["edited"] = message.edited
    if metadata and message.metadata:
        body["metadata"] = message.metadata
    if message.reactions:
        body["reactions"] = [{"name": n, "users": list(u), "count": len(u)} for n, u in message.reactions.items()]
    channel = state.channels.get(message.channel)
    if channel and message.ts in channel.pins:
        body["pinned_to"] = [channel.id]
    return body | _thread_json(state, message)


def file_json(state: State, file: File, channel_id: str) -> JsonDict:
    """A file in a message. In a channel shared between organisations an app gets its id and is told to ask
    ``files.info`` for the rest."""
    if file.mode == "tombstone":
        return {"id": file.id, "mode": file.mode}
    channel = state.channels.get(channel_id)
    if channel and channel.is_ext_shared:
        hidden: JsonDict = {"id": file.id, "mode": "file_access", "file_access": "check_file_info"}
        return hidden | {"created": 0, "timestamp": 0, "user": ""}
    home, kind = state.teams[file.team].domain, file.name.rpartition(".")[2].lower()
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "filetype": kind,
        "size": len(file.content or b""),
        "user": file.user,
        "user_team": file.team,
        "mode": file.mode,
        "is_external": file.mode == "external",
        "file_access": "visible",
        "url_private": _address(state, file),
        "url_private_download": _address(state, file, "download/"),
        "permalink": f"https://{home}.slack.com/files/{file.user}/{file.id}/{quote(file.name)}",
    }


def _address(state: State, file: File, way: str = "") -> str:
    """Where its content is: here, for who has a token that may read it."""
    where = "https://drive.example" if file.mode == "external" else state.base_url
    return f"{where}/files-pri/{file.team}-{file.id}/{way}{quote(file.name, safe='')}"


def _thread_json(state: State, message: Message) -> JsonDict:
    if message.is_reply:
        parent = state.channels[message.channel].messages.get(message.thread_ts or "")
        known = {"parent_user_id": parent.user} if parent else {}
        return {"thread_ts": message.thread_ts, **known}
    replies = [] if message.ephemeral_for else state.replies(message.channel, message.ts)
    if not replies:
        return {}
    people = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": people[:5],
        "reply_users_count": len(people),
        "latest_reply": replies[-1].ts,
    }


def user_json(state: State, user: User, host: str, bot: str) -> JsonDict:
    """A person as ``users.info`` tells. External people keep their team; a stranger shares no channel with the app."""
    offset = state.clock().astimezone(UTC).astimezone(ZoneInfo(user.tz)).utcoffset()
    profile = {"real_name": user.name, "display_name": user.name, "team": user.team}
    body: JsonDict = {"id": user.id, "team_id": user.team, "name": user.username, "deleted": user.deleted}
    body |= {"real_name": user.name, "tz": user.tz, "tz_label": user.tz, "profile": profile}
    body |= {"tz_offset": int(offset.total_seconds()) if offset else 0, "is_bot": user.is_bot, "is_app_user": False}
    if user.team != host:
        met = any({user.id, bot} <= set(channel.members) for channel in state.channels.values())
        body["is_stranger"] = not met
    return body


def channel_json(channel: Channel, host: str, bot: str) -> JsonDict:
    if channel.is_im:
        other = next((m for m in channel.members if m != bot), bot)
        return {"id": channel.id, "is_im": True, "user": other, "is_archived": False, "is_org_shared": False}
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_member": bot in channel.members,
        "num_members": len(channel.members),
        "context_team_id": host,
        "shared_team_ids": list(channel.teams),
        "connected_team_ids": [team for team in channel.teams if team != host],
    }


def group_json(group: UserGroup, host: str) -> JsonDict:
    return {
        "id": group.id,
        "team_id": host,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "date_delete": 0 if group.enabled else 1,
        "user_count": len(group.users),
    }


def team_json(team: Team) -> JsonDict:
    return {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "enterprise_id": None}


def view_json(view: View, app_id: str, bot_id: str, host: str) -> JsonDict:
    """A view in an answer or a payload. ``team_id`` names the app's host team, whoever's screen it is on."""
    kept = (
        "title",
        "submit",
        "close",
        "blocks",
        "private_metadata",
        "callback_id",
        "clear_on_close",
        "notify_on_close",
    )
    defaults: JsonDict = {"title": None, "submit": None, "close": None, "private_metadata": "", "callback_id": ""}
    defaults |= {"clear_on_close": False, "notify_on_close": False}
    body = defaults | {key: view.body[key] for key in kept if key in view.body}
    identity = {
        "id": view.id,
        "team_id": host,
        "type": view.type,
        "hash": view.hash,
        "app_id": app_id,
        "bot_id": bot_id,
    }
    identity |= {"root_view_id": view.root_id, "app_installed_team_id": host, "external_id": view.external_id}
    return identity | body | {"previous_view_id": view.previous_id, "state": state_of(view.values)}
