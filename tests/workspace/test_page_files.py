"""Files on the page: the app's own can be had from this Slack and nowhere else; of people's there is a name."""

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from tests.journeys.conftest import MORNING
from workspace.house import House
from workspace.page.conversation import size_in_words
from workspace.page.look import Look
from workspace.page.routes import PageDoors
from workspace.page.story import Story

CONTENT = b"<script>alert(1)</script>" * 100
NAME = '<b>"cases" & more.csv'


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    story, start = Story("A morning", "Nothing yet."), Look("U0DANA", "C0ACME")
    with House(tmp_path, MORNING, pages=lambda house: PageDoors(house, story, start).routes()) as running:
        yield running


def get(house: House, path: str, host: str | None = None) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection(urlsplit(house.slack.base_url).netloc, timeout=10)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


def test_a_file_has_a_line_with_its_name_its_size_and_a_link_that_keeps_it(house: House) -> None:
    client = WebClient(house.slack.bot_token, base_url=house.slack.api_url)
    place = client.files_getUploadURLExternal(filename=NAME, length=len(CONTENT))
    with urlopen(Request(str(place["upload_url"]), CONTENT, method="POST"), timeout=5):  # noqa: S310 - the local Slack
        pass
    client.files_completeUploadExternal(files=[{"id": str(place["file_id"]), "title": "Cases"}], channel_id="C0ACME")
    house.slack.user("Dana").post("C0ACME", "and mine", files=["trace.har"])

    _, _, page = get(house, "/?as=U0DANA&in=C0ACME")
    html = page.decode()
    assert "&lt;b&gt;&#34;cases&#34; &amp; more.csv</a>" in html
    assert "2 kB" in html
    assert "trace.har" in html
    assert "<b>" not in html.partition('class="file"')[2].partition("</p>")[0]

    path = html.partition('class="file"')[2].partition('href="')[2].partition('"')[0]
    status, headers, content = get(house, path)
    assert (status, content) == (200, CONTENT)
    assert headers["content-disposition"].startswith("attachment;")
    assert headers["content-type"] == "application/octet-stream"
    assert headers["x-content-type-options"] == "nosniff"
    assert get(house, path, host="evil.example")[0] == 400
    assert get(house, path.rpartition("/")[0] + "/other.csv")[0] == 404


@pytest.mark.parametrize(("length", "words"), [(812, "812 bytes"), (12_400, "12 kB"), (1_400_000, "1.4 MB")])
def test_sizes_are_told_as_people_say_them(length: int, words: str) -> None:
    assert size_in_words(length) == words
