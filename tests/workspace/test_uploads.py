"""The app's own files: a place is given out, content is sent there, then it is shared, once and where the bot is."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from workspace.server import Workspace

CONTENT = b"Case,Title\r\nC-1,\xc3\xa9\r\n"


def place(client: WebClient, name: str = "cases.csv", length: int = len(CONTENT)) -> tuple[str, str]:
    found = client.files_getUploadURLExternal(filename=name, length=length)
    return str(found["upload_url"]), str(found["file_id"])


def send(url: str, content: bytes = CONTENT) -> int:
    with urlopen(Request(url, content, method="POST"), timeout=5) as answer:  # noqa: S310 - the local Slack
        return int(answer.status)


def uploaded(client: WebClient) -> str:
    url, file = place(client)
    send(url)
    return file


def share(client: WebClient, file: str, channel: str = "C0ACME", thread: str | None = None) -> None:
    client.files_completeUploadExternal(files=[{"id": file, "title": "Cases"}], channel_id=channel, thread_ts=thread)


def test_an_uploaded_file_stands_in_its_thread_and_can_be_had(slack: Workspace, client: WebClient) -> None:
    root = slack.user("Dana").post("C0ACME", "the review?")
    file = uploaded(client)
    assert slack.state.files == {}, "nobody sees it before it is shared"
    share(client, file, thread=root.ts)
    _, message = slack.thread("C0ACME", root.ts)
    assert (message.subtype, message.user, message.bot_id) == ("file_share", "U0BOT", "B0CASECLOCK")
    assert [(each.id, each.name, each.title) for each in message.files] == [(file, "cases.csv", "Cases")]
    with urlopen(f"{slack.base_url}/files/{file}/cases.csv", timeout=5) as had:  # noqa: S310
        assert had.read() == CONTENT
        assert had.headers["Content-Disposition"].startswith("attachment")


def test_a_message_names_its_file_to_the_app_even_where_others_share_the_channel(
    slack: Workspace, client: WebClient
) -> None:
    root = slack.user("Dana").post("C0ACME", "the review?")
    file = uploaded(client)
    share(client, file, thread=root.ts)
    replies = client.conversations_replies(channel="C0ACME", ts=root.ts)["messages"]
    assert [each["id"] for each in replies[-1]["files"]] == [file]


def test_no_file_is_shared_twice(slack: Workspace, client: WebClient) -> None:
    file = uploaded(client)
    share(client, file)
    with pytest.raises(SlackApiError, match="file_not_found"):
        share(client, file)
    assert len(slack.messages("C0ACME")) == 1


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NONE", "channel_not_found"),
        ("C0LOUNGE", "not_in_channel"),
        ("C0BOARD", "channel_not_found"),
        ("U0DANA", "invalid_arguments"),
    ],
)
def test_it_goes_only_where_the_bot_is(slack: Workspace, client: WebClient, channel: str, error: str) -> None:
    file = uploaded(client)
    with pytest.raises(SlackApiError, match=error):
        share(client, file, channel)
    share(client, file)
    assert len(slack.messages("C0ACME")) == 1, "the refusal took nothing"


def test_under_a_reply_or_nothing_it_does_not_go(slack: Workspace, client: WebClient) -> None:
    dana = slack.user("Dana")
    reply = dana.post("C0ACME", "and?", dana.post("C0ACME", "the review?").ts)
    file = uploaded(client)
    for thread in (reply.ts, "1.000001"):
        with pytest.raises(SlackApiError, match="invalid_thread_ts"):
            share(client, file, thread=thread)


def test_what_was_never_sent_can_not_be_shared(client: WebClient) -> None:
    _, file = place(client)
    for unknown in (file, "F0NONE"):
        with pytest.raises(SlackApiError, match="file_not_found"):
            share(client, unknown)


@pytest.mark.parametrize("files", ["", "[]", "{}", '[{"title":"x"}]', "not json"])
def test_files_that_are_none_are_refused(client: WebClient, files: str) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.api_call("files.completeUploadExternal", params={"files": files, "channel_id": "C0ACME"})


def test_a_place_takes_exactly_what_was_announced_and_once(slack: Workspace, client: WebClient) -> None:
    url, file = place(client)
    with pytest.raises(HTTPError):
        send(url, CONTENT[:-1])
    assert send(url) == 200
    with pytest.raises(HTTPError):
        send(url)
    with pytest.raises(HTTPError):
        send(f"{slack.base_url}/upload/v1/none")
    share(client, file)


@pytest.mark.parametrize(("name", "length", "error"), [("a", 0, "missing_argument"), ("", 3, "invalid_arguments")])
def test_a_place_needs_a_name_and_a_length(client: WebClient, name: str, length: int, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        place(client, name, length)


def test_without_its_scope_or_with_the_wrong_token_there_is_no_place(slack: Workspace) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        place(WebClient(slack.app_token, base_url=slack.api_url))
    with (
        Workspace(slack.state.clock, scopes={"chat:write"}) as other,
        pytest.raises(SlackApiError, match="missing_scope"),
    ):
        place(WebClient(other.bot_token, base_url=other.api_url))


def test_nothing_else_is_served_as_a_file(slack: Workspace, client: WebClient) -> None:
    file = uploaded(client)
    for path in (f"{file}/cases.csv", "F0NONE/cases.csv"):
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"{slack.base_url}/files/{path}", timeout=5)  # noqa: S310
