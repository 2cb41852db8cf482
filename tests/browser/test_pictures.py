"""Moments of the stories, as the README and the guides show them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, Enter
from tests.browser.fortnight import lived
from tests.browser.pictures import picture
from tests.journeys.acting import open_p1
from workspace.acting import said
from workspace.house import House

TALL = (640, 1480)


def test_the_deadline_is_known_before_the_form_is_sent(enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    form = dana.open_form()
    form.get_by_label("Title").fill("New application won't sign in")
    form.get_by_label("What happens?").fill("Testing the payroll application ends in an error about the audience.")
    form.get_by_label("Okta Service").check()
    form.get_by_label("Almost all").check()
    expect(form).to_contain_text(re.compile("Recommended: Priority 3"))
    expect(form).to_contain_text("Sent now, that is by Thu 2 Jul, 11:00 New York time")
    form.locator(".modal-body").evaluate("body => body.scrollTo(0, body.scrollHeight)")
    picture(dana, "form")


@pytest.mark.parametrize("scene", ["p1-at-night"])
def test_a_reaction_claims_the_case(enter: Enter) -> None:
    erin = enter("Erin", "triage")
    erin.page.locator("#story summary").click()
    card = erin.message("C-3")
    erin.tool(card, "React with :eyes:")
    expect(card).to_contain_text("in work")
    expect(card).to_contain_text("@Erin")
    expect(card).to_contain_text("in time")
    erin.composer.focus()
    picture(erin, "claimed")


@pytest.mark.parametrize("scene", ["busy-monday"])
def test_the_manager_hears_as_a_rung_is_reached(house: House, enter: Enter) -> None:
    max_ = enter("Max", "managers")
    max_.page.locator("#story summary").click()
    expect(max_.dock).to_contain_text("Tells #managers")
    max_.page.get_by_label("Go to, in New York").fill("2026-07-13T10:43")
    max_.button("Go").click()
    expect(max_.clock).to_have_text("Mon 13 Jul 2026, 10:43 AM")
    expect(max_.message("The time promised is over", "10:43 AM")).to_be_visible()
    picture(max_, "manager")


def test_an_event_delivered_again_is_in_the_inspector(house: House, enter: Enter) -> None:
    dana = enter("Dana", "acme-support", panel="inspector")
    dana.page.locator("#story summary").click()
    dana.write("@Caseclock since nine nobody can sign in, in any of our offices")
    expect(dana.message("since nine").get_by_role("link", name="1 reply")).to_be_visible()
    house.quiet()
    dana.button("Redeliver the last event").click()
    again = dana.page.locator("#inspector li").filter(has_text="delivered again").first
    expect(again).to_contain_text("acknowledged in")
    again.get_by_role("link").click()
    expect(again.locator("pre").first).to_contain_text("event_id")
    expect(dana.message("since nine").get_by_role("link", name="1 reply")).to_be_visible()
    picture(dana, "inspector")


def test_a_check_in_is_confirmed_on_a_phone_in_the_dark(house: House, enter: Enter) -> None:
    open_p1(house)
    dana = enter("Dana", "acme-support", NARROW, dark=True)
    dana.message("C-1").get_by_role("link", name="1 reply").click()
    dana.dock.get_by_role("button", name="I'm available").click()
    expect(dana.dock).to_contain_text("Confirmed")
    expect(dana.dock).to_contain_text("@Dana can be reached. Thank you!")
    picture(dana, "phone")


def test_a_report_beside_the_week_before_it(house: House, enter: Enter) -> None:
    lived(house)
    house.person("Max").command("/case", "report last week", "C0MANAGERS")
    house.slack.wait_until(lambda: len([each for each in house.slack.messages("C0MANAGERS") if each.files]) == 3)
    (report,) = [each for each in said(house, "C0MANAGERS", "Report:") if not each.is_reply]
    for name, dark in (("report", False), ("report-dark", True)):
        max_ = enter("Max", "managers", TALL, dark, thread=report.ts)
        expect(max_.dock).to_contain_text("points from")
        max_.page.wait_for_function("document.querySelector('img.picture').naturalWidth > 1000")
        picture(max_, name)
