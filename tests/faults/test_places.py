"""Places that are gone: a channel archived, renamed, the bot thrown out. No alarm dies."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.operated import told
from tests.faults.places import HALF, INSTEAD, NINE_TENTHS, Places
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, said, words
from workspace.stage import ESCALATIONS, OPERATORS


@pytest.fixture
def stage(empty_database: str, tmp_path: Path) -> Iterator[Places]:
    with Places(tmp_path, MORNING, database_url=empty_database) as running:
        yield running


def test_an_alarm_goes_from_place_to_place_until_one_takes_it_and_stands_there_once(stage: Places) -> None:
    open_p1(stage)
    stage.archive(ESCALATIONS)
    stage.move(minutes=30)
    first = only(said(stage, "C0TRIAGE", HALF))
    assert f"{INSTEAD} <#{ESCALATIONS}>" in words(first)

    stage.slack.administration.remove_bot(stage.channel("C0TRIAGE"))
    stage.quiet()
    stage.move(minutes=15)
    assert f"{INSTEAD} <#{ESCALATIONS}>" in words(only(said(stage, "C0MANAGERS", "Three quarters")))
    assert "<!subteam^S0CALL>" in words(only(said(stage, "C0MANAGERS", "Three quarters")))

    stage.archive("C0MANAGERS")
    stage.move(minutes=9)
    alarms = [m for m in stage.slack.dm("Max") if NINE_TENTHS in words(m)]
    assert INSTEAD not in words(only(alarms)), "he was told anyway, and is not told twice"
    assert said(stage, OPERATORS, NINE_TENTHS) == []
    for place in (ESCALATIONS, "C0TRIAGE", "C0MANAGERS"):
        only(told(stage, f"nothing in <#{place}>"))


def test_where_every_other_place_is_gone_the_operators_have_the_alarm_itself(stage: Places) -> None:
    open_p1(stage)
    stage.archive(ESCALATIONS, "C0TRIAGE", "C0MANAGERS")
    stage.slack.administration.deactivate(stage.slack.state.users["U0MAX"])
    stage.quiet()
    stage.move(minutes=30)
    assert f"{INSTEAD} <#{ESCALATIONS}>" in words(only(said(stage, OPERATORS, HALF)))
    stage.move(minutes=24)
    only(said(stage, OPERATORS, NINE_TENTHS))
    assert stage.slack.dm("Max") == []


def test_the_alarm_claimed_in_the_other_place_is_settled_there(stage: Places) -> None:
    open_p1(stage)
    stage.archive(ESCALATIONS)
    stage.move(minutes=30)
    stage.person("Erin").press(only(said(stage, "C0TRIAGE", HALF)), "Claim")
    stage.quiet()
    assert "Claimed in the meantime" in words(only(said(stage, "C0TRIAGE", HALF)))


def test_the_operators_hear_once_that_it_begins_and_once_that_it_is_over(stage: Places) -> None:
    open_p1(stage)
    stage.archive("C0TRIAGE")
    stage.move(minutes=90)
    (begun,) = told(stage, "nothing in <#C0TRIAGE>")
    assert "TRIAGE_CHANNEL" in words(begun)
    assert "<#C0MANAGERS> first" in words(begun)

    stage.slack.administration.unarchive(stage.channel("C0TRIAGE"))
    stage.quiet()
    over = only(told(stage, "<#C0TRIAGE> takes messages again"))
    assert over.thread_ts == begun.ts

    stage.archive("C0TRIAGE")
    assert len(told(stage, "nothing in <#C0TRIAGE>")) == 2


def test_a_new_case_without_its_triage_channel_is_seen_by_the_managers(stage: Places) -> None:
    stage.archive("C0TRIAGE")
    open_p1(stage)
    shown = only(said(stage, "C0MANAGERS", "Nobody can sign in"))
    assert f"{INSTEAD} <#C0TRIAGE>" in words(shown)
    stage.person("Max").press(shown, "Claim")
    stage.quiet()
    assert "Max" in words(card(stage, "C0ACME")) or "<@U0MAX>" in words(card(stage, "C0ACME"))


def test_the_team_hears_that_a_customer_has_not_read_what_was_said(stage: Places) -> None:
    open_p1(stage)
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    stage.archive("C0ACME")
    stage.person("Erin").command("/case", "wait C-1 which office is it?", "C0TRIAGE")
    stage.quiet()
    told_of = only(said(stage, "C0TRIAGE", "has *not* read what we asked of them"))
    assert told_of.thread_ts == card(stage, "C0TRIAGE").ts
    only(told(stage, "nothing in <#C0ACME>", "/invite"))


def test_a_new_name_changes_nothing_but_is_told(stage: Places) -> None:
    open_p1(stage)
    stage.slack.administration.rename(stage.channel("C0TRIAGE"), "all-cases")
    stage.quiet()
    only(told(stage, "<#C0TRIAGE> has a new name"))
    stage.archive(ESCALATIONS)
    stage.move(minutes=30)
    only(said(stage, "C0TRIAGE", HALF))
