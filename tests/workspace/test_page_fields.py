"""A form's fields as HTML: what they hold, what they offer, what is wrong, and what the browser sends of them."""

import pytest

from tests.workspace.kit import field, plain, text_input
from tests.workspace.page_pieces import element, form, named
from tests.workspace.page_readers import DANA, JERUSALEM, MAX
from workspace.controls import Choice, used
from workspace.errors import PersonRefused
from workspace.model import JsonDict
from workspace.page.read_values import read_value
from workspace.page.reader import Reader


@pytest.mark.parametrize(
    ("kind", "chosen", "shown"),
    [
        ("plain_text_input", "two <b> words", "two <b> words"),
        ("number_input", "5", "5"),
        ("email_text_input", "a@b.example", "a@b.example"),
        ("url_text_input", "https://x.example", "https://x.example"),
        ("datepicker", "2026-03-27", "2026-03-27"),
        ("timepicker", "09:30", "09:30"),
        ("datetimepicker", 1774602000, "2026-03-27T12:00"),
    ],
)
def test_a_field_shows_what_it_holds_and_says_it_back_unchanged(kind: str, chosen: Choice, shown: str) -> None:
    held = form(field("f", element(kind)), f=chosen).one("input")
    assert held["value"] == shown
    assert read_value(element(kind), held["value"], JERUSALEM) == chosen


def test_several_lines_keep_an_empty_first_one() -> None:
    assert form(field("f", text_input(multiline=True)), f="\n<two>").one("textarea").text == "\n\n<two>"


def test_a_menu_shows_its_groups_its_placeholder_and_the_chosen_one() -> None:
    menu = form(field("f", element("static_select", placeholder=plain("How bad? :eyes:"))), f="low").one("select")
    first, *offered = menu.all("option")
    assert (first["value"], first.text) == ("", "How bad? 👀")
    assert [(each["value"], each.text) for each in offered] == [("high", "high — at once"), ("low", "low")]
    assert ["selected" in each for each in offered] == [False, True]
    assert menu.one("optgroup")["label"] == "Now"


@pytest.mark.parametrize(
    ("kind", "chosen", "ticked"),
    [
        ("radio_buttons", "low", ["low"]),
        ("checkboxes", ["high", "low"], ["high", "low"]),
        ("multi_static_select", ["low"], ["low"]),
        ("multi_users_select", ["U0DANA"], ["U0DANA"]),
        ("multi_channels_select", ["C0ACME"], ["C0ACME"]),
        ("multi_conversations_select", ["C0BOARD", "C0ACME"], ["C0ACME", "C0BOARD"]),
    ],
)
def test_boxes_are_ticked_as_chosen(kind: str, chosen: Choice, ticked: list[str]) -> None:
    seen = form(field("f", element(kind)), f=chosen)
    assert [box["value"] for box in seen.all("input") if "checked" in box] == ticked
    read = read_value(element(kind), ticked if kind != "radio_buttons" else ticked[0], JERUSALEM)
    assert read in (chosen, ticked)
    assert used(element(kind), read)["type"] == kind


def test_a_folded_list_says_what_is_chosen_in_it() -> None:
    seen = form(field("who", element("multi_users_select")), who=["U0DANA", "U0MAX"])
    assert seen.one("summary").text == "Dana (Acme), Max"
    assert named(seen, seen.one(data_action="it")) == "Who Dana (Acme), Max"
    alone = form(field("who", element("multi_users_select", placeholder=plain("Anyone?"))))
    assert alone.one("summary").text == "Anyone?"


def test_no_more_can_be_ticked_than_may_be_chosen() -> None:
    seen = form(field("f", element("multi_static_select", max_selected_items=1)), f=["low"])
    assert [box["value"] for box in seen.all("input") if "disabled" in box] == ["high"]


def test_options_carry_their_descriptions_and_their_formatting() -> None:
    offered = {"value": "x", "text": {"type": "mrkdwn", "text": "*a*"}, "description": plain("more")}
    label = form(field("f", element("checkboxes", options=[offered]))).one("label", class_="choice")
    assert label.one("b").text == "a"
    assert label.one(class_="note").text == "more"


def test_people_and_channels_are_those_that_the_reader_can_know() -> None:
    def offered(reader: Reader, kind: str, **more: object) -> list[str]:
        return [each.text for each in form(field("f", element(kind, **more)), reader=reader).all("option")[1:]]

    assert offered(MAX, "users_select") == ["Dana (Acme)", "Max"]
    assert offered(DANA, "users_select") == ["Dana", "Max (Host)"]
    assert offered(MAX, "channels_select") == ["#acme-support", "#lounge"]
    assert offered(DANA, "channels_select") == ["#acme-support"]
    assert offered(MAX, "conversations_select") == ["#acme-support", "#board", "#lounge"]
    private = {"include": ["private"]}
    assert offered(MAX, "conversations_select", filter=private) == ["#board"]
    assert offered(DANA, "users_select", initial_user="U0BOT") == ["Caseclock", "Dana", "Max (Host)"]


def test_what_is_wrong_stands_with_the_field_and_is_told_with_it() -> None:
    seen = form(
        field("title", text_input(), hint=plain("Few words.")),
        field("sure", element("checkboxes")),
        field("how", element("radio_buttons"), optional=True),
        errors={"title": "Please say <more>.", "sure": "Please tick it.", "how": "Which?"},
    )
    title = seen.one("input", type_="text")
    assert title["aria-invalid"] == "true"
    told = [seen.one(id=part).text for part in str(title["aria-describedby"]).split()]
    assert told == ["Few words.", "Please say <more>."]
    assert seen.one("div", role="radiogroup")["aria-invalid"] == "true"
    assert all(box["aria-invalid"] == "true" for box in seen.all("input", type_="checkbox"))
    assert [error.text for error in seen.all(role="alert")] == ["Please say <more>.", "Please tick it.", "Which?"]
    assert [label.text for label in seen.all(class_="label")] == ["Title", "Sure", "How (optional)"]


def test_a_field_without_a_fault_is_not_called_wrong() -> None:
    seen = form(field("title", text_input()))
    assert "aria-invalid" not in seen.one("input")
    assert "aria-describedby" not in seen.one("input")


@pytest.mark.parametrize(
    ("made", "on"),
    [
        (text_input(), "enter"),
        (text_input(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}), "enter"),
        (text_input(dispatch_action_config={"trigger_actions_on": ["on_character_entered"]}), "input"),
        (element("radio_buttons"), "change"),
        (element("datepicker"), "change"),
    ],
)
def test_an_input_that_dispatches_says_when(made: JsonDict, on: str) -> None:
    assert form(field("f", made, dispatch_action=True)).one(data_action=made["action_id"])["data-dispatch"] == on
    assert "data-dispatch" not in form(field("f", made)).one(data_action=made["action_id"])


def test_the_wanted_field_has_the_focus() -> None:
    seen = form(field("a", text_input()), field("b", element("radio_buttons", focus_on_load=True)))
    assert [tag["value"] for tag in seen.all("input") if "autofocus" in tag] == ["high"]


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("radio_buttons", ["low"]),
        ("checkboxes", "low"),
        ("checkboxes", [1]),
        ("datetimepicker", "soon"),
        ("datepicker", 5),
    ],
)
def test_what_no_such_element_sends_is_refused(kind: str, raw: object) -> None:
    with pytest.raises(PersonRefused):
        read_value(element(kind), raw, JERUSALEM)


@pytest.mark.parametrize("raw", ["", None])
def test_an_emptied_field_holds_nothing(raw: str | None) -> None:
    assert read_value(element("datepicker"), raw, JERUSALEM) is None
