"""Settings from the environment and `.env`; `.env.example` explains each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urljoin

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.web import address_of
from cases.change import Places
from cases.zones import zone
from policies.loader import SHIPPED
from storage.sealing import Seal

SLACK = "https://slack.com/api/"
HINT = " (.env.example says what it is)"


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one line that names it and says what is expected."""


def _channel(value: str) -> str:
    if not re.fullmatch(r"[CG][A-Z0-9]{2,}", value):
        raise ValueError("expected a Slack channel id such as C0123456789")
    return value


def _people(value: tuple[str, ...]) -> tuple[str, ...]:
    wrong = [id for id in value if not re.fullmatch(r"[SUW][A-Z0-9]{2,}", id)]
    if wrong or not value:
        raise ValueError("expected Slack user groups (S…) and people (U…), separated by commas")
    return value


def _emoji(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9_+'-]+", value):
        raise ValueError("expected an emoji's name without colons, such as eyes")
    return value


def _address(value: str) -> str:
    address_of(value)
    return value


def _days(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[1-9][0-9]{0,4}", value):
        raise ValueError("expected a number of days, at least 1, such as 365; leave it empty to keep every case")
    return value


def _prefix(value: str) -> str:
    if not re.fullmatch(r"[!?+.=%$^\\|;,-][^\s<>&*_~`]{2,19}", value):
        raise ValueError("expected a sign and a word that nobody begins a message with by accident, such as !reply")
    return value


def _keys(value: tuple[SecretStr, ...] | None) -> tuple[SecretStr, ...] | None:
    if value is not None:
        try:
            Seal([key.get_secret_value() for key in value])
        except (ValueError, IndexError):
            expected = "keys as `caseclock installations new-key` makes them, separated by commas, the newest first"
            raise ValueError(f"expected {expected}") from None
    return value


def split(value: object) -> object:
    """A setting of several values, separated by commas."""
    return tuple(filter(None, (each.strip() for each in value.split(",")))) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class WeekTime:
    """A time of a weekday."""

    weekday: str
    """`mon` … `sun`."""
    hour: int
    minute: int

    def __str__(self) -> str:
        return f"{self.weekday} {self.hour:02}:{self.minute:02}"


def _set_time(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s+([01]?\d|2[0-3]):([0-5]\d)", value.strip().lower())
    if found is None:
        raise ValueError("expected a weekday and a time, such as mon 08:00")
    return WeekTime(found[1], int(found[2]), int(found[3]))


def _zone(value: str) -> str:
    try:
        return zone(value).key
    except (ValueError, KeyError, OSError):
        raise ValueError("expected a time zone such as Europe/Berlin") from None


SetTime = Annotated[WeekTime, NoDecode, BeforeValidator(_set_time)]
Zone = Annotated[str, AfterValidator(_zone)]


def _ping(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"https?://[^/\s]+\S*", value.get_secret_value()):
        raise ValueError("expected an address such as https://hc-ping.com/…")
    return value


Ping = Annotated[SecretStr, AfterValidator(_ping)]
Days = Annotated[int, BeforeValidator(_days)]
Channel = Annotated[str, AfterValidator(_channel)]
People = Annotated[tuple[str, ...], NoDecode, AfterValidator(_people)]
Emoji = Annotated[str, AfterValidator(_emoji)]
Keys = Annotated[tuple[SecretStr, ...] | None, NoDecode, BeforeValidator(split), AfterValidator(_keys)]
Prefix = Annotated[str, AfterValidator(_prefix)]
Address = Annotated[str, AfterValidator(_address)]


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
