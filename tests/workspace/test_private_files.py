"""A file's content, for who may read it: the app's token with `files:read`, in a conversation that the app is in."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from cases.messages import SendRefused, Source
from handlers.download import UNREADABLE, downloaded
from tests.builders import NOON
from workspace.manifest import manifest
from workspace.server import Workspace
from workspace.wire import file_json

SCOPES = manifest().scopes


@pytest.fixture(params=[SCOPES], ids=["all scopes"])
def slack(request: pytest.FixtureRequest) -> Iterator[Workspace]:
    with Workspace(lambda: NOON, scopes=request.param) as running:
        erin = running.add_user("Erin")
        running.add_channel("triage", "C0TRIAGE", members=[erin])
        yield running


def address(slack: Workspace) -> str:
    message = slack.user("Erin").post("C0TRIAGE", "", files={"a b.txt": b"words"})
    return str(file_json(slack.state, message.files[0], "C0TRIAGE")["url_private_download"])


def client(slack: Workspace, token: str = "") -> WebClient:
    return WebClient(token or slack.bot_token, slack.api_url, retry_handlers=[])


def test_the_bot_reads_it(slack: Workspace) -> None:
    assert downloaded(client(slack), Source(address(slack), 5)) == b"words"


@pytest.mark.parametrize("slack", [SCOPES - {"files:read"}], indirect=True, ids=["without the scope"])
def test_without_the_scope_it_is_led_away_and_goes_nowhere(slack: Workspace) -> None:
    with pytest.raises(SendRefused, match=UNREADABLE):
        downloaded(client(slack), Source(address(slack), 5))


def test_nor_with_another_token(slack: Workspace) -> None:
    there = address(slack)
    with pytest.raises(SendRefused, match=UNREADABLE):
        downloaded(client(slack, "xoxb-another"), Source(there, 5))


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/files-pri/x",
        "https://files.slack.com.evil.example/x",
        "https://files.slack.com@evil.example/x",
        "https://evil.example@files.slack.com/x",
        "http://files.slack.com/x",
        "http://169.254.169.254/latest",
        "http://127.0.0.1:1/x",
        "file:///etc/passwd",
        "https://[",
        "",
    ],
)
def test_no_other_address_is_ever_asked(slack: Workspace, elsewhere: str) -> None:
    with pytest.raises(SendRefused, match=UNREADABLE):
        downloaded(client(slack), Source(elsewhere, 5))
