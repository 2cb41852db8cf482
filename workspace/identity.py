"""The app as it is known in one workspace."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AppIdentity:
    """The installed app: its ids and tokens. ``scopes`` None means that every scope was granted."""

    app_id: str
    bot_id: str
    bot_user: str
    host: str
    bot_token: str
    app_token: str
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
