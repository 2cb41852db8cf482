"""The operator's file of addresses outside Slack: names that others may use, and secrets that nobody else sees."""

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails

from cases.zones import zone

SECRET_BYTES = range(24, 65)
"""How long a symmetric secret may be: Standard Webhooks 1.0."""


class AddressesError(Exception):
    """The file can't be used; the message names the place in it and repeats nothing that may be a secret."""


def _url(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"https?://[^/@\s]+(/\S*)?", value.get_secret_value()):
        raise ValueError("expected an address such as https://crm.example/hooks, without a user or a password")
    return value


def _secret(value: SecretStr) -> SecretStr:
    prefix, key = value.get_secret_value()[:6], value.get_secret_value()[6:]
    try:
        length = len(base64.b64decode(key, validate=True))
    except binascii.Error:
        length = 0
    if prefix != "whsec_" or length not in SECRET_BYTES:
        raise ValueError("expected a secret as `caseclock webhooks new-secret` makes it, which starts with whsec_")
    return value


def _zone(value: str) -> str:
    return zone(value).key


Zone = Annotated[str, AfterValidator(_zone)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
Url = Annotated[SecretStr, AfterValidator(_url)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]


class Endpoint(BaseModel):
    """Where webhooks go, and what they are signed with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Url
    secrets: Annotated[tuple[Secret, ...], Field(min_length=1, max_length=2)]
    """The newest first; two while one takes the place of the other."""


class Place(BaseModel):
    """Where people are reached."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: SecretStr
    """As Apprise writes them: `mailto://…`, `pagerduty://…`."""
    timezone: Zone = "UTC"
    """In which they read times."""


class Addresses(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    webhooks: Mapping[Name, Endpoint] = {}
    reach: Mapping[Name, Place] = {}

    @model_validator(mode="after")
    def _one_name_each(self) -> Self:
        if twice := set(self.webhooks) & set(self.reach):
            raise ValueError(f"expected different names for webhooks and reach: {', '.join(sorted(twice))} is in both")
        return self


NO_ADDRESSES = Addresses()


def load_addresses(file: Path | None) -> Addresses:
    """What the file names; without one, nothing.

    Raises:
        AddressesError: it can't be read, or something in it is wrong.
    """
    if file is None:
        return NO_ADDRESSES
    try:
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
        return Addresses.model_validate({} if read is None else read)
    except OSError as error:
        raise AddressesError(f"{file} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise AddressesError(f"{file} isn't UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise AddressesError(f"{file}, line {line}: this isn't YAML") from None
    except yaml.YAMLError:
        raise AddressesError(f"{file} isn't YAML") from None
    except ValidationError as error:
        problems = "; ".join(_problem(each) for each in error.errors(include_input=False, include_url=False))
        raise AddressesError(f"{file}: {problems}") from None


def _problem(error: ErrorDetails) -> str:
    place = ".".join(str(part) for part in error["loc"] if part != "[key]")
    expected = {
        "extra_forbidden": "there is no such field",
        "string_pattern_mismatch": "expected a name of small letters, digits and hyphens",
        "missing": "is missing",
        "too_long": "expected two secrets at most: the new one, and the one that it replaces",
    }.get(error["type"], error["msg"].removeprefix("Value error, "))
    return f"{place}: {expected}" if place else expected
