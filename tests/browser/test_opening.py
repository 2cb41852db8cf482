"""A customer opens a case: by mouse, by keyboard alone, and with a form that isn't complete at first."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Enter
from tests.browser.window import Window
from workspace.acting import answer, form_of
from workspace.house import House

CONSENT = "Yes, someone on our side is reachable at any hour"


def asks_for_priority_1(form: Locator, dana: Window) -> None:
    form.get_by_label("Title").fill("Nobody can sign in")
    form.get_by_label("What happens?").fill("Since nine, everywhere.")
    form.get_by_label("Okta Service").check()
    form.get_by_label("None of them").check()
    expect(form).to_contain_text("Recommended: Priority 1")


def test_a_customer_opens_a_priority_1_through_the_pinned_button(enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    form = dana.open_form()
    asks_for_priority_1(form, dana)
    expect(form).to_contain_text("First answer from a person within 1 hour")
    expect(form).to_contain_text("Sent now, that is by Thu 2 Jul, 10:00 New York time")

    form.get_by_label(CONSENT).check()
    form.get_by_label("Who can be reached?").select_option("Dana")
    form.get_by_role("button", name="Open the case").click()
    expect(dana.modal).to_contain_text("C-1")
    dana.modal.get_by_label("Close").click()

    expect(dana.modal).to_be_hidden()
    expect(dana.message("C-1", "Nobody can sign in")).to_contain_text("today at 10:00 AM")
    expect(dana.dock).to_contain_text("Overdue")
    dana.message("C-1").get_by_role("link", name="1 reply").click()
    expect(dana.dock).to_contain_text("@Dana, you are named as the one to reach")


def test_a_forms_error_keeps_what_was_typed(enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    form = dana.open_form()
    asks_for_priority_1(form, dana)
    form.get_by_role("button", name="Open the case").click()

    expect(form.locator(".error")).to_have_count(2)
    expect(form.locator(".error").first).to_have_text("Please complete this required field.")
    expect(form.get_by_label(CONSENT)).to_be_focused()
    expect(form.get_by_label("Title")).to_have_value("Nobody can sign in")
    expect(form.get_by_label("What happens?")).to_have_value("Since nine, everywhere.")
    expect(form.get_by_label("None of them")).to_be_checked()

    form.get_by_label(CONSENT).check()
    form.get_by_label("Who can be reached?").select_option("Bob")
    form.get_by_role("button", name="Open the case").click()
    expect(dana.modal).to_contain_text("C-1")


def test_the_first_field_that_is_wrong_is_focused_also_if_it_is_a_group(enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    form = dana.open_form()
    expect(form.get_by_label("Title")).to_be_focused()
    form.get_by_role("button", name="Open the case").click()
    expect(form.get_by_label("Title")).to_be_focused()
    expect(form.get_by_label("Title")).to_have_attribute("aria-invalid", "true")

    form.get_by_label("Title").fill("Nobody can sign in")
    form.get_by_label("What happens?").fill("Since nine, everywhere.")
    form.get_by_role("button", name="Open the case").click()
    expect(form.get_by_label("Okta Service")).to_be_focused()


def test_what_is_typed_but_not_sent_outlives_a_redraw_of_the_form(enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    form = dana.open_form()
    form.get_by_label("Title").fill("Nobody can sign in")
    form.get_by_label("Okta Service").check()
    expect(form).to_contain_text("Which of your business resources can you still reach?")
    expect(form.get_by_label("Title")).to_have_value("Nobody can sign in")

    dana.house.person("Bob").post("acme-support", "Same here.")
    expect(dana.message("Same here.")).to_have_count(1)
    form.get_by_label("What happens?").press_sequentially("Since ni")
    dana.house.person("Bob").post("acme-support", "In every office.")
    expect(dana.message("In every office.")).to_have_count(1)
    form.get_by_label("What happens?").press_sequentially("ne")
    expect(form.get_by_label("What happens?")).to_have_value("Since nine")


def test_who_types_faster_than_the_form_is_redrawn_loses_nothing(house: House, enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    form = dana.open_form()
    form.get_by_label("Title").press_sequentially("Nobody can sign in")

    slow = house.person("Dana")
    slow.fill(form_of(house, slow), {"Title": "Nobody ca"})
    answer(house, slow, "Which product?", "Okta Service")
    expect(form).to_contain_text("Which of your business resources can you still reach?")
    expect(form.get_by_label("Title")).to_have_value("Nobody can sign in")


def test_from_the_loaded_page_to_an_opened_case_by_keyboard_alone(enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    keys = dana.page.keyboard

    def tab_to(target: Locator) -> None:
        for _ in range(60):
            if target.evaluate("element => element === document.activeElement"):
                return
            keys.press("Tab")
        raise AssertionError(f"Tab never comes to {target}")

    tab_to(dana.message("Hello").get_by_role("button", name="Open a case"))
    keys.press("Enter")
    expect(dana.modal.get_by_label("Title")).to_be_focused()
    keys.type("One colleague can't sign in")
    tab_to(dana.modal.get_by_label("What happens?"))
    keys.type("Since nine.")
    tab_to(dana.modal.get_by_label("Okta Service"))
    keys.press("Space")
    expect(dana.modal.get_by_label("None of them")).to_be_visible()
    tab_to(dana.modal.get_by_label("None of them"))
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(dana.modal).to_contain_text(re.compile("Recommended: Priority 3"))
    expect(dana.modal.get_by_label("Almost all")).to_be_focused()
    tab_to(dana.modal.get_by_role("button", name="Open the case"))
    keys.press("Enter")
    expect(dana.modal).to_contain_text("C-1")
    keys.press("Escape")
    expect(dana.modal).to_be_hidden()
    expect(dana.message("C-1")).to_contain_text("One colleague can't sign in")
