"""The machine's own Chromium, without a word to the network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "the browser tests need Chromium, and there is none in PATH: apt-get install chromium"
PATIENCE = 15.0
"""Seconds, for whatever a slow machine makes a person wait for."""
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--disable-lcd-text",
]


def found() -> str | None:
    """Where it is; None: it isn't."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def chromium() -> str:
    """Where it is. Without it the test is left out, and fails where everything must run."""
    executable = found()
    if executable is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return executable


@contextmanager
def launched(executable: str) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIETLY)
        try:
            yield browser
        finally:
            browser.close()
