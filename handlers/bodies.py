"""What a say carries in its body, read back with the type that it has."""

from datetime import UTC, datetime

from cases.says import Body


def text_of(body: Body, key: str) -> str:
    """A body's words; empty where there are none."""
    value = body.get(key)
    return "" if value is None else str(value)


def count(body: Body, key: str) -> int:
    """A body's number; 0 where there is none."""
    value = body.get(key)
    return value if isinstance(value, int) else 0


def instant(body: Body, key: str) -> datetime:
    """A body's instant, written as ISO 8601."""
    return datetime.fromisoformat(text_of(body, key)).astimezone(UTC)
