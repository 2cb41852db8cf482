"""One browser window, and what a person sees and does in it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from workspace.house import House


@dataclass(frozen=True)
class Window:
    """A page of a house."""

    page: Page
    house: House

    def show(self, who: str, where: str = "", **more: str) -> None:
        """Goes to the address of somebody's look at a channel, or at their messages with the app."""
        place = f"D0{who.upper()}" if where == "Caseclock" else self.house.slack.channel(where).id
        query = {"as": self.house.person(who).id, "in": place, **more}
        self.page.goto(f"{self.house.slack.base_url}/?" + "&".join(f"{key}={value}" for key, value in query.items()))

    def as_person(self, who: str, where: str) -> None:
        """Acts as somebody else, by pressing in the sidebar."""
        self.in_sidebar(who)
        expect(self.page).to_have_title(re.compile(rf" as {who} "))
        self.in_sidebar(where)
        expect(self.page.get_by_role("heading", level=1, name=where)).to_be_visible()

    def in_sidebar(self, name: str) -> None:
        """Presses a person or a place there; on a phone it comes forth by a button."""
        if not self.sidebar.is_visible():
            self.page.locator("#menu-button").click()
        self.sidebar.get_by_role("link", name=re.compile(rf"^{name}\b")).click()

    @property
    def sidebar(self) -> Locator:
        return self.page.get_by_role("navigation", name="People and channels")

    @property
    def modal(self) -> Locator:
        return self.page.locator("dialog[data-modal]")

    @property
    def toast(self) -> Locator:
        return self.page.locator(".toast")

    @property
    def clock(self) -> Locator:
        return self.page.locator("#clock time")

    @property
    def dock(self) -> Locator:
        return self.page.locator("#dock")

    @property
    def composer(self) -> Locator:
        return self.page.locator("#composer-text")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def message(self, *words: str) -> Locator:
        """The newest message in the channel with all of these words."""
        found = self.page.locator("#log article.message")
        for word in words:
            found = found.filter(has_text=word)
        return found.last

    def tool(self, message: Locator, name: str) -> None:
        """Presses one of the buttons that show when the mouse is over a message."""
        message.hover()
        message.get_by_label("Do something with this message").get_by_label(name, exact=True).click()

    def from_menu(self, message: Locator, name: str) -> None:
        """Chooses from a message's menu."""
        self.tool(message, "More")
        message.locator(".menu-items").get_by_role("button", name=name).click()

    def write(self, text: str) -> None:
        """Types into the composer and presses Enter."""
        self.composer.fill(text)
        self.composer.press("Enter")

    def open_form(self) -> Locator:
        """Presses the channel's pinned button; the form that opens."""
        self.message("Hello").get_by_role("button", name="Open a case").click()
        expect(self.modal).to_be_visible()
        return self.modal

    def is_wider_than_its_screen(self) -> bool:
        """One would have to scroll sideways."""
        size = self.page.viewport_size
        return size is None or self.page.evaluate("document.documentElement.scrollWidth") > size["width"]
