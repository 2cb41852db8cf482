"""The whole page, drawn anew for one look."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from workspace.dates import clock_time
from workspace.due import DueLine
from workspace.house import House
from workspace.manifest import manifest
from workspace.model import JsonDict, Message, View
from workspace.page.blocks import blocks_html, undrawn
from workspace.page.conversation import Conversation
from workspace.page.look import Look
from workspace.page.mentions import mentionable
from workspace.page.mrkdwn import mrkdwn
from workspace.page.reader import Reader
from workspace.page.reads import Reads
from workspace.page.sidebar import Sidebar
from workspace.page.story import Story
from workspace.page.words import ahead, place_name

SHOWN_DUE = 30
SHOWN_ENTRIES = 80
QUICK = ("eyes", "white_check_mark", "ticket")
"""The reactions that Caseclock listens to, one press away."""


class Page:
    """Draws looks at a house. ``secret`` goes back with everything that the page asks for."""

    def __init__(self, house: House, story: Story, secret: str) -> None:
        self._house, self._story, self._secret = house, story, secret
        self._state = house.slack.state
        self._reads = Reads(story)
        self._sidebar = Sidebar(house.slack, self._reads)
        environment = Environment(
            loader=PackageLoader("workspace.page"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        self._template = environment.get_template("page.html")

    def html(self, look: Look) -> str:
        """The document."""
        due = self._house.due(SHOWN_DUE)
        with self._state.lock:
            return self._template.render(**self._place(look), **self._person(look), **self._time(look, due))

    def _place(self, look: Look) -> JsonDict:
        place = self._state.channels[look.place]
        self._reads.all_read(look.viewer, place)
        conversation = Conversation(self._house.slack, look, self._body)
        return {
            "place": self._sidebar.here(look),
            "is_app": place.is_im,
            "lines": conversation.channel(place),
            "older": conversation.older(place),
            "thread": conversation.thread(place, look.thread) if look.thread else [],
            "members": len(place.members),
            "home": self._home(look) if look.tab == "home" else None,
            "composer_data": json.dumps(self._completions(look)),
        }

    def _person(self, look: Look) -> JsonDict:
        user = self._state.users[look.viewer]
        return {
            "look": look,
            "viewer": user,
            "role": self._sidebar.role(user),
            "is_external": user.team != self._house.slack.app.host,
            "faces": self._sidebar.faces(look),
            "channels": self._sidebar.channels(look),
            "app": self._sidebar.app(look),
            "modal": self._modal(look),
            "manifest": manifest(),
            "quick": [(name, mrkdwn(self._reader(look.viewer), f":{name}:")) for name in QUICK],
            "secret": self._secret,
        }

    def _time(self, look: Look, due: list[DueLine]) -> JsonDict:
        zone = ZoneInfo(self._state.users[look.viewer].tz)
        now = self._house.now()
        local = now.astimezone(zone)
        return {
            "now": f"{local:%a} {local.day} {local:%b %Y}, {clock_time(local)}",
            "zone": place_name(zone),
            "now_input": f"{local:%Y-%m-%dT%H:%M}",
            "due": [(line, ahead(line.at - now), _moment(line.at, now, zone)) for line in due],
            "house": self._house,
            "story": self._story,
            "entries": self._house.slack.journal.latest(SHOWN_ENTRIES) if look.panel == "inspector" else [],
            "as_json": as_json,
        }

    def _modal(self, look: Look) -> JsonDict | None:
        """The view on top of the viewer's screen, with its place in the stack."""
        stack = self._state.stacks.get(look.viewer, [])
        return self._view(self._state.views[stack[-1]], look) | {"depth": len(stack)} if stack else None

    def _home(self, look: Look) -> JsonDict | None:
        home = self._state.homes.get(look.viewer)
        return self._view(home, look) if home else None

    def _view(self, view: View, look: Look) -> JsonDict:
        reader = self._reader(look.viewer)
        return {
            "id": view.id,
            "title": view.title,
            "submit": view.body.get("submit"),
            "close": view.body.get("close"),
            "body": blocks_html(reader, view.blocks, view.values, view.errors, f"view-{view.id}"),
            "undrawn": undrawn(view.blocks),
            "has_errors": bool(view.errors),
            "target": json.dumps({"view": view.id}),
        }

    def _body(self, message: Message, viewer: str, key: str) -> Markup:
        reader = self._reader(viewer)
        if not message.blocks:
            return mrkdwn(reader, message.text)
        return blocks_html(reader, message.blocks, message.inputs.get(viewer, {}), {}, key)

    def _reader(self, viewer: str) -> Reader:
        return Reader(self._state, viewer, ZoneInfo(self._state.users[viewer].tz))

    def _completions(self, look: Look) -> JsonDict:
        place = self._state.channels[look.place]
        commands = [{"name": c.name, "about": c.description, "usage": c.usage} for c in manifest().commands]
        return {
            "commands": commands,
            "names": sorted(typed for typed, _ in mentionable(self._house.slack, place)),
        }


def as_json(body: object) -> str:
    """For people to read."""
    return json.dumps(body, indent=2, ensure_ascii=False)


def _moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    near = at - now < timedelta(hours=20) and local.date() == now.astimezone(zone).date()
    return clock_time(local) if near else f"{local:%a} {local.day} {local:%b}, {clock_time(local)}"
