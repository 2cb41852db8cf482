"""People's clicks, forms and commands, answered by a Bolt app over the real socket."""

import pytest
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from tests.workspace.conftest import HandClock
from tests.workspace.kit import actions, button, field, modal, option, plain, section, select, text_input
from workspace.errors import AppAnsweredWrongly, AppDidNotRespond, PersonRefused
from workspace.model import JsonDict, Message, View
from workspace.screen import Submission
from workspace.server import Workspace

pytestmark = pytest.mark.usefixtures("connected")

FORM = modal(
    field("title", text_input(max_length=20)),
    field("more", text_input(multiline=True), optional=True),
    section("Which?", block_id="which", accessory=select("okta", "auth0", action_id="product")),
)


def card(client: WebClient, **more: object) -> str:
    blocks = [actions(button("Open a case", "open"), button("Later", "later"), block_id="ways")]
    return str(client.chat_postMessage(channel="C0ACME", text="card", blocks=blocks, **more)["ts"])  # type: ignore[arg-type]


def shown(slack: Workspace, ts: str) -> Message:
    return next(m for m in slack.messages("C0ACME") if m.ts == ts)


def opens(app: App, form: JsonDict, seen: list[JsonDict]) -> None:
    @app.action("open")
    def open_form(ack: Ack, body: JsonDict, client: WebClient) -> None:
        seen.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=form)
        ack()


def submits(app: App, answer: JsonDict, seen: list[JsonDict]) -> None:
    @app.view("case")
    def take(ack: Ack, body: JsonDict) -> None:
        seen.append(body)
        ack(**answer)


@pytest.fixture
def bodies() -> list[JsonDict]:
    return []


@pytest.fixture
def form(slack: Workspace, app: App, client: WebClient, bodies: list[JsonDict]) -> View:
    """Dana's open form."""
    opens(app, FORM, bodies)
    slack.user("Dana").press(shown(slack, card(client)), "Open a case")
    view = slack.view_for("Dana")
    assert view
    return view


def test_an_external_click_names_the_host_team_and_the_persons_own(bodies: list[JsonDict], form: View) -> None:
    (body,) = bodies
    assert body["team"]["id"] == "T0HOST"
    assert body["user"]["team_id"] == "T0ACME"
    assert body["actions"][0]["action_id"] == "open"
    assert body["container"]["message_ts"] == body["message"]["ts"]


def test_an_ephemeral_button_does_not_tell_its_message(
    slack: Workspace, app: App, client: WebClient, bodies: list[JsonDict]
) -> None:
    opens(app, FORM, bodies)
    client.chat_postEphemeral(channel="C0ACME", user="U0DANA", text="x", blocks=[actions(button("Go", "open"))])
    (whisper,) = slack.ephemerals("Dana", "C0ACME")
    with pytest.raises(PersonRefused):
        slack.user("Max").press(whisper, "Go")
    slack.user("Dana").press(whisper, "Go")
    assert "message" not in bodies[0]
    assert bodies[0]["container"]["is_ephemeral"]


def test_a_required_field_holds_the_form_back(slack: Workspace, app: App, form: View) -> None:
    sent: list[JsonDict] = []
    submits(app, {}, sent)
    result = slack.user("Dana").submit(form)
    assert (result.outcome, result.sent) == ("errors", False)
    assert result.errors == {"title": "Please complete this required field."}
    slack.user("Dana").fill(form, {"title": "x" * 21})
    assert slack.user("Dana").submit(form).errors == {"title": "Please use at most 20 characters."}
    assert not sent


def test_a_submitted_form_carries_what_was_filled_in_and_closes(slack: Workspace, app: App, form: View) -> None:
    sent: list[JsonDict] = []
    submits(app, {}, sent)

    @app.action("product")
    def chosen(ack: Ack) -> None:
        ack()

    slack.user("Dana").fill(form, {"Title": "It <broke>", "product": "okta"})
    assert slack.user("Dana").submit(form) == Submission("closed", None)
    values = sent[0]["view"]["state"]["values"]
    assert values["title"]["typed"] == {"type": "plain_text_input", "value": "It <broke>"}
    assert values["more"]["typed"]["value"] is None
    assert values["which"]["product"]["selected_option"]["value"] == "okta"
    assert slack.view_for("Dana") is None


