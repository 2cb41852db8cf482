"""What `caseclock doctor` finds, as values."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """The bot keeps its promises; somebody should look at it."""
    ERROR = "error"
    """A promise may be broken, or the bot doesn't start."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    """Its name: `bot token`, `TRIAGE_CHANNEL`, `disk`."""
    level: Level
    said: str
    """What was found; never a secret."""
    to_do: str = ""
    """Empty where it is well."""


def ok(what: str, said: str) -> Finding:
    return Finding(what, Level.OK, said)


def warning(what: str, said: str, to_do: str) -> Finding:
    return Finding(what, Level.WARNING, said, to_do)


def error(what: str, said: str, to_do: str) -> Finding:
    return Finding(what, Level.ERROR, said, to_do)


def summary(findings: Iterable[Finding]) -> str:
    """`1 error, 2 warnings`; or that all is well."""
    levels = [finding.level for finding in findings]
    errors, warnings = levels.count(Level.ERROR), levels.count(Level.WARNING)
    counted = [_many(errors, "error")] * bool(errors) + [_many(warnings, "warning")] * bool(warnings)
    return ", ".join(counted) if counted else f"All {len(levels)} are well."


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
