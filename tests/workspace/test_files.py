"""Files that people share in messages, as an app gets to know them."""

import pytest

from workspace.errors import PersonRefused
from workspace.server import Workspace
from workspace.wire import message_json


def test_in_a_channel_of_ones_own_a_file_has_a_name_and_a_permalink(slack: Workspace) -> None:
    said = slack.user("Max").post("C0LOUNGE", "", files=["core dump.txt"])
    body = message_json(slack.state, said)
    assert body["subtype"] == "file_share"
    (file,) = body["files"]
    assert (file["name"], file["permalink"].rpartition("/")[2]) == ("core dump.txt", "core%20dump.txt")


def test_in_a_channel_shared_with_another_organisation_an_app_gets_an_id_alone(slack: Workspace) -> None:
    said = slack.user("Dana").post("C0ACME", "here", files=["trace.har"])
    (file,) = message_json(slack.state, said)["files"]
    assert file["file_access"] == "check_file_info"
    assert "trace" not in str(file)


@pytest.mark.parametrize(("text", "files"), [(" ", []), ("x" * 40_001, []), ("", ["a"] * 11)])
def test_what_slack_would_not_take(slack: Workspace, text: str, files: list[str]) -> None:
    with pytest.raises(PersonRefused):
        slack.user("Dana").post("C0ACME", text, files=files)
