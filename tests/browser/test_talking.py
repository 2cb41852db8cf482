"""People write to one another: two browsers at once, threads, changes of mind, and what might do harm."""

from playwright.sync_api import expect

from tests.browser.conftest import Enter
from workspace.house import House

HOSTILE = (
    "<script>document.title = 'ran'</script>",
    "<img src=x onerror=\"document.title = 'ran'\">",
    "\u202eright to left\u202c",
    "javascript:document.title='ran'",
    "<javascript:alert(1)|press me>",
    "&lt;b&gt;bold&lt;/b&gt; {{ 7 * 7 }}",
)


def test_what_one_writes_another_sees_without_a_reload(enter: Enter) -> None:
    dana, erin = enter("Dana", "acme-support"), enter("Erin", "triage")
    erin.page.evaluate("window.isTheSamePage = true")
    erin.as_person("Erin", "acme-support")
    dana.write("Good morning from Acme")
    expect(erin.message("Good morning from Acme").locator(".external")).to_have_text("Acme")
    erin.write("Hello Dana")
    expect(dana.message("Hello Dana")).to_contain_text("Erin")
    assert erin.page.evaluate("window.isTheSamePage")


def test_who_writes_is_not_disturbed_by_others(enter: Enter) -> None:
    dana, bob = enter("Dana", "acme-support"), enter("Bob", "acme-support")
    story = dana.page.locator("#story")
    story.locator("summary").click()
    dana.composer.press_sequentially("I am still")
    bob.write("One")
    expect(dana.message("One")).to_be_visible()
    expect(story.locator("p")).to_be_hidden()
    dana.composer.press_sequentially(" writing")
    expect(dana.composer).to_have_value("I am still writing")
    expect(dana.composer).to_be_focused()


def test_a_message_is_edited_and_deleted_by_its_author_alone(enter: Enter) -> None:
    dana, erin = enter("Dana", "acme-support"), enter("Erin", "acme-support")
    dana.write("Good mornig")
    dana.from_menu(dana.message("Good mornig"), "Edit message")
    editor = dana.page.get_by_role("dialog", name="Edit message")
    expect(editor.get_by_label("Message")).to_have_value("Good mornig")
    editor.get_by_label("Message").fill("Good morning")
    editor.get_by_role("button", name="Save").click()
    expect(erin.message("Good morning")).to_contain_text("(edited)")

    erin.tool(erin.message("Good morning"), "More")
    expect(erin.message("Good morning").get_by_role("button", name="Delete message")).to_have_count(0)
    dana.from_menu(dana.message("Good morning"), "Delete message")
    expect(erin.message("Good morning")).to_have_count(0)


def test_a_reply_stands_in_the_thread_and_is_counted_in_the_channel(enter: Enter) -> None:
    dana, erin = enter("Dana", "acme-support"), enter("Erin", "acme-support")
    dana.write("Who is on call?")
    erin.tool(erin.message("Who is on call?"), "Reply in thread")
    thread = erin.page.get_by_role("complementary", name="Thread")
    thread.get_by_label("Reply…").fill("I am.")
    thread.get_by_label("Reply…").press("Enter")

    expect(thread.locator("article")).to_have_count(2)
    expect(dana.message("I am.")).to_have_count(0)
    dana.message("Who is on call?").get_by_role("link", name="1 reply").click()
    expect(dana.dock).to_contain_text("I am.")
    dana.dock.get_by_label("Close the thread").click()
    expect(dana.dock).not_to_contain_text("I am.")


def test_new_messages_are_marked_until_they_are_read(enter: Enter, house: House) -> None:
    erin = enter("Erin", "triage")
    link = erin.sidebar.get_by_role("link", name="acme-support")
    expect(link.locator(".unread")).to_have_count(0)
    house.person("Dana").post("acme-support", "Good morning")
    expect(link.locator(".unread")).to_have_text("1 unread")
    link.click()
    expect(erin.message("Good morning")).to_be_visible()
    erin.as_person("Erin", "triage")
    expect(link.locator(".unread")).to_have_count(0)


def test_what_might_do_harm_is_only_text(enter: Enter, house: House) -> None:
    for text in HOSTILE:
        house.person("Dana").post("acme-support", text)
    erin = enter("Erin", "acme-support")
    expect(erin.message("{{ 7 * 7 }}")).to_be_visible()
    for text in HOSTILE[:3]:
        expect(erin.message(text)).to_have_count(1)

    said = erin.page.locator("#log .message:not(.by-app) .said")
    assert said.count() == len(HOSTILE)
    assert said.locator("script, img, [onerror]").count() == 0
    assert said.locator("a").evaluate_all("links => links.filter(a => a.protocol === 'javascript:').length") == 0
    assert erin.page.title().startswith("#acme-support as Erin")
    expect(said.nth(2).locator("[class=text]").first).to_have_css("unicode-bidi", "isolate")
