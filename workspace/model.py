"""What the local Slack holds: teams, users, channels, messages, views, groups. Plain data behind ``State.lock``."""

from dataclasses import dataclass, field
from typing import Any

JsonDict = dict[str, Any]
"""A decoded JSON object, as it travels on Slack's wire."""


@dataclass(slots=True)
class Team:
    """One organisation's workspace (``T…``)."""

    id: str
    name: str

    @property
    def domain(self) -> str:
        return self.name.lower().replace(" ", "-")


@dataclass(slots=True)
class User:
    """A person or a bot user (``U…``) of one team; ``tz`` is an IANA zone."""

    id: str
    name: str
    team: str
    tz: str = "America/New_York"
    is_bot: bool = False
    deleted: bool = False
    away: bool = False
    """What Slack shows beside their name."""

    @property
    def username(self) -> str:
        return self.name.lower().replace(" ", ".")


@dataclass(slots=True)
class Bookmark:
    """A link kept at the top of a channel."""

    id: str
    title: str
    link: str


@dataclass(slots=True)
class File:
    """A file that a message shares (``F…``)."""

    id: str
    name: str
    user: str
    team: str
    created: int
    """Seconds since 1970."""
    title: str = ""
    content: bytes | None = None
    mode: str = "hosted"
    """Also ``external`` (it is with somebody else, by a link) and ``tombstone`` (it was deleted)."""

    @property
    def is_picture(self) -> bool:
        """A PNG, which Slack shows in its message."""
        return self.content is not None and self.content.startswith(b"\x89PNG\r\n\x1a\n")


@dataclass(slots=True)
class Upload:
    """A place that was given out for a file, with what was sent to it (``None``: nothing yet)."""

    file: str
    name: str
    length: int
    content: bytes | None = None


@dataclass(slots=True)
class Message:
    """A message as Slack stores it. ``inputs``: what each person chose in its elements, by user, block, action."""

    ts: str
    channel: str
    user: str
    team: str
    text: str
    blocks: list[JsonDict] = field(default_factory=list)
    thread_ts: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    metadata: JsonDict | None = None
    subtype: str | None = None
    edited: JsonDict | None = None
    broadcast: bool = False
    ephemeral_for: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list["File"] = field(default_factory=list)
    inputs: dict[str, JsonDict] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(slots=True)
class Channel:
    """A conversation: public (default), private, or direct. ``teams`` holds every organisation that shares it."""

    id: str
    name: str
    teams: list[str]
    members: list[str] = field(default_factory=list)
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    pins: list[str] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)

    @property
    def is_ext_shared(self) -> bool:
        return len(self.teams) > 1

    @property
    def kind(self) -> str:
        """``im``, ``group`` or ``channel``: the word in event types' ``channel_type`` and the stem of its scopes."""
        if self.is_im:
            return "im"
        return "group" if self.is_private else "channel"


@dataclass(slots=True)
class UserGroup:
    """A mentionable group (``S…``)."""

    id: str
    name: str
    handle: str
    users: list[str]
    enabled: bool = True


@dataclass(slots=True)
class View:
    """A modal or home view. ``values`` is what its person filled in, by block id and action id (``view.state``)."""

    id: str
    user: str
    team: str
    type: str
    body: JsonDict
    hash: str
    values: dict[str, JsonDict]
    root_id: str
    previous_id: str | None = None
    external_id: str = ""
    app_team: str = ""
    """The workspace through whose installation of the app it was opened."""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[JsonDict]:
        return list(self.body["blocks"])

    @property
    def title(self) -> str:
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id", ""))
