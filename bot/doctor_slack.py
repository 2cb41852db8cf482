"""What Slack says of the tokens: whose they are, what they may do, and what time it is there."""

import re
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.diagnosis import Finding, error, ok, warning
from bot.settings import Settings
from handlers.payloads import answer as answered
from handlers.payloads import word
from handlers.slack_errors import code_of

SECONDS = 10
UNSURE = timedelta(seconds=5)
WRONG = timedelta(minutes=1)
SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")
NEEDED = {
    "app_mentions:read": "mentions open no case",
    "channels:history": "answers in public channels are not heard",
    "channels:read": "nobody notices that a channel was archived, renamed or moved",
    "chat:write": "nothing is said at all",
    "commands": "/case does nothing",
    "files:read": "files of replies don't follow them to the customer",
    "files:write": "ticket reviews and files of replies are not shared",
    "groups:history": "answers in private channels are not heard",
    "groups:read": "nobody notices that a private channel was archived, renamed or moved",
    "im:history": "a message of unknown outcome can't be looked for in private",
    "im:write": "nobody is told anything in private",
    "pins:write": "Open a case is not pinned",
    "reactions:read": "no reaction claims a case",
    "usergroups:read": "groups in SUPPORT_ENGINEERS and SUPPORT_MANAGERS are nobody",
    "users:read": "nobody is known as support",
}
"""The bot's scopes, as in app-manifest.yml, and what comes of it where one is missing."""
INSTALL = "Paste app-manifest.yml at https://api.slack.com/apps (App Manifest), and install the app anew."
NETWORK = "Check the network, a proxy (HTTPS_PROXY), and SLACK_API_URL."


@dataclass(frozen=True, slots=True)
class Answer:
    """What `auth.test` came back with."""

    scopes: frozenset[str] | None
    """None: Slack doesn't say."""
    ahead: timedelta | None
    """How far this machine's clock is ahead of Slack's, to the second; None: Slack doesn't say."""


def client_of(settings: Settings) -> WebClient:
    """As the bot's own."""
    token = settings.slack_bot_token.get_secret_value()
    return WebClient(token=token, base_url=settings.slack_api_url, timeout=SECONDS, retry_handlers=[])


def bot_token(settings: Settings, now: Callable[[], datetime]) -> tuple[Finding, Answer | None]:
    """Whose it is; None: Slack doesn't take it, or can't be reached."""
    name = "bot token"
    before = now()
    try:
        response = client_of(settings).auth_test()
    except SlackApiError as refusal:
        to_do = "Copy SLACK_BOT_TOKEN anew: OAuth & Permissions, Bot User OAuth Token."
        return error(name, f"Slack refuses it: {code_of(refusal)}", to_do), None
    except (SlackClientError, OSError) as problem:
        return error(name, f"Slack can't be reached ({type(problem).__name__})", NETWORK), None
    middle = before + (now() - before) / 2
    headers = {key.lower(): str(value) for key, value in response.headers.items()}
    granted = headers.get("x-oauth-scopes")
    scopes = None if granted is None else frozenset(filter(None, (each.strip() for each in granted.split(","))))
    found = answered(response)
    said = f"{word(found, 'user')} in {word(found, 'team')} ({word(found, 'team_id')})"
    return ok(name, said), Answer(scopes, _ahead(headers.get("date"), middle))


def scopes(answer: Answer) -> Iterator[Finding]:
    """Those that are missing, and those that nothing needs."""
    if answer.scopes is None:
        yield warning("scopes", "Slack doesn't say which ones the token has", "Compare them with app-manifest.yml.")
        return
    missing = sorted(NEEDED.keys() - answer.scopes)
    for scope in missing:
        yield error("scopes", f"{scope} is missing, so {NEEDED[scope]}", INSTALL)
    if extra := sorted(answer.scopes - NEEDED.keys()):
        to_do = "Take them out of the app's settings: the bot should have no right that it doesn't use."
        yield warning("scopes", f"nothing needs {', '.join(extra)}", to_do)
    if not missing and not extra:
        yield ok("scopes", f"the {len(NEEDED)} of the manifest")


def clock(answer: Answer) -> Finding:
    """This machine's beside Slack's."""
    name = "clock"
    if answer.ahead is None:
        return warning(name, "Slack doesn't say what time it is there", "Check that this machine keeps time (NTP).")
    seconds = round(abs(answer.ahead).total_seconds())
    said = f"{seconds} s {'ahead of' if answer.ahead > timedelta() else 'behind'} Slack's"
    to_do = "Set this machine's clock (timedatectl set-ntp true): deadlines are told by it."
    if abs(answer.ahead) >= WRONG:
        return error(name, said, to_do)
    return warning(name, said, to_do) if abs(answer.ahead) >= UNSURE else ok(name, "as Slack's")


def app_token(settings: Settings) -> Iterator[Finding]:
    """Whether a socket could be opened. None is: Slack would send it events that nobody here answers."""
    name = "socket"
    if settings.slack_app_token is None:
        return
    token = settings.slack_app_token.get_secret_value()
    client = WebClient(base_url=settings.slack_api_url, timeout=SECONDS, retry_handlers=[])
    try:
        url = word(answered(client.apps_connections_open(app_token=token)), "url")
        if client.proxy is None:
            _reach(url)
    except SlackApiError as refusal:
        to_do = (
            "Make SLACK_APP_TOKEN anew: Basic Information, App-Level Tokens, with connections:write; "
            "and see that Socket Mode is on."
        )
        yield error(name, f"Slack gives none to this app-level token: {code_of(refusal)}", to_do)
    except (SlackClientError, OSError) as problem:
        to_do = "Let this machine reach wss-primary.slack.com and wss-backup.slack.com at port 443."
        yield error(name, f"it can't be reached ({type(problem).__name__})", to_do)
    else:
        yield ok(name, "can be opened")


def signing_secret(settings: Settings) -> Iterator[Finding]:
    """Slack can't be asked about it, so its shape must do."""
    secret = settings.slack_signing_secret
    if secret is None:
        return
    if SIGNING_SECRET.fullmatch(secret.get_secret_value()):
        yield ok("signing secret", "has the shape of one")
        return
    to_do = "Copy SLACK_SIGNING_SECRET anew: Basic Information, Signing Secret; not the verification token."
    yield warning("signing secret", "doesn't look like one: those are 32 characters of 0-9 and a-f", to_do)


def _ahead(date: str | None, here: datetime) -> timedelta | None:
    """Slack cuts its time to the second, so half a second is added."""
    try:
        return here - parsedate_to_datetime(date) - timedelta(seconds=0.5) if date else None
    except (ValueError, TypeError):
        return None


def _reach(url: str) -> None:
    """As far as a handshake goes. Raises OSError."""
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "wss"
    with socket.create_connection((host, parts.port or (443 if secure else 80)), SECONDS) as connection:
        if secure:
            ssl.create_default_context().wrap_socket(connection, server_hostname=host).close()
