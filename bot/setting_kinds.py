"""What settings are made of: each kind read from a text, or refused with what is expected."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from bot.web import address_of
from cases.zones import zone
from storage.sealing import Seal


def _channel(value: str) -> str:
    if not re.fullmatch(r"[CG][A-Z0-9]{2,}", value):
        raise ValueError("expected a Slack channel id such as C0123456789")
    return value


Channel = Annotated[str, AfterValidator(_channel)]


def _people(value: tuple[str, ...]) -> tuple[str, ...]:
    wrong = [id for id in value if not re.fullmatch(r"[SUW][A-Z0-9]{2,}", id)]
    if wrong or not value:
        raise ValueError("expected Slack user groups (S…) and people (U…), separated by commas")
    return value


People = Annotated[tuple[str, ...], NoDecode, AfterValidator(_people)]


def _emoji(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9_+'-]+", value):
        raise ValueError("expected an emoji's name without colons, such as eyes")
    return value


Emoji = Annotated[str, AfterValidator(_emoji)]


def _address(value: str) -> str:
    address_of(value)
    return value


Address = Annotated[str, AfterValidator(_address)]


def _days(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[1-9][0-9]{0,4}", value):
        raise ValueError("expected a number of days, at least 1, such as 365; leave it empty to keep every case")
    return value


Days = Annotated[int, BeforeValidator(_days)]


def _prefix(value: str) -> str:
    if not re.fullmatch(r"[!?+.=%$^\\|;,-][^\s<>&*_~`]{2,19}", value):
        raise ValueError("expected a sign and a word that nobody begins a message with by accident, such as !reply")
    return value


Prefix = Annotated[str, AfterValidator(_prefix)]


def split(value: object) -> object:
    """A setting of several values, separated by commas."""
    return tuple(filter(None, (each.strip() for each in value.split(",")))) if isinstance(value, str) else value


def _keys(value: tuple[SecretStr, ...] | None) -> tuple[SecretStr, ...] | None:
    if value is not None:
        try:
            Seal([key.get_secret_value() for key in value])
        except (ValueError, IndexError):
            expected = "keys as `caseclock installations new-key` makes them, separated by commas, the newest first"
            raise ValueError(f"expected {expected}") from None
    return value


Keys = Annotated[tuple[SecretStr, ...] | None, NoDecode, BeforeValidator(split), AfterValidator(_keys)]


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


SetTime = Annotated[WeekTime, NoDecode, BeforeValidator(_set_time)]


def _zone(value: str) -> str:
    try:
        return zone(value).key
    except (ValueError, KeyError, OSError):
        raise ValueError("expected a time zone such as Europe/Berlin") from None


Zone = Annotated[str, AfterValidator(_zone)]


def _ping(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"https?://[^/\s]+\S*", value.get_secret_value()):
        raise ValueError("expected an address such as https://hc-ping.com/…")
    return value


Ping = Annotated[SecretStr, AfterValidator(_ping)]
