"""Until when Slack was heard: what is known of it across restarts, and the door to where that is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Heard:
    """By whichever process heard last. Aware UTC."""

    began: datetime
    """Nothing is known, or looked for, from before."""
    until: datetime
    owed: datetime | None = None
    """From then on history is still to be read; None: nothing is owed."""


class HearingStore(Protocol):
    """One row for all processes."""

    def get(self) -> Heard | None:
        """None: no process has ever heard."""
        ...

    def heard(self, now: datetime) -> None:
        """Slack is heard now. Never goes back."""
        ...

    def owe(self, since: datetime) -> None:
        """History is to be read from then on, or from earlier where that is owed already."""
        ...

    def read(self, since: datetime) -> None:
        """It was read from then on; what somebody came to owe from earlier meanwhile stays owed."""
        ...

    def look(self, now: datetime, since: datetime) -> bool:
        """Take the turn to look whether anything was missed; False: some process has taken it after `since`."""
        ...
