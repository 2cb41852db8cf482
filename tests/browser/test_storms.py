"""A digest as engineers see it: at a desk and on a phone, with a claim that takes one press."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE, Enter
from tests.journeys.storming import HALF_AN_HOUR, open_together
from workspace.house import House


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (NARROW, True)], ids=["wide", "narrow"])
def test_a_case_is_claimed_from_a_digest(house: House, enter: Enter, size: tuple[int, int], dark: bool) -> None:
    open_together(house, 7)
    house.move_to(house.clock.now() + HALF_AN_HOUR + timedelta(minutes=15))
    erin = enter("Erin", "escalations", size, dark)
    digest = erin.message("7 alarms came due together").last
    expect(digest).to_contain_text("7 of 7 still ask for somebody")
    digest.get_by_role("button", name="Claim").nth(1).click()
    expect(digest).to_contain_text("6 of 7 still ask for somebody")
    expect(digest).to_contain_text("Claimed in the meantime: @Erin is on it.")
    expect(digest.get_by_role("button", name="Claim")).to_have_count(6)
    assert not erin.is_wider_than_its_screen()
    if os.environ.get("SHOT"):
        digest.scroll_into_view_if_needed()
        erin.page.screenshot(path=Path(os.environ["SHOT"]) / f"digest-{size[0]}.png")
