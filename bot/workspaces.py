"""The workspaces in which the app is installed: our own by its token in the settings, customers' by their OAuth."""

from collections.abc import Callable, Collection
from datetime import datetime

import structlog
from slack_sdk import WebClient

from cases.errors import Refused
from handlers.failures import NOT_CONNECTED
from storage.installations import Installations
from storage.sealing import Unreadable

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Workspaces:
    """See `handlers.front.Workspaces`."""

    def __init__(
        self,
        home: WebClient,
        own_teams: Collection[str],
        installations: Installations | None,
        client_of: Callable[[str], WebClient],
    ) -> None:
        """`own_teams` are the ids of our own workspace, which only `home` answers; `client_of` makes a token a client.

        Without `installations` there is no workspace but our own.
        """
        self._home = home
        self._own_teams = frozenset(own_teams)
        self._installations = installations
        self._client_of = client_of

    def client(self, team: str) -> WebClient:
        """See `handlers.front.Workspaces`. Asked of the database each time: what is uninstalled is gone at once, for
        every replica.
        """
        if self._installations is None or not team or team in self._own_teams:
            return self._home
        try:
            bot = self._installations.bot_of(team)
        except Unreadable:
            log.error("installation_unreadable", team=team)
            raise Refused(NOT_CONNECTED) from None
        return self._client_of(bot.bot_token) if bot is not None else self._home

    def bots_among(self, users: Collection[str]) -> Collection[str]:
        """See `handlers.front.Workspaces`."""
        return self._installations.bots_among(users) if self._installations is not None else ()

    def forget(self, team: str, at: datetime, bots: Collection[str] = ()) -> None:
        """See `handlers.front.Workspaces`."""
        if team in self._own_teams:
            log.error("uninstalled_at_home", team=team)
        elif self._installations is not None and self._installations.forget(team, at, bots):
            log.info("workspace_uninstalled", team=team)
