"""Modals lie on one another, change in place, and go by Escape one at a time."""

from playwright.sync_api import expect
from slack_sdk import WebClient

from tests.browser.conftest import Enter
from workspace.house import House
from workspace.model import JsonDict
from workspace.traffic import Envelope

PAGE: JsonDict = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Another page"},
    "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "It lies on top."}}],
}


def last_trigger(house: House) -> str:
    """Of the newest choice in a form, which the bot answers without one."""
    for entry in house.slack.journal.latest(20):
        if isinstance(entry.what, Envelope) and "trigger_id" in entry.payload:
            return str(entry.payload["trigger_id"])
    raise AssertionError("nobody has pressed anything")


def test_a_page_is_pushed_on_another_and_changes_and_each_escape_closes_one(house: House, enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    form = dana.open_form()
    form.get_by_label("Title").fill("Nobody can sign in")
    form.get_by_label("Okta Service").check()
    expect(form).to_contain_text("Which of your business resources can you still reach?")

    bot = WebClient(house.slack.bot_token, base_url=house.slack.api_url)
    pushed = bot.views_push(trigger_id=last_trigger(house), view=PAGE)
    expect(dana.modal).to_contain_text("It lies on top.")
    expect(dana.modal).to_contain_text("Page 2")
    changed = PAGE | {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "It has changed."}}]}
    bot.views_update(view_id=pushed["view"]["id"], view=changed)
    expect(dana.modal).to_contain_text("It has changed.")

    dana.page.keyboard.press("Escape")
    expect(dana.modal.get_by_label("Title")).to_have_value("Nobody can sign in")
    dana.page.keyboard.press("Escape")
    expect(dana.modal).to_have_count(0)
    expect(dana.composer).to_be_enabled()
