"""How long it takes from the sending of a message until it is in the document of an open browser."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from benchmarks.pushing import pushing
from benchmarks.timing import Timing
from tests.browser.houses import house_with
from workspace.house import House
from workspace.scenes import DEFAULT, SCENES

NOW = "performance.timeOrigin + performance.now()"
WATCH = """(text) => {
  window.shown = new Promise((done) => {
    const look = () => {
      if (!document.body.textContent.includes(text)) return;
      seen.disconnect();
      done(performance.timeOrigin + performance.now());
    };
    const seen = new MutationObserver(look);
    seen.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}"""
SEND = """(text) => {
  const box = document.getElementById("composer-text");
  box.value = text;
  const sent = performance.timeOrigin + performance.now();
  box.form.requestSubmit();
  return sent;
}"""
WARM = 5
"""Runs that aren't counted."""

Send = Callable[[str], float]
"""Sends a text; when, in milliseconds of the reader's clock."""


def peer_shows(browser: Browser, runs: int) -> Timing:
    with pushing() as (address, push):
        reader = browser.new_page()
        reader.goto(address)
        reader.wait_for_function("document.title === 'open'")
        timing = Timing(
            "peer: a text node pushed over a bare WebSocket", _measured(reader, runs, _timed(_ahead(reader), push))
        )
        reader.close()
    return timing


def workspace_shows(browser: Browser, runs: int) -> tuple[Timing, Timing]:
    """Written by the story's own Dana, and by Dana in another window."""
    with _quiet_morning() as house:
        reader, writer = browser.new_page(), browser.new_page()
        reader.goto(f"{house.slack.base_url}/?as=U0ERIN&in=C0ACME")
        writer.goto(f"{house.slack.base_url}/?as=U0DANA&in=C0ACME")
        dana = house.person("Dana")
        by_api = _timed(_ahead(reader), lambda text: dana.post("C0ACME", text))
        apart = _ahead(reader) - _ahead(writer)
        timings = (
            Timing("a message by Person.post, until a browser shows it", _measured(reader, runs, by_api)),
            Timing(
                "a message by the composer of another window, likewise",
                _measured(reader, runs, lambda text: float(writer.evaluate(SEND, text)) + apart),
            ),
        )
        reader.close()
        writer.close()
    return timings


def _measured(reader: Page, runs: int, send: Send) -> list[float]:
    taken = []
    for number in range(runs + WARM):
        text = f"message {id(send)}-{number};"
        reader.evaluate(WATCH, text)
        sent = send(text)
        taken.append((float(reader.evaluate("window.shown")) - sent) / 1000)
    return taken[WARM:]


def _timed(ahead: float, send: Callable[[str], object]) -> Send:
    def timed(text: str) -> float:
        sent = time.perf_counter() * 1000 + ahead
        send(text)
        return sent

    return timed


def _ahead(page: Page) -> float:
    """How far a page's clock is ahead of this process's, in milliseconds, by the quickest of several answers."""
    compared = []
    for _ in range(20):
        asked = time.perf_counter()
        told = float(page.evaluate(NOW))
        answered = time.perf_counter()
        compared.append((answered - asked, told - (asked + answered) / 2 * 1000))
    return min(compared)[1]


@contextmanager
def _quiet_morning() -> Iterator[House]:
    with TemporaryDirectory() as folder, house_with(SCENES[DEFAULT], Path(folder), patience=15) as house:
        yield house
