"""A real browser in front of the local Slack, and whoever a test lets look through it."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import PATIENCE, chromium
from tests.browser.houses import house_with
from tests.browser.watch import Watch
from tests.browser.window import Window
from workspace.house import House
from workspace.scenes import DEFAULT, SCENES

WIDE, NARROW = (1280, 800), (390, 800)

Enter = Callable[..., Window]


def pytest_runtest_setup() -> None:
    """Not in a fixture, whose skips pytest tells of test by test: so it says once what was left out, and why."""
    chromium()


@pytest.fixture
def patience() -> float:
    """Seconds that Slack gives the bot."""
    return PATIENCE


@pytest.fixture
def scene() -> str:
    """What the house begins with."""
    return DEFAULT


@pytest.fixture
def house(tmp_path: Path, scene: str, patience: float) -> Iterator[House]:
    with house_with(SCENES[scene], tmp_path, patience) as house:
        yield house


@pytest.fixture
def watch(house: House) -> Iterator[Watch]:
    """Over all windows of the test, which fails by what it saw."""
    watch = Watch(house.slack.base_url)
    yield watch
    assert watch.troubles == []


@pytest.fixture
def enter(browser: Browser, house: House, watch: Watch) -> Iterator[Enter]:
    """Somebody comes in: `enter("Dana", "acme-support")`, each time in a browser of their own; see `look_in`."""
    windows: list[Window] = []
    yield partial(look_in, browser, house, watch, windows)
    for window in windows:
        window.page.context.close()


def look_in(
    browser: Browser,
    house: House,
    watch: Watch,
    windows: list[Window],
    who: str = "",
    where: str = "",
    size: tuple[int, int] = WIDE,
    dark: bool = False,
    **more: str,
) -> Window:
    """``size`` in pixels; ``more`` goes into the address, which says nothing if nobody is named."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        has_touch=size == NARROW,
        is_mobile=size == NARROW,
        reduced_motion="reduce",
        locale="en-US",
    )
    context.set_default_timeout(PATIENCE * 1000)
    watch.over(context)
    window = Window(context.new_page(), house)
    windows.append(window)
    if who:
        window.show(who, where, **more)
    else:
        window.page.goto(house.slack.base_url)
    return window
