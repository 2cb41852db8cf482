"""How a case fared, from the lines of its history: who was told how far its clocks ran, and what was missed. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cases.case import Entry
from cases.past import ACTS

TOLD = re.compile(r"^(?:(?P<clock>[a-z ]+): )?(?:(?P<share>\d+) % |breach told again, time (?P<time>\d+))")


@dataclass(frozen=True, slots=True)
class Fared:
    """What was told and missed."""

    lines: tuple[Entry, ...]
    """As `cases.replaying.happened` gives them."""

    @property
    def told(self) -> tuple[Entry, ...]:
        """Each time that somebody heard that a deadline came near, or was missed."""
        return tuple(entry for entry in self.lines if entry.what in ACTS)

    @property
    def missed(self) -> int:
        """Deadlines missed: of first answers, one each time that the case was opened; of other clocks, each."""
        others = sum(entry.what == "breached" and _clock(entry) != "" for entry in self.told)
        own = [entry for entry in self.lines if not (entry.what in ACTS and _clock(entry))]
        return others + sum(map(_is_missed, _periods(own)))

    def words(self) -> str:
        """How far each clock came: `at 75 %`, `breach, told 3 more times; update at 50 %`; `nobody was told`."""
        furthest: dict[str, tuple[int, int]] = {}
        for found in filter(None, (TOLD.match(entry.why) for entry in self.told)):
            share, times = furthest.get(clock := found["clock"] or "", (0, 0))
            furthest[clock] = (max(share, int(found["share"] or 0)), max(times, int(found["time"] or 0)))
        told = [_furthest(clock, *far) for clock, far in furthest.items()] or ["nobody was told"]
        late = self.missed and not any(entry.what == "breached" for entry in self.told)
        return "; ".join(told) + (", answered late" if late else "")


@dataclass(frozen=True, slots=True)
class Sums:
    """Of several cases."""

    cases: int = 0
    told_of: int = 0
    """Cases of which somebody was told."""
    told: int = 0
    missed: int = 0
    """Deadlines."""

    def plus(self, fared: Fared) -> "Sums":
        """With one more."""
        told = len(fared.told)
        return Sums(self.cases + 1, self.told_of + (told > 0), self.told + told, self.missed + fared.missed)


def _clock(entry: Entry) -> str:
    """Of a line of a rung: which clock's; empty: the first response's."""
    found = TOLD.match(entry.why)
    return (found["clock"] or "") if found else ""


def _furthest(clock: str, share: int, times: int) -> str:
    said = "breach" if share >= 100 or not share else f"at {share} %"
    again = f", told {times} more time{'' if times == 1 else 's'}" if times else ""
    return f"{clock} {said}{again}".strip()


def _periods(lines: Iterable[Entry]) -> Iterator[list[Entry]]:
    period: list[Entry] = []
    for entry in lines:
        if entry.what == "reopened":
            yield period
            period = []
        else:
            period.append(entry)
    yield period


def _is_missed(period: Iterable[Entry]) -> bool:
    """An answer in time takes back a breach that was told after it; a late one is a miss whether it was told or not."""
    told = False
    for entry in period:
        if entry.what == "responded":
            if entry.why.endswith("late"):
                return True
            told = False
        told = told or entry.what == "breached"
    return told
