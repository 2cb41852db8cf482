"""Nothing has happened yet: the day is the reader's own."""

from datetime import date

from workspace.scenes.days import on
from workspace.scenes.scene import Scene, Tell
from workspace.stage import Stage

STORY = (
    "It is Thursday, nine o'clock in New York, and no case is open. Each customer has a pinned button: press Open a "
    "case as Dana of Acme, claim the case as Erin in #triage, or let time pass and see who is told."
)


def course(stage: Stage, tell: Tell) -> None:
    """Nothing but the welcomes."""
    tell("Caseclock has greeted three customers")


QUIET_MORNING = Scene(
    name="quiet-morning",
    title="A quiet morning",
    story=STORY,
    starts_at=on(date(2026, 7, 2), "America/New_York")(9, 0),
    course=course,
    viewer="U0DANA",
    place="C0ACME",
)
