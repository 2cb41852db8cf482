"""The app in other workspaces than its host's: OAuth from Slack's own page to a token, and how it ends."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from workspace.errors import ApiError, PersonRefused
from workspace.identity import AppIdentity
from workspace.model import User
from workspace.state import State

CODE_LIFETIME = timedelta(minutes=10)


@dataclass
class _Code:
    user: User
    scopes: frozenset[str]
    redirect: str
    born: datetime
    used: bool = False


class Installations:
    """Which workspaces have the app, besides its host's. ``redirects``: the addresses that its settings allow."""

    client_id = "111.222"
    client_secret = "local-client-secret"  # noqa: S105 - made up, valid here alone

    def __init__(self, state: State, home: AppIdentity) -> None:
        self._state, self.home = state, home
        self.redirects: list[str] = []
        self._codes: dict[str, _Code] = {}
        self._apps: dict[str, AppIdentity] = {}
        self._ended: dict[str, str] = {}

    def agree(self, address: str, user: User, *, yes: bool = True) -> str:
        """What a person does on Slack's page at this address; the address that their browser is sent back to.

        ``PersonRefused``: Slack shows an error there instead.
        """
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(address).query).items()}
        if asked.get("client_id") != self.client_id:
            raise PersonRefused("invalid_client_id")
        scopes = frozenset(filter(None, asked.get("scope", "").split(",")))
        if not scopes or scopes - (self.home.scopes or scopes):
            raise PersonRefused("invalid_scope")
        back = asked.get("redirect_uri") or (self.redirects[0] if self.redirects else "")
        if back not in self.redirects:
            raise PersonRefused("redirect_uri did not match any configured URIs")
        with self._state.lock:
            code = f"{self._state.number()}.local.code"
            self._codes[code] = _Code(user, scopes, asked.get("redirect_uri", ""), self._state.clock())
        given = {"code": code} if yes else {"error": "access_denied"}
        return f"{back}?{urlencode({**given, 'state': asked.get('state', '')})}"

    def exchange(self, client: tuple[str, str], code: str, redirect: str) -> tuple[AppIdentity, User]:
        """A code for the installation that it stands for, and who installed it. Raises Slack's errors."""
        if client[0] != self.client_id:
            raise ApiError("invalid_client_id")
        if client[1] != self.client_secret:
            raise ApiError("bad_client_secret")
        found = self._codes.get(code)
        if found is None or self._state.clock() - found.born > CODE_LIFETIME:
            raise ApiError("invalid_code")
        if found.used:
            raise ApiError("code_already_used")
        if found.redirect != redirect:
            raise ApiError("bad_redirect_uri")
        found.used = True
        return self._installed(found), found.user

    def of_team(self, team: str) -> AppIdentity:
        """The app as it is known in a workspace: the host's where it was never installed there."""
        return self._apps.get(team, self.home)

    def here(self) -> list[AppIdentity]:
        """Where it is installed now."""
        return [app for app in self._apps.values() if app.bot_token not in self._ended]

    def is_in(self, team: str) -> bool:
        """The app can be used by the people of a workspace."""
        return team == self.home.host or any(app.host == team for app in self.here())

    def by_token(self, token: str) -> AppIdentity:
        """Whose token it is. Raises ``invalid_auth``, or what became of it."""
        if token in self._ended:
            raise ApiError(self._ended[token])
        found = [app for app in (self.home, *self._apps.values()) if app.bot_token == token]
        if not found:
            raise ApiError("invalid_auth")
        return found[0]

    def team_of(self, token: str | None) -> str:
        """Of the workspace that a token is or was of; empty: of none."""
        return next((app.host for app in (self.home, *self._apps.values()) if app.bot_token == token), "")

    def end(self, team: str, error: str) -> None:
        """Its token is worth nothing from now on: calls with it get ``error``. ``PersonRefused``: it isn't there."""
        if not self.is_in(team):
            raise PersonRefused(f"the app isn't installed in {team}")
        self._ended[self.of_team(team).bot_token] = error

    def _installed(self, code: _Code) -> AppIdentity:
        """A token of its own each time; the bot user stays the same, and scopes add up."""
        team, number = code.user.team, self._state.number()
        before = [app.scopes or frozenset() for app in self.here() if app.host == team]
        app = replace(
            self.home,
            host=team,
            bot_id=f"B0{team[2:]}",
            bot_user=f"U0BOT{team[2:]}",
            bot_token=f"xoxb-{number:06d}-{team}-secret",
            scopes=code.scopes.union(*before),
        )
        if app.host == self.home.host:
            return replace(self.home, scopes=code.scopes)
        self._apps[team] = app
        self._state.users[app.bot_user] = User(app.bot_user, "Caseclock", team, "UTC", is_bot=True)
        return app
