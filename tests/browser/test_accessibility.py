"""axe-core finds no serious fault, wide and narrow, in the light and in the dark."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.accessibility import grave_faults
from tests.browser.conftest import NARROW, WIDE, Enter
from tests.browser.window import Window
from tests.journeys.acting import open_p1
from workspace.house import House

LOOKS = {
    "wide, light": (WIDE, False),
    "wide, dark": (WIDE, True),
    "narrow, light": (NARROW, False),
    "narrow, dark": (NARROW, True),
}


def faults_in(enter: Enter, who: str, where: str, ready: Callable[[Window], None], **more: str) -> dict[str, list[str]]:
    """By look; none is named that has none. `ready` returns when there is to be seen what is to be looked at."""
    found = {}
    for name, (size, dark) in LOOKS.items():
        window = enter(who, where, size, dark, **more)
        ready(window)
        found[name] = grave_faults(window)
        window.page.close()
    return {name: faults for name, faults in found.items() if faults}


def test_a_form_with_errors(house: House, enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    form = dana.open_form()
    form.get_by_label("Okta Service").check()
    form.get_by_label("None of them").check()
    expect(form).to_contain_text("Recommended: Priority 1")
    form.get_by_role("button", name="Open the case").click()

    def has_errors(window: Window) -> None:
        expect(window.modal.locator(".error").first).to_be_visible()

    assert faults_in(enter, "Dana", "acme-support", has_errors) == {}


def test_a_channel_with_messages_of_every_kind(house: House, enter: Enter) -> None:
    open_p1(house)
    text = "<@U0ERIN> *bold*, `code`, :tada:, <https://example.org|a link>\n> quoted"
    house.person("Erin").react(house.person("Dana").post("acme-support", text), "eyes")
    house.person("Erin").command("/case", "list", "acme-support")
    house.move(minutes=30)

    def has_messages(window: Window) -> None:
        window.message("C-1").hover()

    assert faults_in(enter, "Erin", "acme-support", has_messages) == {}


def test_a_thread(house: House, enter: Enter) -> None:
    open_p1(house)
    card = house.slack.messages("C0ACME")[1]

    def is_open(window: Window) -> None:
        expect(window.dock.get_by_label("Reply…")).to_be_visible()

    assert faults_in(enter, "Dana", "acme-support", is_open, thread=card.ts) == {}


def test_the_inspector(house: House, enter: Enter) -> None:
    open_p1(house)

    def is_inspected(window: Window) -> None:
        expect(window.dock.locator("pre").first).to_be_visible()

    newest = str(house.slack.journal.latest(1)[0].number)
    assert faults_in(enter, "Max", "triage", is_inspected, panel="inspector", entry=newest) == {}
