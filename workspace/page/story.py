"""What the page tells of the scene that it began with."""

from dataclasses import dataclass


@dataclass(slots=True)
class Story:
    """``act`` is what is being set just now, before the reader takes over; None once the scene is set."""

    title: str
    told: str
    act: str | None = "Waking the bot"
    began: str = ""
    """The ts at which it became the reader's turn: everything older counts as read."""
    failed: str = ""
    """Why the scene could not be set; empty: it could, or is being."""
