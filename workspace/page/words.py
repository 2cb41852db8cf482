"""Small words of the page: how far ahead something is, and where a zone is."""

from datetime import timedelta
from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = 60, 3600, 86400


def ahead(span: timedelta) -> str:
    """``in 12 min``, ``in 3 h 5 min``, ``in 2 d 4 h``; ``now`` for what is due or past."""
    seconds = int(span.total_seconds())
    if seconds <= 0:
        return "now"
    if seconds < MINUTE:
        return f"in {seconds} s"
    days, hours, minutes = seconds // DAY, seconds % DAY // HOUR, seconds % HOUR // MINUTE
    parts = [(days, "d"), (hours, "h")] if days else [(hours, "h"), (minutes, "min")]
    return "in " + " ".join(f"{count} {unit}" for count, unit in parts if count)


def place_name(zone: ZoneInfo) -> str:
    """``New York``."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")
