"""Each scene opens with its story told, for the person that it is about."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from workspace.house import House
from workspace.scenes import SCENES


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_opens_with_its_story(house: House, enter: Enter, scene: str) -> None:
    told = SCENES[scene]
    viewer = house.slack.state.users[told.viewer]
    window = enter()
    expect(window.page.locator("#story")).to_contain_text(told.title)
    expect(window.page.locator("#story")).to_contain_text(told.story)
    expect(window.page.locator(".you")).to_contain_text(viewer.name)
    expect(window.page.locator("#log article").last).to_be_visible()
    expect(window.page.locator(".undrawn")).to_have_count(0)
    assert not window.is_wider_than_its_screen()