def test_errors_of_the_app_stay_on_the_form(slack: Workspace, app: App, form: View) -> None:
    submits(app, {"response_action": "errors", "errors": {"title": "Say more, please."}}, [])
    slack.user("Dana").fill(form, {"title": "x"})
    assert slack.user("Dana").submit(form).errors == {"title": "Say more, please."}
    assert slack.view_for("Dana").errors == {"title": "Say more, please."}  # type: ignore[union-attr]


def test_errors_for_a_field_that_is_not_there_are_a_fault_of_the_app(slack: Workspace, app: App, form: View) -> None:
    submits(app, {"response_action": "errors", "errors": {"which": "no input"}}, [])
    slack.user("Dana").fill(form, {"title": "x"})
    with pytest.raises(AppAnsweredWrongly):
        slack.user("Dana").submit(form)


@pytest.mark.parametrize(("action", "height"), [("update", 1), ("push", 2)])
def test_a_submission_can_be_answered_with_a_view(
    slack: Workspace, app: App, form: View, action: str, height: int
) -> None:
    submits(app, {"response_action": action, "view": modal(section("Thanks"))}, [])
    slack.user("Dana").fill(form, {"title": "x"})
    result = slack.user("Dana").submit(form)
    assert result.outcome == {"update": "updated", "push": "pushed"}[action]
    assert result.view is slack.view_for("Dana")
    assert len(slack.state.stacks["U0DANA"]) == height


def test_what_was_typed_survives_an_update_where_ids_are_the_same(
    slack: Workspace, client: WebClient, form: View
) -> None:
    slack.user("Dana").fill(form, {"title": "kept", "more": "lost"})
    again = modal(
        field("title", text_input(initial_value="ignored")),
        field("more", text_input("other", initial_value="anew")),
    )
    client.views_update(view_id=form.id, hash=form.hash, view=again)
    assert form.values["title"]["typed"]["value"] == "kept"
    assert form.values["more"] == {"other": {"type": "plain_text_input", "value": "anew"}}


def test_a_choice_that_is_no_longer_offered_is_forgotten(slack: Workspace, app: App, client: WebClient) -> None:
    first = modal(field("product", select("okta", "auth0")))
    opened = client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=first)["view"]
    view = slack.view_for("Dana")
    assert view
    slack.user("Dana").choose(view, "product", "auth0")
    client.views_update(view_id=opened["id"], view=modal(field("product", select("okta", "oko"))))
    assert view.values["product"]["pick"]["selected_option"] is None


def test_a_choice_is_told_at_once_where_the_form_asks_for_it(
    slack: Workspace, app: App, client: WebClient, bodies: list[JsonDict]
) -> None:
    @app.action("pick")
    def picked(ack: Ack, body: JsonDict) -> None:
        bodies.append(body)
        ack()

    asking = modal(field("quiet", select("1", action_id="hush")), field("loud", select("1"), dispatch_action=True))
    client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=asking)
    view = slack.view_for("Dana")
    assert view
    slack.user("Dana").fill(view, {"quiet": "1", "loud": "1"})
    (body,) = bodies
    assert body["actions"][0]["selected_option"] == option("1")
    assert body["view"]["state"]["values"]["quiet"]["hush"]["selected_option"] == option("1")


def test_what_is_not_offered_can_not_be_chosen_or_pressed(slack: Workspace, form: View, client: WebClient) -> None:
    with pytest.raises(PersonRefused, match="not among"):
        slack.user("Dana").choose(form, "product", "workday")
    with pytest.raises(PersonRefused, match="no 'Delete all'"):
        slack.user("Dana").press(shown(slack, card(client)), "Delete all")
    with pytest.raises(PersonRefused, match="not on the screen"):
        slack.user("Max").fill(form, {"title": "mine"})


def test_closing_a_form_is_told_when_it_asks_for_that(slack: Workspace, app: App, client: WebClient) -> None:
    closed: list[JsonDict] = []

    @app.view_closed("case")
    def gone(ack: Ack, body: JsonDict) -> None:
        closed.append(body)
        ack()

    asking = modal(section(), notify_on_close=True)
    client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=asking)
    view = slack.view_for("Dana")
    assert view
    slack.user("Dana").close(view)
    assert (closed[0]["view"]["id"], closed[0]["is_cleared"]) == (view.id, False)
    assert slack.view_for("Dana") is None


