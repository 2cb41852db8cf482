"""What a person at a terminal sees of a channel and a form."""

from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console, RenderableType
from slack_sdk import WebClient

from tests.workspace.kit import actions, button, field, modal, section, select, text_input
from workspace.model import JsonDict
from workspace.mrkdwn import pings
from workspace.render_text import channel_text, message_text, view_text
from workspace.server import Workspace

JERUSALEM = ZoneInfo("Asia/Jerusalem")


def seen(shown: RenderableType) -> str:
    page = StringIO()
    Console(width=100, file=page).print(shown)
    return page.getvalue()


def test_a_channel_shows_who_wrote_and_what_was_answered(slack: Workspace, client: WebClient) -> None:
    asked = slack.user("Dana").post("C0ACME", "<@U0BOT> it is *really* <b>broken</b>")
    client.chat_postMessage(
        channel="C0ACME",
        thread_ts=asked.ts,
        text="card",
        blocks=[section("Ask <@U0MAX> by <!date^1774602000^{date_short} {time}|soon>"), actions(button("Claim"))],
    )
    slack.user("Max").react(asked, "eyes")
    page = seen(channel_text(slack, "acme-support", JERUSALEM))
    assert "#acme-support  shared with Acme" in page
    assert "Dana (Acme)  Fri 12:00" in page
    assert "@Caseclock it is *really* <b>broken</b>" in page
    assert "👀 1" in page
    assert "    Caseclock APP  Fri 12:00" in page
    assert "    Ask @Max by Mar 27, 2026 12:00 PM" in page
    assert "    [Claim]" in page


def test_a_whisper_says_who_sees_it(slack: Workspace, client: WebClient) -> None:
    client.chat_postEphemeral(channel="C0ACME", user="U0DANA", text="psst")
    (whisper,) = slack.ephemerals("Dana")
    assert "only visible to Dana" in seen(message_text(slack.state, whisper, JERUSALEM))


def test_formatting_becomes_style_and_escapes_become_characters(slack: Workspace, client: WebClient) -> None:
    client.chat_postMessage(channel="C0ACME", text="*bold* &lt;script&gt; `code` <https://x.example|a page>")
    page = seen(channel_text(slack, "acme-support", JERUSALEM))
    assert "bold <script> code a page (https://x.example)" in page


def test_styles_within_styles_leave_no_marks_behind(slack: Workspace, client: WebClient) -> None:
    client.chat_postMessage(channel="C0ACME", text="~*Half* of the time~ *C-1* · \u2068Sign-in\u2069")
    assert "Half of the time C-1 · Sign-in  " in seen(channel_text(slack, "acme-support", JERUSALEM))


def test_fields_stand_beside_their_headings(slack: Workspace, client: WebClient) -> None:
    fields = [{"type": "mrkdwn", "text": "*State*\nopen"}, {"type": "mrkdwn", "text": "*Assignee*\n<@U0MAX>"}]
    client.chat_postMessage(channel="C0ACME", text="card", blocks=[{"type": "section", "fields": fields}])
    page = seen(channel_text(slack, "acme-support", JERUSALEM))
    assert "State           open" in page
    assert "Assignee        @Max" in page


def test_a_form_shows_what_is_filled_in_and_what_is_wrong(slack: Workspace, client: WebClient) -> None:
    form = modal(
        field("title", text_input()),
        field("severity", {**select("high", "low"), "type": "radio_buttons"}),
        field("more", text_input(), optional=True),
    )
    client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=form)
    view = slack.view_for("Dana")
    assert view
    slack.user("Dana").fill(view, {"severity": "low"})
    slack.user("Dana").submit(view)
    page = seen(view_text(slack.state, view, JERUSALEM))
    for words in ("Case", "Title", "○ high", "◉ low", "More (optional)", "Please complete this required field."):
        assert words in page
    assert "[Open]" in page


@pytest.mark.parametrize(
    ("text", "blocks", "called"),
    [
        ("<!channel> and <@U0MAX>", [], {"!channel", "@U0MAX"}),
        ("&lt;!channel&gt; <!date^1^{date}|x>", [], set()),
        ("<!channel>", [section("hello <!subteam^S0ONCALL>")], {"!subteam^S0ONCALL"}),
        ("x", [actions(button("<!here>"))], set()),
    ],
)
def test_it_is_known_whom_a_message_calls(text: str, blocks: list[JsonDict], called: set[str]) -> None:
    assert pings(text, blocks) == called
