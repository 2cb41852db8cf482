"""The payloads of commands, clicks, forms and shortcuts, as Slack writes them."""

from workspace.forms import state_of
from workspace.model import Channel, JsonDict, Message, User, View
from workspace.response_urls import ResponseUrls
from workspace.wire import message_json, view_json
from workspace.world import World

TOKEN = "verification-token"  # noqa: S105 - a made-up word, as old-style apps would receive


class Payloads:
    """Builds payloads; each gets its own trigger id and, where Slack gives one, a response URL.

    ``team`` names the workspace whose app it is about, also when a person of another organisation clicks: who that is
    stands in ``user.team_id`` alone.
    """

    def __init__(self, world: World, responses: ResponseUrls) -> None:
        self._world = world
        self._responses = responses

    def command(self, user: User, channel: Channel, command: str, text: str) -> JsonDict:
        """In the workspace of the person, who has the app there."""
        app = self._world.within(user.team).app
        host = self._world.state.teams[app.host]
        return {
            "token": TOKEN,
            "team_id": host.id,
            "team_domain": host.domain,
            "channel_id": channel.id,
            "channel_name": _name(channel),
            "user_id": user.id,
            "user_name": user.username,
            "command": command,
            "text": text,
            "api_app_id": self._world.app.app_id,
            "is_enterprise_install": "false",
            "response_url": self._responses.issue(channel.id, user.id, app.host),
            "trigger_id": self._world.triggers.issue(user.id, app.host),
        }

    def click_on_message(self, user: User, message: Message, action: JsonDict) -> JsonDict:
        """``block_actions`` from a message. An ephemeral one is not told: only where it stood."""
        channel = self._world.state.channels[message.channel]
        container: JsonDict = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
        container["is_ephemeral"] = message.ephemeral_for is not None
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        payload = self._base("block_actions", user, message.team)
        payload |= {"container": container, "channel": _brief(channel)}
        if not message.ephemeral_for:
            payload["message"] = message_json(self._world.state, message)
        payload |= {"state": state_of(message.inputs.get(user.id, {})), "actions": [self._stamped(action)]}
        return payload | {"response_url": self._responses.issue(channel.id, user.id, message.team, message)}

    def click_on_view(self, user: User, view: View, action: JsonDict) -> JsonDict:
        shown = self._view(view)
        payload = self._base("block_actions", user, view.app_team)
        payload |= {"container": {"type": "view", "view_id": view.id}, "view": shown}
        return payload | {"actions": [self._stamped(action)]}

    def submission(self, user: User, view: View) -> JsonDict:
        return self._base("view_submission", user, view.app_team) | {"view": self._view(view), "response_urls": []}

    def closed(self, user: User, view: View, is_cleared: bool) -> JsonDict:
        payload = self._base("view_closed", user, view.app_team) | {"view": self._view(view), "is_cleared": is_cleared}
        del payload["trigger_id"]
        return payload

    def shortcut(self, user: User, callback_id: str) -> JsonDict:
        return self._base("shortcut", user, user.team) | {
            "callback_id": callback_id,
            "action_ts": self._world.state.next_ts(),
        }

    def message_shortcut(self, user: User, callback_id: str, message: Message) -> JsonDict:
        channel = self._world.state.channels[message.channel]
        payload = self._base("message_action", user, user.team)
        payload |= {"callback_id": callback_id, "message_ts": message.ts}
        payload |= {"channel": _brief(channel), "message": message_json(self._world.state, message)}
        payload["action_ts"] = self._world.state.next_ts()
        return payload | {"response_url": self._responses.issue(channel.id, user.id, user.team, message)}

    def _base(self, kind: str, user: User, team: str) -> JsonDict:
        """``team``: the workspace whose app it is about; the host where that one has none."""
        host = self._world.state.teams[self._world.within(team).app.host]
        return {
            "type": kind,
            "user": {"id": user.id, "username": user.username, "name": user.username, "team_id": user.team},
            "api_app_id": self._world.app.app_id,
            "token": TOKEN,
            "trigger_id": self._world.triggers.issue(user.id, host.id),
            "team": {"id": host.id, "domain": host.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _view(self, view: View) -> JsonDict:
        app = self._world.within(view.app_team).app
        return view_json(view, app.app_id, app.bot_id, app.host)

    def _stamped(self, action: JsonDict) -> JsonDict:
        return action | {"action_ts": self._world.state.next_ts()}


def _brief(channel: Channel) -> JsonDict:
    return {"id": channel.id, "name": _name(channel)}


def _name(channel: Channel) -> str:
    """Private conversations are not named in payloads."""
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)
