"""What the bot itself shows, over a whole case, as the page draws it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.acting import commit, fill_p1, open_p1
from tests.workspace.html_page import Tag, parsed
from workspace.acting import card, form_of, press_newest, press_pinned
from workspace.model import Message, View
from workspace.page.blocks import blocks_html, undrawn
from workspace.page.reader import Reader
from workspace.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Stage(tmp_path, datetime(2026, 7, 2, 13, 0, tzinfo=UTC)) as running:
        yield running


def seen(stage: Stage, shown: Message | View, reader: str, zone: str = "America/New_York") -> Tag:
    assert undrawn(shown.blocks) == []
    values, errors = (shown.values, shown.errors) if isinstance(shown, View) else ({}, {})
    return parsed(blocks_html(Reader(stage.slack.state, reader, ZoneInfo(zone)), shown.blocks, values, errors, "shown"))


def test_a_form_is_filled_read_and_corrected(stage: Stage) -> None:
    dana = stage.person("Dana")
    begun = seen(stage, press_pinned(stage, dana, "C0ACME"), dana.id)
    assert begun.one("input", type_="text")["placeholder"] == "What is it about, in a few words?"
    filled = seen(stage, fill_p1(stage, dana), dana.id)
    assert filled.one("input", type_="text", data_type="plain_text_input")["value"] == "Nobody can sign in"
    ticked = [box["value"] for box in filled.all("input", type_="radio") if "checked" in box]
    assert ticked == ["service", "none"]
    assert all(menu["data-dispatch"] == "change" for menu in filled.all("select", data_type="static_select"))
    assert "⏳" in filled.text
    commit(stage, dana)
    assert form_of(stage, dana).errors == {}


def test_a_mistake_is_told_at_its_field(stage: Stage) -> None:
    dana = stage.person("Dana")
    press_pinned(stage, dana, "C0ACME")
    form = fill_p1(stage, dana)
    dana.submit(form)
    errors = seen(stage, form_of(stage, dana), dana.id).all("p", class_="error")
    assert [error.text for error in errors] == ["Please complete this required field."] * 2


def test_cards_tell_times_on_each_readers_clock_and_offer_what_helps(stage: Stage) -> None:
    open_p1(stage)
    triage = card(stage, "C0TRIAGE")
    here = seen(stage, triage, "U0ERIN")
    offered = ["Claim", "Reply to customer…", "Resolve…", "Change priority…", "Why this time?"]
    assert [button.text for button in here.all("button")] == offered
    assert here.all("button")[0]["class"] == "button button-primary"
    assert "today at 10:00 AM" in here.one("div", class_="fields").text
    assert "today at 5:00 PM" in seen(stage, triage, "U0BORIS", "Asia/Jerusalem").one("div", class_="fields").text
    customer = seen(stage, card(stage, "C0ACME"), "U0DANA")
    assert customer.all("b")[0].text == "C-1"
    assert {mention.text for mention in customer.all("span", class_="mention me")} == {"@Dana"}


def test_the_small_forms_name_every_field(stage: Stage) -> None:
    open_p1(stage)
    erin = stage.person("Erin")
    for press, title in (("Resolve…", "Resolve the case"), ("Change priority…", "Change the priority")):
        press_newest(stage, erin, "C0TRIAGE", 1, press)
        form = form_of(stage, erin)
        assert form.title == title
        drawn = seen(stage, form, erin.id)
        controls = [tag for tag in drawn.every() if "data-action" in tag]
        assert controls
        labelled = {label["for"] for label in drawn.all("label", class_="label")}
        grouped = {control["id"] for control in controls if "aria-labelledby" in control}
        assert {control["id"] for control in controls} == labelled | grouped
        erin.close(form)
