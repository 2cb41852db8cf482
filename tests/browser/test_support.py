"""Support at work: a case is claimed by a reaction, and the bot's command and shortcut are used."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.journeys.acting import open_p1
from workspace.house import House


def test_an_engineer_claims_by_the_eyes_beside_a_message(house: House, enter: Enter) -> None:
    open_p1(house)
    erin = enter("Erin", "triage")
    card = erin.message("C-1")
    expect(card).to_contain_text("nobody yet")
    erin.tool(card, "React with :eyes:")

    expect(card).to_contain_text("in work")
    expect(card).to_contain_text("@Erin")
    mine = card.get_by_role("button", name=":eyes: from Erin")
    expect(mine).to_have_attribute("aria-pressed", "true")
    mine.click()
    expect(mine).to_have_count(0)
    expect(card).to_contain_text("nobody yet")


def test_an_engineer_claims_by_the_emoji_picker(house: House, enter: Enter) -> None:
    open_p1(house)
    frank = enter("Frank", "triage")
    card = frank.message("C-1")
    frank.tool(card, "Another reaction")
    picker = frank.page.get_by_role("dialog", name="React")
    picker.get_by_label("Search emoji").fill("eyes")
    picker.get_by_role("button", name=":eyes:").click()

    expect(picker).to_be_hidden()
    expect(card).to_contain_text("@Frank")


def test_the_command_is_completed_and_sent_by_keyboard_alone(enter: Enter) -> None:
    erin = enter("Erin", "acme-support")
    erin.page.keyboard.press("Tab")
    erin.page.keyboard.press("Enter")
    expect(erin.composer).to_be_focused()

    erin.page.keyboard.type("/ca")
    offers = erin.page.get_by_role("listbox", name="Completions")
    expect(offers).to_contain_text("Open a support case, or look after one")
    erin.page.keyboard.press("Tab")
    expect(erin.composer).to_have_value("/case ")
    expect(offers).to_contain_text("resolve C-12")
    erin.page.keyboard.type("open Nobody of Acme can sign in")
    erin.page.keyboard.press("Enter")
    expect(erin.modal.get_by_label("Title")).to_have_value("Nobody of Acme can sign in")
    expect(erin.composer).to_have_value("")


def test_the_way_to_the_message_box_is_open_before_the_page_hears_of_changes(enter: Enter) -> None:
    erin = enter("Erin", "acme-support")
    erin.page.add_init_script("window.WebSocket = class { static OPEN = 1; readyState = 0; };")
    erin.page.reload()
    erin.page.evaluate("window.addEventListener('popstate', () => { document.title = 'at the box'; })")
    erin.page.keyboard.press("Tab")
    erin.page.keyboard.press("Enter")
    expect(erin.page).to_have_title("at the box")
    expect(erin.composer).to_be_focused()


def test_a_name_is_completed_and_becomes_a_mention(enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    dana.composer.press_sequentially("Good morning @Er")
    dana.composer.press("Enter")
    expect(dana.composer).to_have_value("Good morning @Erin ")
    dana.composer.press("Enter")
    expect(dana.message("Good morning").locator(".mention")).to_have_text("@Erin")


def test_another_organisations_people_are_told_that_the_command_is_not_theirs(enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    dana.write("/case list")
    expect(dana.toast).to_contain_text("Dana is of another organisation")
    expect(dana.composer).to_have_value("/case list")


@pytest.mark.parametrize("who", ["Erin", "Dana"])
def test_the_shortcut_in_a_messages_menu_is_for_the_hosts_people(house: House, enter: Enter, who: str) -> None:
    house.person("Bob").post("acme-support", "The wiki is slow")
    window = enter(who, "acme-support")
    window.from_menu(window.message("The wiki is slow"), "Open a case")
    if who == "Erin":
        expect(window.modal).to_contain_text("The message")
        expect(window.modal.get_by_label("Title")).to_have_value("The wiki is slow")
    else:
        expect(window.toast).to_contain_text("Dana is of another organisation")


def test_what_only_one_person_may_see_is_marked_and_nobody_else_sees_it(enter: Enter) -> None:
    erin, frank = enter("Erin", "triage"), enter("Frank", "triage")
    erin.write("/case list")
    answer = erin.page.locator(".message.private")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer.get_by_label("Do something with this message")).to_have_count(0)

    erin.write("Good morning")
    expect(frank.message("Good morning")).to_be_visible()
    expect(frank.page.locator(".message.private")).to_have_count(0)
