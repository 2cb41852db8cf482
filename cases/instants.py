"""Instants: aware UTC, to the whole second, and nothing else gets in."""

from datetime import UTC, datetime


def utc(instant: datetime) -> datetime:
    """The same instant in UTC, floored to the second.

    A customer's message carries microseconds; a promise is kept in seconds, and flooring favours the customer.

    Raises:
        ValueError: the datetime is naive, so nobody can say which instant it is.
    """
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise ValueError(f"{instant.isoformat()} has no time zone; give an aware datetime")
    return instant.astimezone(UTC).replace(microsecond=0)


def iso(instant: datetime) -> str:
    """`2026-03-27T00:30:00Z`: the form used in JSON, YAML and on the command line."""
    return utc(instant).strftime("%Y-%m-%dT%H:%M:%SZ")


def slack_time(ts: str) -> datetime:
    """The instant of a Slack timestamp such as `1712345678.000100`; UTC, floored to the second."""
    return datetime.fromtimestamp(int(ts.split(".", 1)[0]), tz=UTC)
