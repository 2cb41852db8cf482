"""Time is moved, and what falls due is seen by whom it concerns."""

from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.journeys.acting import open_p1
from workspace.house import House


def test_a_rung_after_another_is_told_until_the_manager_hears_of_it(house: House, enter: Enter) -> None:
    open_p1(house)
    erin = enter("Erin", "escalations")
    max_face = erin.sidebar.get_by_role("link", name="Max").locator(".unread")
    expect(erin.dock).to_contain_text("50 % of the time to respond is over")
    erin.button("Next due").click()
    expect(erin.clock).to_have_text("Thu 2 Jul 2026, 9:30 AM")
    expect(erin.message("Half of the time")).to_be_visible()
    before = max_face.inner_text()

    erin.button("+30 min").click()
    expect(erin.clock).to_have_text("Thu 2 Jul 2026, 10:00 AM")
    expect(max_face).not_to_have_text(before)
    erin.sidebar.get_by_role("link", name="Max").click()
    erin.sidebar.get_by_role("link", name="managers").click()
    expect(erin.message("90 % of the time", "C-1")).to_be_visible()
    expect(erin.message("The time promised is over")).to_be_visible()
    erin.sidebar.get_by_role("link", name="Caseclock").click()
    expect(erin.message("90 % of the time")).to_be_visible()


def test_what_is_due_stands_beside_with_its_case_and_why(house: House, enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    expect(dana.dock).to_contain_text("Nothing is due.")
    dana.button("Next due").click()
    expect(dana.toast).to_have_text("Nothing is due: no open case waits for anything.")
    open_p1(house)
    half = dana.dock.locator(".due li").filter(has_text="50 % of the time to respond is over")
    for words in ("in 30 min", "C-1", "Nobody can sign in", "30 min of 1 h of support time", "Tells #escalations"):
        expect(half).to_contain_text(words)


def test_a_commitment_is_confirmed_by_its_button(house: House, enter: Enter) -> None:
    open_p1(house)
    dana = enter("Dana", "acme-support")
    dana.message("C-1").get_by_role("link", name="1 reply").click()
    dana.dock.get_by_role("button", name="I'm available").click()
    expect(dana.dock).to_contain_text("Confirmed")
    expect(dana.dock.get_by_role("button", name="I'm available")).to_have_count(0)


def test_the_clock_runs_and_stands_still(enter: Enter) -> None:
    dana = enter("Dana", "acme-support")
    speeds = dana.page.get_by_role("group", name="Speed of time")
    speeds.get_by_role("button", name="A minute each second").click()
    expect(speeds.get_by_role("button", name="A minute each second")).to_have_attribute("aria-pressed", "true")
    expect(dana.clock).not_to_have_text("Thu 2 Jul 2026, 9:00 AM")
    speeds.get_by_role("button", name="Stand still").click()
    expect(speeds.get_by_role("button", name="Stand still")).to_have_attribute("aria-pressed", "true")
    assert dana.house.speed == 0


def test_time_goes_to_a_chosen_instant_and_never_back(enter: Enter) -> None:
    boris = enter("Boris", "bolt-support")
    when = boris.page.get_by_label("Go to, in Jerusalem")
    expect(when).to_have_value("2026-07-02T16:00")
    when.fill("2026-07-02T17:25")
    boris.button("Go").click()
    expect(boris.clock).to_have_text("Thu 2 Jul 2026, 5:25 PM")
    expect(when).to_have_value("2026-07-02T17:25")

    when.fill("2026-07-02T17:00")
    boris.button("Go").click()
    expect(boris.toast).to_contain_text("Time only moves forwards here")
    expect(boris.clock).to_have_text("Thu 2 Jul 2026, 5:25 PM")