@pytest.mark.parametrize("clears", [True, False])
def test_a_last_page_may_take_what_lies_under_it_off_the_screen(
    slack: Workspace, app: App, client: WebClient, clears: bool
) -> None:
    closed: list[JsonDict] = []

    @app.view_closed("case")
    def gone(ack: Ack, body: JsonDict) -> None:
        closed.append(body)
        ack()

    client.views_open(trigger_id=slack.world.triggers.issue("U0DANA"), view=modal(section()))
    under = slack.view_for("Dana")
    last = modal(section(), notify_on_close=True, clear_on_close=clears)
    client.views_push(trigger_id=slack.world.triggers.issue("U0DANA"), view=last)
    top = slack.view_for("Dana")
    assert top
    slack.user("Dana").close(top)
    assert slack.view_for("Dana") is (None if clears else under)
    assert [body["is_cleared"] for body in closed] == [clears]


def test_a_command_is_answered_in_private(slack: Workspace, app: App) -> None:
    @app.command("/case")
    def case(ack: Ack, command: JsonDict) -> None:
        ack(text=f"{command['text']} in {command['channel_name']}")

    answer = slack.user("Max").command("/case", "help", "acme-support")
    assert answer
    assert (answer.text, answer.ephemeral_for) == ("help in acme-support", "U0MAX")


def test_commands_and_shortcuts_are_not_there_for_external_people(slack: Workspace) -> None:
    said = slack.user("Dana").post("C0ACME", "broken")
    with pytest.raises(PersonRefused, match="another organisation"):
        slack.user("Dana").command("/case", "open", "C0ACME")
    with pytest.raises(PersonRefused, match="another organisation"):
        slack.user("Dana").shortcut("open_case", said)


def test_a_shortcut_carries_the_message(slack: Workspace, app: App, bodies: list[JsonDict]) -> None:
    @app.shortcut("open_case")
    def open_case(ack: Ack, body: JsonDict) -> None:
        bodies.append(body)
        ack()

    said = slack.user("Dana").post("C0ACME", "broken")
    slack.user("Max").shortcut("open_case", said)
    slack.user("Max").shortcut("open_case")
    assert (bodies[0]["type"], bodies[0]["message"]["text"]) == ("message_action", "broken")
    assert bodies[1]["type"] == "shortcut"


def test_nobody_writes_where_they_are_not(slack: Workspace) -> None:
    with pytest.raises(PersonRefused):
        slack.user("Dana").post("C0LOUNGE", "hi")


def test_an_app_that_does_not_acknowledge_is_noticed(clock: HandClock) -> None:
    with Workspace(clock=clock) as slack:
        max_ = slack.add_user("Max")
        slack.add_channel("den", members=[max_])
        with pytest.raises(AppDidNotRespond):
            max_.command("/case", "", "den")


def test_an_interaction_can_be_answered_later_by_its_url(slack: Workspace, app: App, client: WebClient) -> None:
    @app.action("open")
    def later(ack: Ack, respond: Respond) -> None:
        respond(text="Only you see this.", replace_original=False)
        respond(text="Done.", blocks=[section("Done.")], replace_original=True)
        ack()

    ts = card(client)
    slack.user("Dana").press(shown(slack, ts), "open")
    assert [m.text for m in slack.ephemerals("Dana")] == ["Only you see this."]
    assert shown(slack, ts).text == "Done."


def test_a_home_tab_is_published_and_its_buttons_work(
    slack: Workspace, app: App, client: WebClient, bodies: list[JsonDict]
) -> None:
    @app.event("app_home_opened")
    def home(event: JsonDict, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [actions(button("Go", "open"))]})

    @app.action("open")
    def go(ack: Ack, body: JsonDict) -> None:
        bodies.append(body)
        ack()

    slack.user("Max").open_home()
    published = slack.wait_until(lambda: slack.home("Max"))
    slack.user("Max").press(published, "Go")
    assert bodies[0]["view"]["type"] == "home"
    assert plain("Go")["text"] == bodies[0]["actions"][0]["text"]["text"]
