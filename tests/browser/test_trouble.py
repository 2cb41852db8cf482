"""The inspector: what passed, and the trouble that can be ordered."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.window import Window
from tests.journeys.acting import open_p1
from workspace.house import House


def entry(window: Window, *words: str) -> None:
    """Opens the newest entry with these words."""
    found = window.page.locator("#inspector li")
    for word in words:
        found = found.filter(has_text=word)
    found.first.get_by_role("link").click()


def test_the_inspector_shows_what_passed_as_json_with_its_time_to_ack(enter: Enter) -> None:
    dana = enter("Dana", "acme-support", panel="inspector")
    dana.open_form()
    dana.page.keyboard.press("Escape")
    expect(dana.modal).to_have_count(0)
    entry(dana, "block_actions case_open by Dana")
    opened = dana.page.locator("#inspector li:has(pre)")
    expect(opened.locator(".entry-status")).to_contain_text("acknowledged in")
    expect(opened.locator(".entry-status")).to_contain_text("ms")
    payload = json.loads(opened.locator("pre").first.inner_text())
    assert payload["type"] == "block_actions"
    assert payload["user"]["id"] == "U0DANA"
    assert "token" not in payload

    entry(dana, "views.open")
    expect(opened).to_contain_text("views.open")
    expect(opened).to_contain_text("Answer")
    assert json.loads(opened.locator("pre").nth(1).inner_text())["ok"] is True


def test_an_event_that_is_delivered_again_does_nothing_twice(enter: Enter) -> None:
    dana = enter("Dana", "acme-support", panel="inspector")
    dana.write("@Caseclock nobody can sign in")
    reply = dana.message("nobody can sign in").get_by_role("link", name="1 reply")
    expect(reply).to_be_visible()
    dana.house.quiet()
    shown = dana.page.locator("#log article").count()

    dana.button("Redeliver the last event").click()
    expect(dana.toast).to_have_text("The last event was sent once more. Nothing should happen twice.")
    expect(dana.page.locator("#inspector li").filter(has_text="delivered again").first).to_contain_text("acknowledged")
    dana.house.quiet()
    assert dana.page.locator("#log article").count() == shown
    expect(reply).to_be_visible()


@pytest.mark.parametrize("patience", [1.0])
def test_a_killed_bot_is_seen_to_be_down_and_comes_back(house: House, enter: Enter) -> None:
    open_p1(house)
    erin = enter("Erin", "triage", panel="inspector")
    erin.button("Kill the bot").click()
    expect(erin.page.locator("#bot")).to_have_text("Bot down")
    erin.message("C-1").get_by_role("button", name="Claim").click()
    expect(erin.toast.filter(has_text="didn't answer")).to_contain_text("so nothing happened")

    erin.button("Start the bot").click()
    expect(erin.page.locator("#bot")).to_have_text("Bot up")
    erin.message("C-1").get_by_role("button", name="Claim").click()
    expect(erin.message("C-1", "@Erin").first).to_be_visible()


def test_a_call_that_must_wait_is_made_later(enter: Enter) -> None:
    dana = enter("Dana", "acme-support", panel="inspector")
    dana.button("Rate-limit the next call, 5 s").click()
    expect(dana.toast).to_contain_text("come back in 5 s")
    dana.write("@Caseclock nobody can sign in")
    expect(dana.page.locator("#inspector")).to_contain_text("rate limited: come back in 5 s")
    dana.button("+5 min").click()
    expect(dana.message("nobody can sign in").get_by_role("link", name="1 reply")).to_be_visible()


def test_a_dropped_socket_is_opened_again(house: House, enter: Enter) -> None:
    erin = enter("Erin", "triage", panel="inspector")
    before = house.slack.hub.connections[0]
    erin.button("Drop the socket").click()
    expect(erin.toast).to_contain_text("The bot comes back")
    house.slack.wait_until(lambda: house.slack.hub.connections and before not in house.slack.hub.connections, 30)
    erin.write("/case list")
    expect(erin.page.locator(".message.private")).to_be_visible()
