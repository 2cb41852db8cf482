"""What a row found: a table, what was to be reached, and notes; as text to read and as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """Something to reach."""

    wanted: str
    seen: str
    reached: bool
    why: str = ""
    """Why it was not reached, and what would help."""


@dataclass(frozen=True)
class Result:
    """One row of the benchmark."""

    title: str
    headings: Sequence[str]
    lines: Sequence[Sequence[str]]
    goals: Sequence[Goal] = ()
    notes: Sequence[str] = ()
    """How it was measured; what limits it."""


def milliseconds(seconds: float) -> str:
    """Three figures, so that small ones can be told apart: `0.0123 ms`, `12.3 ms`, `1,230 ms`."""
    value = seconds * 1000
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 4
    return f"{value:,.{digits}f} ms"


def times(ratio: float) -> str:
    """`1.25 ×`, `133 ×`."""
    return f"{ratio:,.{0 if ratio >= 100 else 1 if ratio >= 10 else 2}f} ×"
