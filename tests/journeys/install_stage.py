"""The stage over HTTP where customers may install the app to workspaces of their own, and their browsers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.settings import Settings
from tests.journeys.http_stage import HttpStage

LINK = re.compile(r'href="([^"]*/oauth/v2/authorize[^"]*)"')
ELSEWHERE = "C0INSIDE"
"""A channel of Acme's own, which it shares with nobody."""


class InstallStage(HttpStage):
    """As `HttpStage`; `keys` are INSTALL_KEYS, for the next start of the bot."""

    def __init__(self, folder: Path, keys: Sequence[str] = (), database_url: str | None = None) -> None:
        super().__init__(folder, database_url)
        self.keys = tuple(keys) or (Fernet.generate_key().decode(),)
        self.slack.add_channel("inside", ELSEWHERE, ["T0ACME"], ["Dana"], bot=False)

    def start_bot(self) -> None:
        """At the same port each time, which Slack knows."""
        super().start_bot()
        self.slack.installations.redirects = [f"http://127.0.0.1:{self.port}/slack/oauth_redirect"]

    def settings(self) -> Settings:
        """With the client's secrets."""
        secrets = {
            "slack_client_id": self.slack.installations.client_id,
            "slack_client_secret": SecretStr(self.slack.installations.client_secret),
            "install_keys": tuple(map(SecretStr, self.keys)),
        }
        return super().settings().model_copy(update=secrets)

    def installed(self) -> list[str]:
        """The ids of the workspaces that the bot remembers."""
        with self._engine.connect() as connection:
            tables = ("slack_bots", "slack_installations")
            found = [connection.exec_driver_sql(f"SELECT team_id FROM {table}").scalars().all() for table in tables]  # noqa: S608
        assert sorted(found[0]) == sorted(found[1])
        return sorted(found[0])

    def token(self, team: str) -> str:
        """The one that Slack gave out for the app in a workspace."""
        return self.slack.installations.of_team(team).bot_token


@dataclass(frozen=True)
class Page:
    """What a browser shows."""

    status: int
    words: str
    headers: HTTPMessage

    @property
    def link(self) -> str:
        """To Slack's own page."""
        found = LINK.search(self.words)
        assert found is not None, self.words
        return unescape(found[1])


class Browser:
    """Somebody's, which keeps a cookie."""

    def __init__(self, stage: InstallStage) -> None:
        self._stage = stage
        self.cookie = ""

    def get(self, address: str) -> Page:
        """A page of the bot's."""
        connection = HTTPConnection("127.0.0.1", self._stage.port, timeout=20)
        place = urlsplit(address)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        connection.request("GET", f"{place.path}?{place.query}", headers=headers)
        answer = connection.getresponse()
        page = Page(answer.status, answer.read().decode(), answer.headers)
        connection.close()
        if given := answer.headers["Set-Cookie"]:
            name, _, rest = given.partition("=")
            value = rest.partition(";")[0]
            self.cookie = "" if value == "deleted" else f"{name}={value}"
        return page

    def begin(self) -> Page:
        """The page that invites."""
        return self.get("/slack/install")

    def agreed(self, who: str, *, yes: bool = True) -> str:
        """The invitation followed, and Slack's page answered; where that sends the browser back to."""
        return self._stage.slack.installations.agree(self.begin().link, self._stage.person(who).user, yes=yes)


def install(stage: InstallStage, who: str) -> Page:
    """This person installs the app to their workspace; the last page."""
    browser = Browser(stage)
    return browser.get(browser.agreed(who))
