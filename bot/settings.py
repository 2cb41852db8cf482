"""Settings from the environment and `.env`; `.env.example` explains each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.setting_kinds import Address, Channel, Days, Emoji, Keys, People, Ping, Prefix, SetTime, WeekTime, Zone, split
from cases.change import Places
from policies.loader import SHIPPED

SLACK = "https://slack.com/api/"
HINT = " (.env.example says what it is)"


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one line that names it and says what is expected."""


@dataclass(frozen=True, slots=True)
class InstallSettings:
    """What it takes to let customers install the app to workspaces of their own."""

    client_id: str
    client_secret: str = field(repr=False)
    keys: tuple[str, ...] = field(repr=False)
    """Fernet keys, the newest first."""


class Settings(BaseSettings):
    """What an operator decides. Secrets are `SecretStr`: printing the settings shows none."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    slack_bot_token: SecretStr
    slack_app_token: SecretStr | None = None
    """For Socket Mode."""
    slack_signing_secret: SecretStr | None = None
    """For HTTP: what Slack signs its requests with."""
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    install_keys: Keys = None
    """These three together: customers may install the app to workspaces of their own."""
    slack_api_url: str = SLACK
    """Base of the Web API, so that a stand-in can be used; Socket Mode follows it."""
    database_url: str = "sqlite:///caseclock.db"
    policy_dir: Path = SHIPPED
    triage_channel: Channel
    managers_channel: Channel
    escalations_channel: Channel | None = None
    """Where escalations to the triage side are posted; None: in the triage channel."""
    operators_channel: Channel | None = None
    """Where those hear who keep the bot running; None: in the managers' channel."""
    support_engineers: People
    support_managers: People
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    claim_emoji: Emoji = "eyes"
    resolve_emoji: Emoji = "white_check_mark"
    open_emoji: Emoji = "ticket"
    health_address: Address | None = None
    """Where /healthz and /readyz answer while Slack comes in by Socket Mode; None: nowhere."""
    metrics_address: Address | None = None
    """Where Prometheus finds /metrics; None: nowhere."""
    alive_ping_url: Ping | None = None
    """Called each minute while all is well; None: nothing is."""
    accounts_file: Path | None = None
    """Accounts that are taken from here whenever it changes; None: as they are imported by hand."""
    retention_days: Days | None = None
    """So many days after it was closed nothing is kept of a case but what the figures need; None: all of it, always."""
    report_every: Literal["week", "month", "quarter", "never"] = "week"
    """How often managers are sent a report: on the first `report_at` of each, of the one that is over."""
    report_at: SetTime = WeekTime("mon", 8, 0)
    report_timezone: Zone | None = None
    """The managers' zone; None: that of the first support manager."""
    briefing: Literal["daily", "never"] = "daily"
    """Each programme's, in the triage channel, as its support day begins."""
    reply_prefix: Prefix = "!reply"
    """What a message in a case's triage thread begins with that goes to the customer."""
    addresses_file: Path | None = None
    """Names addresses outside Slack; None: there are none."""
    rota_file: Path | None = None
    """Says who is on duty for which programme; None: the whole on-call group is, always."""

    def app_token(self) -> str:
        """What Socket Mode needs. Raises SettingsError."""
        return _needed("SLACK_APP_TOKEN", self.slack_app_token)

    def signing_secret(self) -> str:
        """What HTTP needs. Raises SettingsError."""
        return _needed("SLACK_SIGNING_SECRET", self.slack_signing_secret)

    def installs(self) -> InstallSettings | None:
        """What customers' installs need; None: there are none. Raises SettingsError: some of it, but not all."""
        id, secret, keys = self.slack_client_id, self.slack_client_secret, self.install_keys
        if id is None and secret is None and keys is None:
            return None
        if id is None or secret is None or keys is None:
            raise SettingsError(f"SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, INSTALL_KEYS: set all of them, or none{HINT}")
        return InstallSettings(id, secret.get_secret_value(), tuple(key.get_secret_value() for key in keys))

    @property
    def authorize_url(self) -> str:
        """Slack's own page on which an administrator agrees to an install."""
        return urljoin(self.slack_api_url, "/oauth/v2/authorize")

    @property
    def places(self) -> Places:
        """The support team's channels."""
        return Places(
            triage=self.triage_channel,
            escalations=self.escalations_channel or self.triage_channel,
            managers=self.managers_channel,
            operators=self.operators_channel or "",
        )

    @field_validator("support_engineers", "support_managers", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return split(value)

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, value: SecretStr) -> SecretStr:
        return _starting(value, "xoxb-", "a bot token")

    @field_validator("slack_app_token")
    @classmethod
    def _app_token(cls, value: SecretStr | None) -> SecretStr | None:
        return value and _starting(value, "xapp-", "an app-level token with connections:write")

    @field_validator("slack_api_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if not re.match(r"https?://[^/]+", value):
            raise ValueError(f"expected an address such as {SLACK}")
        return value.rstrip("/") + "/"

    @field_validator("policy_dir")
    @classmethod
    def _folder(cls, value: Path) -> Path:
        if not value.is_dir():
            raise ValueError(f"there is no folder {value}")
        return value


def _starting(value: SecretStr, prefix: str, what: str) -> SecretStr:
    if not value.get_secret_value().startswith(prefix):
        raise ValueError(f"expected {what}, which starts with {prefix}")
    return value


def _needed(name: str, secret: SecretStr | None) -> str:
    if secret is None:
        raise SettingsError(f"{name} is not set{HINT}")
    return secret.get_secret_value()


class SocketSettings(Settings):
    """Those of a bot that comes to Slack by Socket Mode."""

    slack_app_token: SecretStr


class HttpSettings(Settings):
    """Those of a bot that Slack comes to."""

    slack_signing_secret: SecretStr


def load_settings(kind: type[Settings] = Settings) -> Settings:
    """Settings of this process; of a `kind` that needs more of them.

    Raises:
        SettingsError: something is missing or wrong; no value of it is repeated, since it may be a secret.
    """
    try:
        return kind()  # type: ignore[call-arg]  # read from the environment
    except ValidationError as error:
        raise SettingsError(_sentence(error.errors(include_input=False))) from None


def _sentence(errors: Sequence[ErrorDetails]) -> str:
    problems = sorted(errors, key=lambda error: error["type"] == "missing")
    hint = HINT if problems[-1]["type"] == "missing" else ""
    return "; ".join(_problem(error) for error in problems) + hint


def _problem(error: ErrorDetails) -> str:
    name = str(error["loc"][0]).upper()
    return f"{name} is not set" if error["type"] == "missing" else f"{name}: {_expected(error)}"


def _expected(error: ErrorDetails) -> str:
    if error["type"] == "literal_error":
        return f"expected {error['ctx']['expected']}".replace("'", "")
    return error["msg"].removeprefix("Value error, ")
