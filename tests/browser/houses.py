"""A house with a scene set in it, the page in front, and the clock standing still."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workspace.house import House
from workspace.page.look import Look
from workspace.page.routes import PageDoors
from workspace.page.story import Story
from workspace.scenes.scene import Scene


@contextmanager
def house_with(scene: Scene, folder: Path, patience: float) -> Iterator[House]:
    """``patience``: seconds that people wait for the bot."""
    story = Story(scene.title, scene.story, act=None)
    start = Look(scene.viewer, scene.place)
    with House(folder, scene.starts_at, patience, pages=lambda house: PageDoors(house, story, start).routes()) as house:
        house.wait_until_up()
        scene.play(house, lambda act: None)
        story.began = house.slack.state.next_ts()
        yield house
