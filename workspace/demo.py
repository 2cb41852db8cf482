"""A day of Caseclock's life: the bot itself against a local Slack, told in the terminal, its time running fast."""

from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from rich.console import Console
from rich.text import Text

from workspace import demo_auth0, demo_oko, demo_okta
from workspace.demo_okta import NEW_YORK, thursday
from workspace.demo_play import Play
from workspace.demo_summary import summary
from workspace.demo_teller import Teller
from workspace.stage import Stage

WIDEST = 100
INTRODUCTION = (
    "Three customers, each with a support programme of their own; Erin and Frank, two engineers on call; and Max, a "
    "manager. The bot, its policies and its database are the real ones, the Slack is a local one, and its clock runs "
    "fast. Each message is shown as its channel shows it. Where one is redrawn you see what changed; ⋮ is the rest."
)
CHAPTERS = (
    demo_okta.opened,
    demo_okta.claimed,
    demo_okta.checked_in,
    demo_okta.resolved,
    demo_oko.opened,
    demo_auth0.opened,
    demo_auth0.claimed,
    demo_oko.claimed,
)


def demo(console: Console, interrupted: Event) -> None:
    """Tells the whole story, in some seconds. Raises KeyboardInterrupt at the next line once `interrupted` is set."""
    console.width = min(console.width, WIDEST)
    console.print(Text("Caseclock, from Thursday to Monday", style="bold"))
    console.print(Text(INTRODUCTION))
    console.print()
    with TemporaryDirectory() as folder, Stage(Path(folder), thursday(9)) as stage:
        play = Play(stage, Teller(console, stage.slack, interrupted))
        for chapter in CHAPTERS:
            chapter(play)
        play.teller.show(*summary(stage, range(1, 4), NEW_YORK))
