"""Several runs of one thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Timing:
    """In seconds."""

    name: str
    runs: Sequence[float]

    @property
    def median(self) -> float:
        return median(self.runs)
