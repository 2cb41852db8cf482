"""What holds for every test: none is judged by the time that it takes."""

import logging
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import HealthCheck, settings

from bot import logs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Nothing here speaks TLS, and OpenSSL reads all authorities of the machine at each connection: 30 ms a bot.
os.environ["SSL_CERT_FILE"] = os.devnull

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One for all tests: a process can drive one Playwright at a time. Imported here: most tests need none."""
    from tests.browser.chromium import chromium, launched

    with launched(chromium()) as browser:
        yield browser


@pytest.fixture
def quietly() -> Iterator[None]:
    """Logging as it was, afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)
    for room in (*logs.ROOMS, "slack_sdk.web.base_client"):
        logging.getLogger(room).setLevel(logging.NOTSET)
    structlog.reset_defaults()
