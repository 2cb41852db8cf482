"""A call's arguments, however they were sent: query, form (with JSON inside), or a JSON body."""

import json
from urllib.parse import parse_qsl

from workspace.errors import ApiError
from workspace.model import JsonDict


def decode(query: str, body: bytes, content_type: str) -> JsonDict:
    """All arguments of one call. Raises ``invalid_json`` for a JSON body that is none."""
    args: JsonDict = dict(parse_qsl(query, keep_blank_values=True))
    if content_type.startswith("application/json"):
        return args | _object(body)
    return args | dict(parse_qsl(body.decode(), keep_blank_values=True))


def _object(body: bytes) -> JsonDict:
    if not body:
        return {}
    try:
        found = json.loads(body)
    except ValueError:
        raise ApiError("invalid_json") from None
    if not isinstance(found, dict):
        raise ApiError("json_not_object")
    return found


class Args:
    """Reads arguments by name, in the types that methods want."""

    def __init__(self, raw: JsonDict) -> None:
        self.raw = raw

    def has(self, name: str) -> bool:
        return self.raw.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A required string. Raises ``invalid_arguments`` naming it."""
        if not self.has(name):
            raise ApiError("invalid_arguments", [f"missing required field: {name} [json-pointer:/{name}]"])
        return str(self.raw[name])

    def maybe(self, name: str) -> str | None:
        return str(self.raw[name]) if self.has(name) else None

    def flag(self, name: str) -> bool:
        return self.raw.get(name) in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.raw.get(name, default))
        except (TypeError, ValueError):
            raise ApiError("invalid_arguments", [f"must be a number [json-pointer:/{name}]"]) from None

    def decoded(self, name: str) -> object:
        """A structure that may have been sent as JSON text; None if left out. Raises ``invalid_<name>_format``."""
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise ApiError(f"invalid_{name}_format" if name == "blocks" else "invalid_arguments") from None
