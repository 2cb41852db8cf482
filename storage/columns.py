"""Column types: instants that are always aware UTC, any text a person can type, and values kept as JSON."""

from datetime import UTC, datetime
from typing import Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import JSON, DateTime, Dialect, Text
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")


class NaiveInstant(ValueError, DontWrapMixin):
    """A datetime without a time zone was about to be stored."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in and out. SQLite keeps it as ISO text without an offset, which sorts as time does.

    Raises:
        NaiveInstant: on a naive datetime, when it is stored or compared.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveInstant(f"{value.isoformat()} has no time zone; give an aware datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From what the database keeps; SQLite gives it back without its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class AnyText(TypeDecorator[str]):
    """Text that a person typed, whatever it holds.

    PostgreSQL refuses NUL and neither database can encode half of a surrogate pair: each becomes U+FFFD, so that
    one odd character never costs a customer the case.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Make it storable."""
        if value is None:
            return None
        whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole.replace("\x00", "\ufffd")


class Stored(TypeDecorator[T], Generic[T]):
    """A frozen dataclass (or a tuple of values) kept as JSON, checked again by pydantic when it is read."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, adapter: TypeAdapter[T], sparse: bool = False) -> None:
        """`sparse`: what is as it is by default is left out."""
        super().__init__()
        self.adapter = adapter
        self.sparse = sparse

    def process_bind_param(self, value: T | None, dialect: Dialect) -> object:
        """To what JSON can hold."""
        if value is None:
            return None
        return self.adapter.dump_python(value, mode="json", exclude_defaults=self.sparse)

    def process_result_value(self, value: object, dialect: Dialect) -> T | None:
        """To the value that was stored."""
        return None if value is None else self.adapter.validate_python(value)


IDS = Stored(TypeAdapter(tuple[str, ...]))
"""Of Slack: channels, people."""
