"""The local Slack in the browser: the house, the page, and the scene that it begins with."""

import signal
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from workspace.house import House
from workspace.page.look import Look
from workspace.page.routes import PageDoors
from workspace.page.story import Story
from workspace.scenes.scene import Scene

PORT = 8350


def serve(scene: Scene, port: int | None = None) -> None:
    """Until Ctrl-C or SIGTERM. Prints the address. ``port`` None: 8350, or any free one where that is taken."""
    ended = threading.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: ended.set())
    story = Story(scene.title, scene.story)
    start = Look(scene.viewer, scene.place)
    with TemporaryDirectory() as folder, _house(Path(folder), scene, port, story, start) as house:
        print(f"A local Slack with Caseclock in it: {house.slack.base_url}\nCtrl-C ends it.", flush=True)
        threading.Thread(target=set_scene, args=(house, scene, story), name="scene", daemon=True).start()
        ended.wait()
    print("Ended; nothing of it was kept.", file=sys.stderr)


def set_scene(house: House, scene: Scene, story: Story) -> None:
    """Plays the scene until it is the reader's turn; from then on time goes by as in real life."""

    def tell(act: str) -> None:
        story.act = act
        house.announce()

    try:
        house.wait_until_up()
        scene.play(house, tell)
        story.began = house.slack.state.next_ts()
        house.run(1)
    except Exception as error:
        story.failed = f"{type(error).__name__}: {error}"
        raise
    finally:
        story.act = None
        house.announce()


def _house(folder: Path, scene: Scene, port: int | None, story: Story, start: Look) -> House:
    def build(at: int) -> House:
        house = House(folder, scene.starts_at, port=at, pages=lambda house: PageDoors(house, story, start).routes())
        house.routines = {"report_every": "week", "briefing": "daily"}
        return house

    if port is not None:
        return build(port)
    try:
        return build(PORT)
    except OSError:
        return build(0)
