"""Until when Slack was heard: what is known of it across restarts, and the door to where that is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

AHEAD = timedelta(minutes=5)
"""Processes' clocks may differ by so much. A time further ahead was written by a clock that was wrong."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Heard:
    """By whichever process heard last. Aware UTC."""

    began: datetime
    """Nothing is known, or looked for, from before."""
    until: datetime
    owed: datetime | None = None
    """From then on history is still to be read; None: nothing is owed."""

    def missed_since(self, now: datetime) -> datetime:
        """From when on something may have been missed. Where a clock was ahead, nobody knows: then a day is read."""
        if self.owed is not None:
            return self.owed
        return self.until if self.until <= now + AHEAD else now - A_DAY


class HearingStore(Protocol):
    """One row for all processes."""

    def get(self) -> Heard | None:
        """None: no process has ever heard."""
        ...

    def heard(self, now: datetime) -> None:
        """Slack is heard now. Never goes back, but from a time that a wrong clock was `AHEAD` by."""
        ...

    def owe(self, since: datetime) -> None:
        """History is to be read from then on, or from earlier where that is owed already."""
        ...

    def read(self, since: datetime) -> None:
        """It was read from then on; what somebody came to owe from earlier meanwhile stays owed."""
        ...

    def look(self, now: datetime, since: datetime) -> bool:
        """Take the turn to look whether anything was missed; False: some process has taken it after `since`.

        A turn that was taken at a time that is still `AHEAD` holds nobody back."""
        ...
