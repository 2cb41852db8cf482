"""Numbers of seconds, and how they are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Timing:
    """Several runs of one thing, in seconds."""

    name: str
    runs: Sequence[float]

    @property
    def median(self) -> float:
        return median(self.runs)

    def row(self, peer: "Timing") -> str:
        """A line of the table; ``peer`` is what it is compared with."""
        ratio = self.median / peer.median
        return (
            f"{self.name:58} {self.median * 1000:8.1f} {max(self.runs) * 1000:8.1f} {len(self.runs):5d} {ratio:6.1f} ×"
        )


HEADING = f"{'':58} {'median':>8} {'worst':>8} {'runs':>5} {'ratio':>8}   (milliseconds)"
