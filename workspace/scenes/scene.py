"""What a scene is: a story already under way when its reader comes in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from workspace.stage import Stage

Tell = Callable[[str], None]
"""Is told of each act in a few words, as the act begins."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One story. A stage that begins at `starts_at` comes, by `play`, to the moment at which `story` describes it."""

    name: str
    """As `make run SCENE=` takes it."""
    title: str
    story: str
    """Who is in what trouble, and what to try next: plain text, two or three sentences."""
    starts_at: datetime
    """Aware UTC. When the bot comes to life; `play` lets hours or days pass from then."""
    course: Callable[[Stage, Tell], None]
    """People act and time passes, once the bot has said its welcomes."""
    viewer: str
    """Id of the person to act as first."""
    place: str
    """Id of the channel to look at first."""

    def play(self, stage: Stage, tell: Tell) -> None:
        """All that has happened when the reader comes in; takes some seconds."""
        # A bot in a process of its own may still be busy with its welcomes.
        stage.quiet()
        self.course(stage, tell)
