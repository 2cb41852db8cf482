"""The pictures in `docs/pictures`: taken anew by `make pictures`, and only then."""

import os
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.window import Window

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


def picture(window: Window, name: str) -> None:
    """What the window shows now, once its toasts are gone and nothing lies under the mouse."""
    if not os.environ.get("PICTURES"):
        return
    window.page.mouse.move(0, 0)
    expect(window.toast).to_have_count(0)
    expect(window.page.locator("#moving")).to_have_count(0)
    FOLDER.mkdir(exist_ok=True)
    window.page.screenshot(path=FOLDER / f"{name}.png", animations="disabled", caret="hide")
