"""What must not happen in any window: an error in the console, a request that fails, a request to somewhere else."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

BAD = {"error", "warning"}
INSIDE = {"data", "blob", "about"}


@dataclass
class Watch:
    """Over a browser's windows. ``asked`` holds the address of each request, in order."""

    origin: str
    asked: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.troubles.append(f"error: {error.error}"))
        context.on("request", lambda request: self._asked(request.url))
        context.on("requestfailed", lambda request: self._failed(request.url, request.failure or ""))
        context.on("page", self._opened)

    def _opened(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._asked(socket.url.replace("ws://", "http://", 1)))

    def _failed(self, url: str, why: str) -> None:
        # A page that is left behind no longer waits for what it asked for.
        if why != "net::ERR_ABORTED":
            self.troubles.append(f"failed: {url} {why}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in BAD:
            self.troubles.append(f"console: {message.text}")

    def _asked(self, url: str) -> None:
        self.asked.append(url)
        parts = urlsplit(url)
        if parts.scheme not in INSIDE and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.troubles.append(f"outside: {url}")
