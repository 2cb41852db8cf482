"""Who may come through the page's doors: only its own page, at its own address."""

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import MORNING
from workspace.house import House
from workspace.page.look import Look
from workspace.page.routes import SECRET, PageDoors
from workspace.page.story import Story

POST = b'{"viewer": "U0DANA", "place": "C0ACME", "text": "Good morning"}'
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    story, start = Story("A morning", "Nothing yet."), Look("U0DANA", "C0ACME")
    with House(tmp_path, MORNING, pages=lambda house: PageDoors(house, story, start).routes()) as running:
        yield running


def ask(house: House, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> tuple[int, dict[str, str]]:
    """The status, and the answer's headers."""
    connection = HTTPConnection(urlsplit(house.slack.base_url).netloc, timeout=10)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.close()
    connection.close()
    return answer.status, dict(answer.getheaders())


def written(house: House) -> list[str]:
    return [message.text for message in house.slack.messages("C0ACME") if message.user == "U0DANA"]


def test_the_page_may_load_and_call_nothing_but_itself(house: House) -> None:
    status, headers = ask(house, "GET", "/", {})
    assert status == 200
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("headers", [{}, {"X-Workspace-Secret": "guessed"}, {"X-Workspace-Secret": "é"}])
def test_an_errand_without_the_secret_is_refused(house: House, headers: dict[str, str]) -> None:
    assert ask(house, "POST", "/do/post", headers, POST)[0] == 403
    assert written(house) == []


def test_an_errand_with_the_secret_is_done(house: House) -> None:
    assert ask(house, "POST", "/do/post", {"X-Workspace-Secret": SECRET}, POST)[0] == 200
    assert written(house) == ["Good morning"]


@pytest.mark.parametrize("path", ["/", "/emoji", "/static/page.js"])
def test_an_address_of_another_name_is_refused(house: House, path: str) -> None:
    assert ask(house, "GET", path, {"Host": "rebound.example"})[0] == 400


def test_news_go_to_no_page_of_another_origin(house: House) -> None:
    own = house.slack.base_url
    assert ask(house, "GET", "/live", {**UPGRADE, "Origin": "http://elsewhere.example"})[0] == 403
    assert ask(house, "GET", "/live", UPGRADE)[0] == 403
    assert ask(house, "GET", "/live", {**UPGRADE, "Origin": own})[0] == 101


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b'{"viewer": 7}', b'{"viewer": "U0DANA"}'])
def test_an_odd_errand_is_refused_and_breaks_nothing(house: House, body: bytes) -> None:
    status, _ = ask(house, "POST", "/do/post", {"X-Workspace-Secret": SECRET}, body)
    assert status < 500
    assert ask(house, "GET", "/", {})[0] == 200
