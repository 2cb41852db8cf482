"""On a phone: everything can be reached, and nothing is wider than the screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, Enter
from tests.journeys.acting import open_p1
from workspace.house import House


@pytest.mark.parametrize("dark", [False, True])
def test_a_case_is_opened_and_claimed_on_a_phone(house: House, enter: Enter, dark: bool) -> None:
    window = enter("Dana", "acme-support", NARROW, dark)
    expect(window.sidebar).to_be_hidden()
    form = window.open_form()
    form.get_by_label("Okta Service").check()
    expect(form.get_by_label("None of them")).to_be_visible()
    assert not window.is_wider_than_its_screen()
    form.get_by_role("button", name="Cancel").click()
    expect(window.modal).to_have_count(0)

    open_p1(house)
    window.as_person("Erin", "triage")
    card = window.message("C-1")
    card.get_by_label("Do something with this message").get_by_label("React with :eyes:").click()
    expect(card).to_contain_text("@Erin")
    assert not window.is_wider_than_its_screen()


def test_what_stands_beside_the_messages_covers_them_until_it_is_closed(house: House, enter: Enter) -> None:
    open_p1(house)
    erin = enter("Erin", "triage", NARROW)
    expect(erin.dock).to_be_hidden()
    for name in ("Due next", "Inspector"):
        erin.page.locator("#place-head").get_by_role("link", name=name).click()
        expect(erin.dock).to_be_visible()
        assert not erin.is_wider_than_its_screen()
        erin.dock.get_by_label("Close this panel").click()
        expect(erin.dock).to_be_hidden()
    erin.message("C-1").get_by_label("Reply in thread").click()
    erin.dock.get_by_label("Reply…").fill("I look at it.")
    erin.dock.get_by_role("button", name="Send").click()
    expect(erin.dock).to_contain_text("I look at it.")
    assert not erin.is_wider_than_its_screen()


def test_the_menu_of_people_opens_and_closes(enter: Enter) -> None:
    dana = enter("Dana", "acme-support", NARROW)
    menu = dana.page.locator("#menu-button")
    menu.click()
    expect(dana.sidebar).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")
    menu.click()
    expect(dana.sidebar).to_be_hidden()
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.click()
    expect(dana.sidebar).to_be_visible()
    dana.page.keyboard.press("Escape")
    expect(dana.sidebar).to_be_hidden()
    menu.click()
    expect(dana.sidebar).to_be_visible()
    dana.page.mouse.click(370, 400)
    expect(dana.sidebar).to_be_hidden()


def test_time_and_the_composer_are_within_reach(enter: Enter) -> None:
    dana = enter("Dana", "acme-support", NARROW)
    dana.button("+5 min").click()
    expect(dana.clock).to_have_text("Thu 2 Jul 2026, 9:05 AM")
    dana.write("Good morning")
    expect(dana.message("Good morning")).to_be_in_viewport()
    assert not dana.is_wider_than_its_screen()


def test_in_the_dark_the_page_is_dark(enter: Enter) -> None:
    dana = enter("Dana", "acme-support", dark=True)
    lightness = dana.page.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number).reduce((a, b) => a + b)"
    )
    assert lightness < 3 * 60
