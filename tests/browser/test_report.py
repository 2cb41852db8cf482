"""A manager looks at a report: the figures, and the picture in its thread, in the light and in the dark."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE, Enter
from tests.journeys.acting import open_p1
from workspace.acting import said
from workspace.house import House
from workspace.scenes.working import claim


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)], ids=["wide", "narrow"])
def test_a_report_and_its_picture(house: House, enter: Enter, size: tuple[int, int], dark: bool) -> None:
    open_p1(house)
    claim(house, house.person("Erin"), 1)
    house.person("Max").command("/case", "report", "C0MANAGERS")
    house.slack.wait_until(lambda: len([each for each in house.slack.messages("C0MANAGERS") if each.files]) == 3)
    (report,) = [each for each in said(house, "C0MANAGERS", "Report:") if not each.is_reply]

    manager = enter("Max", "managers", size, dark, thread=report.ts)
    picture = manager.page.get_by_role("img", name="report-")
    expect(picture).to_be_visible()
    manager.page.wait_for_function("document.querySelector('img.picture').naturalWidth > 1000")
    assert not manager.is_wider_than_its_screen()
    if os.environ.get("SHOT"):
        picture.scroll_into_view_if_needed()
        manager.page.screenshot(path=Path(os.environ["SHOT"]) / f"report-{size[0]}.png")
