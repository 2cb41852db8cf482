"""Reading Slack's payloads: who did what, where, and how they can be answered."""

from dataclasses import dataclass
from html import unescape

from slack_bolt.request.internals import extract_team_id
from slack_sdk.web import SlackResponse

from cases.queues import Json

Value = Json | list[Json] | str | int | float | bool | None


def value(body: Value, *path: str) -> Value:
    """What stands at a path; None where the path ends early."""
    for key in path:
        body = body.get(key) if isinstance(body, dict) else None
    return body


def word(body: Value, *path: str) -> str:
    """The string at a path; empty where there is none."""
    found = value(body, *path)
    return found if isinstance(found, str) else ""


def part(body: Value, *path: str) -> Json:
    """The object at a path; empty where there is none."""
    found = value(body, *path)
    return found if isinstance(found, dict) else {}


def parts(body: Value, *path: str) -> list[Json]:
    """The objects of a list at a path; empty where there is none."""
    found = value(body, *path)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def answer(response: SlackResponse) -> Json:
    """The JSON of a call's answer."""
    return response.data if isinstance(response.data, dict) else {}


def typed(text: str) -> str:
    """What a person typed, from the text that Slack sends: it escapes `&`, `<` and `>`."""
    return unescape(text)


@dataclass(frozen=True, slots=True)
class Interaction:
    """A command, click, shortcut or submission. Fields that this kind of payload lacks are empty."""

    user: str
    team: str
    """The person's own team; `body["team"]` names the workspace of the app, whoever clicked."""
    workspace: str
    """Through whose installation of the app it came, and so is answered: ours, or a customer's own."""
    channel: str
    thread: str
    trigger: str
    """Good for opening one modal within three seconds."""
    response_url: str
    value: str
    """Of the button that was pressed."""
    acted_at: str
    """Slack's own time of the click, as a ts."""
    view: Json

    @property
    def metadata(self) -> str:
        """The id that the modal carries."""
        return word(self.view, "private_metadata")

    @property
    def number(self) -> int:
        """The case number in a button's value or a modal's metadata; 0, which no case has, where there is none."""
        text = self.value or self.metadata
        return int(text) if text.isdecimal() and len(text) <= 9 else 0


def workspace_of(body: Json) -> str:
    """Id of the workspace through whose installation a payload came, as Bolt reads it; empty: it names none."""
    return extract_team_id(dict(body)) or ""


def interaction(body: Json) -> Interaction:
    """Of any interactive payload or slash command."""
    action = next(iter(parts(body, "actions")), {})
    return Interaction(
        user=word(body, "user", "id") or word(body, "user_id"),
        team=word(body, "user", "team_id") or word(body, "team_id"),
        workspace=workspace_of(body),
        channel=word(body, "channel", "id") or word(body, "container", "channel_id") or word(body, "channel_id"),
        thread=word(body, "message", "thread_ts") or word(body, "container", "thread_ts"),
        trigger=word(body, "trigger_id"),
        response_url=word(body, "response_url"),
        value=word(action, "value"),
        acted_at=word(action, "action_ts"),
        view=part(body, "view"),
    )
