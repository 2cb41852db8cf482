"""The payloads that people present: what Slack would send of them, with whatever they wrote into it themselves."""

import json
import re
from dataclasses import replace

from tests.faults.rights.buttons import HOME
from tests.faults.rights.counter import Came, Counter
from tests.faults.rights.deeds import OWN, Deed
from tests.faults.rights.morning import OWNERS, Desk
from tests.faults.rights.people import COLLEAGUES, OWN_CHANNEL, Who
from tests.workspace.kit import field, text_input
from workspace.api_views import put_on_screen
from workspace.model import JsonDict, Message, View

GARBAGE = (
    "",
    "0",
    "-1",
    "1e3",
    "１",
    "9" * 300,
    "1 OR 1=1",
    "1; DROP TABLE cases",
    "new\x00",
    "../../1",
    '{"case": 1}',
    "1:1:1",
    ":",
    "<!channel>",
    "٣",
    "1:kickoff:",
    "²",
)


def channel_of(deed: Deed, desk: Desk) -> str:
    """Where it is done."""
    return OWN_CHANNEL[desk.name] if deed.channel == OWN else deed.channel


def missing(value: str) -> str:
    """The same of something that there isn't."""
    found, times = re.subn(r"(?<!\d)\d+", "999", value, count=1)
    return found if times and found[0] in "9rpwnlsu" else f"{value}x"


def held(deed: Deed, desk: Desk) -> JsonDict:
    """What stands in the form, of this customer's."""
    written = json.dumps(dict(deed.holds))
    own = {"owner": OWNERS[desk.name].user, "colleague": COLLEAGUES[desk.name], "account": desk.account}
    for name, value in own.items():
        written = written.replace(f"{{{name}}}", str(value))
    found: JsonDict = json.loads(written)
    return found


class Presenting:
    """At one counter."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._payloads = counter.slack._payloads

    def present(
        self, kind: str, id: str, deed: Deed, who: Who, desk: Desk, value: str, channel: str, post: bool = False
    ) -> Came:
        """`kind`: button, form, command or shortcut; `id` as the handlers know it."""
        made = {"button": self._button, "form": self._form, "command": self._command, "shortcut": self._shortcut}
        own = replace(deed, holds=held(deed, desk))
        payload = made[kind](id, own, who, value)
        return self._counter.put(who.user, _signed(payload, who, channel), post)

    def _button(self, id: str, deed: Deed, who: Who, value: str) -> JsonDict:
        action: JsonDict = {"type": "button", "action_id": id, "block_id": "forged", "value": value}
        if not deed.form:
            return self._payloads.click_on_message(who.slack_user, self._message(who), action)
        if deed.form == HOME:
            return self._payloads.click_on_view(who.slack_user, self._home(who), action)
        action = {"type": "static_select", "action_id": id, "block_id": "forged"}
        return self._payloads.click_on_view(who.slack_user, self._view(deed.form, deed, who, value), action)

    def _form(self, id: str, deed: Deed, who: Who, value: str) -> JsonDict:
        return self._payloads.submission(who.slack_user, self._view(id, deed, who, value))

    def _command(self, id: str, deed: Deed, who: Who, value: str) -> JsonDict:
        place = self._counter.slack.state.channels["C0BOTH"]
        return self._payloads.command(who.slack_user, place, "/case", value)

    def _shortcut(self, id: str, deed: Deed, who: Who, value: str) -> JsonDict:
        return self._payloads.message_shortcut(who.slack_user, id, self._message(who))

    def _message(self, who: Who) -> Message:
        return Message("1772451000.000100", "C0BOTH", "U0DANA", "T0ACME", "it hangs")

    def _view(self, callback: str, deed: Deed, who: Who, value: str) -> View:
        blocks = [field(id, text_input("held")) for id in deed.holds]
        body: JsonDict = {"type": "modal", "callback_id": callback, "private_metadata": value, "blocks": blocks}
        body |= {"title": {"type": "plain_text", "text": "?"}, "submit": {"type": "plain_text", "text": "?"}}
        return self._shown(who, body, {id: {"held": held} for id, held in deed.holds.items()})

    def _home(self, who: Who) -> View:
        home = View("V0HOME", who.user, who.team, HOME, {"type": HOME, "blocks": []}, "1.0", {}, "V0HOME")
        self._counter.slack.state.homes[who.user] = home
        return home

    def _shown(self, who: Who, body: JsonDict, values: dict[str, JsonDict]) -> View:
        slack = self._counter.slack
        with slack.state.change():
            view = put_on_screen(slack.world, who.user, body, fresh=True)
            view.values = values
        return view


def _signed(payload: JsonDict, who: Who, channel: str) -> JsonDict:
    """With who they are by Slack's word, and where they say that they are."""
    if "user" in payload and not who.team:
        del payload["user"]["team_id"]
    if "user_id" in payload:
        return {**payload, "team_id": who.team, "channel_id": channel}
    if "channel" in payload:
        payload["channel"] = {**payload["channel"], "id": channel}
    if "channel_id" in payload.get("container", {}):
        payload["container"]["channel_id"] = channel
    return payload
