"""A managers' report: asked for, and sent by itself each Monday; figures, a picture and tables, once."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.test_casework import open_bolts
from tests.journeys.trying import command, shown
from workspace.acting import said, words
from workspace.model import File, Message
from workspace.scenes.working import claim, resolve
from workspace.stage import Stage

WEEKLY = {"report_every": "week", "report_timezone": "America/New_York"}
MANY = 1_000
MONDAY = datetime(2026, 7, 6, 12, 0, tzinfo=UTC)
"""08:00 in New York, after the Thursday on which the stories begin."""


def files(messages: list[Message]) -> dict[str, File]:
    """By the end of their names."""
    return {file.name.split("-")[-1]: file for message in messages for file in message.files}


def rows(file: File) -> list[dict[str, str]]:
    assert file.content is not None
    return list(csv.DictReader(StringIO(file.content.decode("utf-8-sig"))))


def solved(stage: Stage) -> None:
    """Bolt's case is answered after ten minutes."""
    open_bolts(stage, "Sign-in at Bolt")
    stage.move(minutes=10)
    claim(stage, stage.person("Erin"), 1)
    resolve(stage, stage.person("Erin"), 1, "The certificate had expired.")


@pytest.fixture
def weekly(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, MORNING)
    made.routines = dict(WEEKLY)
    with made as running:
        yield running


def test_a_manager_asks_and_reads_figures_a_picture_and_tables_in_private(stage: Stage) -> None:
    solved(stage)
    open_p1(stage)
    stage.move(minutes=61)
    max_ = stage.person("Max")

    assert "comes to you by direct message" in command(stage, max_, "report week account", "C0ACME")
    stage.quiet()

    told = [message for message in stage.slack.dm("Max") if "Report: the 7 days up to 2 Jul 2026" in words(message)]
    text = shown(only(told))
    assert "50 %* in time, 1 of 2" in text
    assert "Bolt: *100 %* (1 of 1), half within 10 min" in text
    assert "nobody has answered; nobody had taken it" in text
    assert "Erin: 1 first answer" in text
    assert "Thu 25 Jun 2026, 10:11 to Thu 2 Jul 2026, 10:11, New York time; compared with the 7 days before." in text
    assert "<@U0ERIN>" not in text, "a report calls nobody"
    attached = files(stage.slack.dm("Max"))
    assert [name.rpartition(".")[2] for name in attached] == ["png", "csv", "csv"]
    picture = next(file for name, file in attached.items() if name.endswith("png"))
    assert (picture.content or b"").startswith(b"\x89PNG")
    cases = rows(attached["cases.csv"])
    assert [(row["Case"], row["In time"], row["Support seconds"]) for row in cases] == [
        ("C-1", "yes", "600"),
        ("C-2", "no", ""),
    ]
    everything = rows(attached["figures.csv"])[0]
    assert (everything["In time"], everything["Missed"], everything["Attainment (%)"]) == ("1", "1", "50")
    assert said(stage, "C0ACME", "Report") == [], "no customer reads it"


def test_who_is_no_manager_and_whoever_mistypes_is_told_so(stage: Stage) -> None:
    erin, max_ = stage.person("Erin"), stage.person("Max")
    assert "for support managers" in command(stage, erin, "report", "C0TRIAGE")
    assert "for support managers" in command(stage, erin, "report nonsense", "C0TRIAGE")
    wrong = command(stage, max_, "report mnth by engineers", "C0MANAGERS")
    assert "Did you mean `month`" in wrong
    assert "One of these at a time" in command(stage, max_, "report week month", "C0MANAGERS")
    assert stage.slack.dm("Max") == []


def test_each_monday_the_week_that_is_over_comes_once_also_after_a_restart(weekly: Stage) -> None:
    solved(weekly)
    weekly.move_to(MONDAY - timedelta(minutes=1))
    assert said(weekly, "C0MANAGERS", "Report:") == []
    weekly.move_to(MONDAY)
    text = shown(only([each for each in said(weekly, "C0MANAGERS", "Report:") if not each.is_reply]))
    assert "the week from 29 Jun to 5 Jul 2026" in text
    weekly.stop_bot()
    weekly.start_bot()
    weekly.move(hours=20)
    assert len([each for each in said(weekly, "C0MANAGERS", "Report:") if not each.is_reply]) == 1


def test_a_start_at_which_slack_says_nobodys_zone_leaves_the_report_at_its_time(tmp_path: Path) -> None:
    stage = Stage(tmp_path, MORNING)
    stage.routines = {"report_every": "week"}
    with stage:
        solved(stage)
        stage.stop_bot()
        stage.slack.faults.server_error("users.info", times=MANY)
        stage.start_bot()
        stage.move_to(MONDAY - timedelta(hours=3))
        stage.slack.faults.clear()
        assert said(stage, "C0MANAGERS", "Report:") == [], "eight in UTC was an hour ago"
        stage.move_to(MONDAY - timedelta(minutes=1))
        assert said(stage, "C0MANAGERS", "Report:") == []
        stage.move_to(MONDAY)
        only([each for each in said(stage, "C0MANAGERS", "Report:") if not each.is_reply])


def test_who_asks_for_last_week_reads_what_came_by_itself_told_by_what_they_ask_for(weekly: Stage) -> None:
    solved(weekly)
    weekly.move_to(MONDAY)
    open_p1(weekly)
    weekly.move(minutes=90)
    max_ = weekly.person("Max")
    answer = command(weekly, max_, "report last week account", "C0MANAGERS")
    assert "The report on the week from 29 Jun to 5 Jul 2026, by account, comes here" in answer
    weekly.quiet()
    by_itself, asked_for = [each for each in said(weekly, "C0MANAGERS", "Report:") if not each.is_reply]
    period = "Mon 29 Jun 2026, 00:00 to Mon 6 Jul 2026, 00:00, New York time; compared with the week before."
    assert period in shown(by_itself)
    assert period in shown(asked_for)
    assert "Bolt: *100 %* (1 of 1)" in shown(asked_for)
    first, second = (
        rows(each)
        for message in weekly.slack.messages("C0MANAGERS")
        for each in message.files
        if "figures" in each.name
    )
    assert first[0] == second[0], "the whole of it is the same, though a deadline was missed since"


def test_a_report_that_was_missed_comes_once_when_the_bot_is_back(weekly: Stage) -> None:
    solved(weekly)
    weekly.stop_bot()
    weekly.move_to(MONDAY + timedelta(days=1))
    weekly.start_bot()
    text = shown(only([each for each in said(weekly, "C0MANAGERS", "Report:") if not each.is_reply]))
    assert "the week from 29 Jun to 5 Jul 2026" in text
