"""Slack's own date formatting (``<!date^…>``), in one reader's zone."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

TOKEN = re.compile(r"\{(\w+)\}")


def formatted(epoch: int, pattern: str, zone: tzinfo, now: datetime) -> str:
    """The pattern with its tokens told in ``zone``. Unknown tokens stay as they are, as in Slack."""
    at = datetime.fromtimestamp(epoch, UTC).astimezone(zone)

    def told(found: re.Match[str]) -> str:
        rule = RULES.get(found[1].removesuffix("_pretty"))
        if rule is None:
            return found[0]
        return (_near(at, now) if found[1].endswith("_pretty") else "") or rule(at)

    return TOKEN.sub(told, pattern)


def _near(at: datetime, now: datetime) -> str:
    days = (at.date() - now.astimezone(at.tzinfo).date()).days
    return {0: "today", -1: "yesterday", 1: "tomorrow"}.get(days, "")


def clock_time(at: datetime, seconds: bool = False) -> str:
    """``9:02 AM``, as Slack writes it."""
    return at.strftime("%I:%M:%S %p" if seconds else "%I:%M %p").lstrip("0")


def _short(at: datetime) -> str:
    return f"{at:%b} {at.day}, {at.year}"


RULES: dict[str, Callable[[datetime], str]] = {
    "date_num": lambda at: at.strftime("%Y-%m-%d"),
    "date_slash": lambda at: at.strftime("%d/%m/%Y"),
    "date": lambda at: f"{at:%B} {at.day}, {at.year}",
    "date_short": _short,
    "date_long": lambda at: f"{at:%A}, {at:%B} {at.day}, {at.year}",
    "day_divider": lambda at: f"{at:%A}, {at:%B} {at.day}",
    "time": clock_time,
    "time_secs": lambda at: clock_time(at, seconds=True),
}
