"""How much memory of its own a process holds as time goes by.

Pages of files, such as its libraries, are not counted: the system takes them back and reads them again as it likes.
"""

from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, linear_regression

MIB = 1024


@dataclass
class Memory:
    """What one process held, looked at now and then."""

    pid: int
    seconds: list[float] = field(default_factory=list)
    mib: list[float] = field(default_factory=list)

    def look(self, at: float) -> float:
        """MiB that it holds now, `at` so many seconds from the beginning. Raises FileNotFoundError: it is gone."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        (own,) = (int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))
        self.seconds.append(at)
        self.mib.append(own / MIB)
        return self.mib[-1]

    def growth(self) -> float:
        """MiB by which the line through the second half rises from its beginning to its end."""
        half = len(self.seconds) // 2
        seconds, mib = self.seconds[half:], self.mib[half:]
        return linear_regression(seconds, mib).slope * (seconds[-1] - seconds[0])

    def quarters(self) -> list[float]:
        """MiB on average, in each quarter of the time."""
        size = len(self.mib) // 4
        return [fmean(self.mib[n * size : (n + 1) * size]) for n in range(4)]
