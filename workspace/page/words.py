"""Small words of the page: how far ahead something is, and where a zone is."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from handlers.times import short


def ahead(span: timedelta) -> str:
    """``in 12 min``, ``in 3 h 05 min``, ``in 2 d 4 h``; ``now`` for what is due or past."""
    seconds = int(span.total_seconds())
    return f"in {short(seconds)}" if seconds > 0 else "now"


def place_name(zone: ZoneInfo) -> str:
    """``New York``."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")
