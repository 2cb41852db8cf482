"""Every limit takes its N and refuses N + 1, naming the place."""

from collections.abc import Callable, Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.workspace.conftest import HandClock, furnish
from tests.workspace.kit import actions, button, field, modal, option, plain, section, select, text_input
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


CONFIRM = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}


def words(size: int) -> str:
    return "x" * size


def header(text: str) -> JsonDict:
    return {"type": "header", "text": plain(text)}


def context(count: int) -> JsonDict:
    return {"type": "context", "elements": [plain("x")] * count}


def fields(count: int, size: int = 1) -> JsonDict:
    return {"type": "section", "fields": [plain(words(size))] * count}


def few(kind: str, count: int) -> JsonDict:
    return section(accessory={"type": kind, "action_id": "a", "options": [option(str(n)) for n in range(count)]})


def confirmed(**part: str) -> JsonDict:
    return actions(button(confirm=CONFIRM | {key: plain(text) for key, text in part.items()}))


Make = Callable[[int], list[JsonDict]]

MESSAGES: dict[str, tuple[int, str, Make]] = {
    "blocks": (50, "/blocks", lambda n: [section()] * n),
    "section text": (3000, "/blocks/0/text/text", lambda n: [section(words(n))]),
    "section fields": (10, "/blocks/0/fields", lambda n: [fields(n)]),
    "field text": (2000, "/blocks/0/fields/0/text", lambda n: [fields(1, n)]),
    "header": (150, "/blocks/0/text/text", lambda n: [header(words(n))]),
    "context": (10, "/blocks/0/elements", lambda n: [context(n)]),
    "actions": (25, "/blocks/0/elements", lambda n: [actions(*(button(action_id=f"a{i}") for i in range(n)))]),
    "button text": (75, "/blocks/0/elements/0/text/text", lambda n: [actions(button(words(n)))]),
    "button value": (2000, "/blocks/0/elements/0/value", lambda n: [actions(button(value=words(n)))]),
    "action id": (255, "/blocks/0/elements/0/action_id", lambda n: [actions(button(action_id=words(n)))]),
    "block id": (255, "/blocks/0/block_id", lambda n: [section(block_id=words(n))]),
    "menu options": (
        100,
        "/blocks/0/elements/0/options",
        lambda n: [actions(select(*(str(i) for i in range(n))))],
    ),
    "option value": (150, "/blocks/0/elements/0/options/0/value", lambda n: [actions(select_of("x", words(n)))]),
    "option text": (75, "/blocks/0/elements/0/options/0/text/text", lambda n: [actions(select_of(words(n), "x"))]),
    "option description": (
        75,
        "/blocks/0/elements/0/options/0/description/text",
        lambda n: [actions(select_of("x", "x", description=plain(words(n))))],
    ),
    "radio buttons": (10, "/blocks/0/accessory/options", lambda n: [few("radio_buttons", n)]),
    "checkboxes": (10, "/blocks/0/accessory/options", lambda n: [few("checkboxes", n)]),
    "overflow": (5, "/blocks/0/accessory/options", lambda n: [few("overflow", n)]),
    "confirm title": (100, "/blocks/0/elements/0/confirm/title/text", lambda n: [confirmed(title=words(n))]),
    "confirm text": (300, "/blocks/0/elements/0/confirm/text/text", lambda n: [confirmed(text=words(n))]),
    "placeholder": (
        150,
        "/blocks/0/elements/0/placeholder/text",
        lambda n: [actions(select("x", placeholder=plain(words(n))))],
    ),
}

VIEWS: dict[str, tuple[int, str, Callable[[int], JsonDict]]] = {
    "blocks": (100, "/view/blocks", lambda n: modal(*[section()] * n)),
    "title": (24, "/view/title/text", lambda n: modal(section(), title=plain(words(n)))),
    "submit": (24, "/view/submit/text", lambda n: modal(section(), submit=plain(words(n)))),
    "close": (24, "/view/close/text", lambda n: modal(section(), close=plain(words(n)))),
    "private metadata": (3000, "/view/private_metadata", lambda n: modal(section(), private_metadata=words(n))),
    "callback id": (255, "/view/callback_id", lambda n: modal(section(), callback_id=words(n))),
    "label": (2000, "/view/blocks/0/label/text", lambda n: modal(field("f", text_input(), label=plain(words(n))))),
    "hint": (2000, "/view/blocks/0/hint/text", lambda n: modal(field("f", text_input(), hint=plain(words(n))))),
    "initial value": (
        3000,
        "/view/blocks/0/element/initial_value",
        lambda n: modal(field("f", text_input(initial_value=words(n)))),
    ),
    "max length": (3000, "/view/blocks/0/element/max_length", lambda n: modal(field("f", text_input(max_length=n)))),
}


def select_of(text: str, value: str, **more: object) -> JsonDict:
    return {"type": "static_select", "action_id": "s", "options": [{"text": plain(text), "value": value, **more}]}


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


def test_a_home_is_no_modal(client: WebClient) -> None:
    assert client.views_publish(user_id="U0MAX", view={"type": "home", "blocks": [section()]})["ok"]
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_publish(user_id="U0MAX", view=modal(section()))


def test_a_view_holds_250_kb_of_json_in_which_an_emoji_takes_twelve_bytes(client: WebClient) -> None:
    blocks = [section("😀" * 1_000)] * 21
    assert client.views_publish(user_id="U0MAX", view={"type": "home", "blocks": blocks[1:]})["ok"]
    with pytest.raises(SlackApiError, match="view_too_large"):
        client.views_publish(user_id="U0MAX", view={"type": "home", "blocks": blocks})
