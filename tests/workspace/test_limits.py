"""Every limit takes its N and refuses N + 1, naming the place."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.workspace.conftest import HandClock, furnish
from tests.workspace.kit import actions, button, field, modal, option, section, select, text_input
from tests.workspace.limit_cases import CONFIRM, MESSAGES, VIEWS, few, words
from workspace import limits
from workspace.model import JsonDict
from workspace.server import Workspace


@pytest.fixture(scope="module")
def slack() -> Iterator[Workspace]:
    """One for all: nothing here depends on what was posted before."""
    with Workspace(clock=HandClock()) as running:
        yield furnish(running)


@pytest.fixture(scope="module")
def client(slack: Workspace) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


def refusal(error: SlackApiError) -> tuple[str, list[str]]:
    return error.response["error"], error.response["response_metadata"]["messages"]


@pytest.mark.parametrize("limit", MESSAGES)
def test_a_message_may_reach_a_limit_and_not_pass_it(client: WebClient, limit: str) -> None:
    most, pointer, make = MESSAGES[limit]
    assert client.chat_postMessage(channel="C0ACME", text="x", blocks=make(most))["ok"]
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C0ACME", text="x", blocks=make(most + 1))
    error, messages = refusal(refused.value)
    assert error == "invalid_blocks"
    assert any(message.endswith(f"[json-pointer:{pointer}]") for message in messages), messages


@pytest.mark.parametrize("limit", VIEWS)
def test_a_view_may_reach_a_limit_and_not_pass_it(slack: Workspace, client: WebClient, limit: str) -> None:
    most, pointer, make = VIEWS[limit]
    assert client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=make(most))["ok"]
    with pytest.raises(SlackApiError) as refused:
        client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=make(most + 1))
    error, messages = refusal(refused.value)
    assert error == "invalid_arguments"
    assert any(message.endswith(f"[json-pointer:{pointer}]") for message in messages), messages


def rich(*elements: JsonDict) -> JsonDict:
    return {"type": "rich_text", "elements": list(elements)}


def rich_section(*parts: JsonDict) -> JsonDict:
    return rich({"type": "rich_text_section", "elements": list(parts)})


WRONG_BLOCKS: dict[str, list[JsonDict]] = {
    "the same block id twice": [section(block_id="b"), section(block_id="b")],
    "the same action id twice in a block": [actions(button(), button())],
    "an unknown block": [{"type": "marquee"}],
    "an unknown element": [actions({"type": "slider", "action_id": "s"})],
    "a text input outside an input block": [actions(text_input())],
    "an unknown key": [section(colour="red")],
    "an empty text": [section("")],
    "a section of nothing": [{"type": "section"}],
    "an overflow of one": [few("overflow", 1)],
    "formatted text on a button": [actions(button() | {"text": {"type": "mrkdwn", "text": "*x*"}})],
    "a start that is not offered": [actions(select("1", "2", initial_option=option("3")))],
    "a menu without options": [actions({"type": "static_select", "action_id": "s"})],
    "two options of one value": [actions(select("1", "1"))],
    "a date that is none": [actions({"type": "datepicker", "action_id": "d", "initial_date": "27 March"})],
    "an instant that is none": [actions({"type": "datetimepicker", "action_id": "d", "initial_date_time": 27})],
    "a menu of several in a row of actions": [actions({"type": "multi_users_select", "action_id": "m"})],
    "a filter of unknown kinds": [
        actions({"type": "conversations_select", "action_id": "c", "filter": {"include": ["secret"]}})
    ],
    "a confirm dialog in an unknown style": [actions(button(confirm=CONFIRM | {"style": "loud"}))],
    "a picture whose title is formatted": [
        {"type": "image", "image_url": "https://x.example", "alt_text": "x", "title": {"type": "mrkdwn", "text": "*x*"}}
    ],
    "rich text of an unknown kind": [rich({"type": "rich_text_table", "elements": []})],
    "an unknown part of rich text": [rich_section({"type": "marquee", "text": "x"})],
    "a mention of nobody in rich text": [rich_section({"type": "user"})],
    "a rich list of no sections": [rich({"type": "rich_text_list", "elements": [{"type": "text", "text": "x"}]})],
    "rich text without elements": [rich({"type": "rich_text_section"})],
}

WRONG_ELEMENTS: dict[str, JsonDict] = {
    "a dispatch on nothing": text_input(dispatch_action_config={"trigger_actions_on": []}),
    "a dispatch on a whim": text_input(dispatch_action_config={"trigger_actions_on": ["on_whim"]}),
    "several channels from a start of one": {
        "type": "multi_channels_select",
        "action_id": "c",
        "initial_channel": "C0ACME",
    },
}


@pytest.mark.parametrize("wrong", WRONG_BLOCKS)
def test_a_message_is_refused_with(client: WebClient, wrong: str) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        client.chat_postMessage(channel="C0ACME", text="x", blocks=WRONG_BLOCKS[wrong])


@pytest.mark.parametrize("wrong", WRONG_ELEMENTS)
def test_a_form_is_refused_with(slack: Workspace, client: WebClient, wrong: str) -> None:
    form = modal(field("f", WRONG_ELEMENTS[wrong]))
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=form)


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        ("multi_channels_select", "selected_channels"),
        ("multi_conversations_select", "selected_conversations"),
        ("multi_users_select", "selected_users"),
    ],
)
def test_a_menu_of_several_holds_them_all(slack: Workspace, client: WebClient, kind: str, held: str) -> None:
    form = modal(field("f", {"type": kind, "action_id": "m", held.replace("selected", "initial"): ["X0A"]}))
    client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=form)
    view = slack.view_for("Dana")
    assert view
    assert view.values == {"f": {"m": {"type": kind, held: ["X0A"]}}}
    slack.user("Dana").fill(view, {"f": ["X0A", "X0B"]})
    assert view.values == {"f": {"m": {"type": kind, held: ["X0A", "X0B"]}}}
    slack.user("Dana").fill(view, {"f": "X0C"})
    assert view.values == {"f": {"m": {"type": kind, held: ["X0C"]}}}
    slack.user("Dana").fill(view, {"f": None})
    assert view.values == {"f": {"m": {"type": kind, held: []}}}


def test_a_message_holds_40000_characters(client: WebClient) -> None:
    assert client.chat_postMessage(channel="C0ACME", text=words(40_000))["ok"]
    with pytest.raises(SlackApiError, match="msg_too_long"):
        client.chat_postMessage(channel="C0ACME", text=words(40_001))


def test_a_form_needs_a_submit_button(slack: Workspace, client: WebClient) -> None:
    form = modal(field("f", text_input()))
    del form["submit"]
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=form)


def test_a_home_too_has_100_blocks_at_most(client: WebClient) -> None:
    assert client.views_publish(user_id="U0MAX", view={"type": "home", "blocks": [section()] * 100})["ok"]
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_publish(user_id="U0MAX", view={"type": "home", "blocks": [section()] * 101})


def test_every_limit_that_is_written_down_is_tried() -> None:
    """By its number: one that nobody tries could be any."""
    numbers = {value for name, value in vars(limits).items() if name.isupper() and isinstance(value, int)}
    tried = {most for most, _, _ in (*MESSAGES.values(), *VIEWS.values())} | {limits.MESSAGE_TEXT, limits.VIEW_BYTES}
    assert numbers - tried == {limits.VIEW_STACK}


def test_a_home_is_no_modal(client: WebClient) -> None:
    assert client.views_publish(user_id="U0MAX", view={"type": "home", "blocks": [section()]})["ok"]
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_publish(user_id="U0MAX", view=modal(section()))


def test_a_view_holds_250_kb_of_json_in_which_an_emoji_takes_twelve_bytes(client: WebClient) -> None:
    blocks = [section("😀" * 1_000)] * 21
    assert client.views_publish(user_id="U0MAX", view={"type": "home", "blocks": blocks[1:]})["ok"]
    with pytest.raises(SlackApiError, match="view_too_large"):
        client.views_publish(user_id="U0MAX", view={"type": "home", "blocks": blocks})
