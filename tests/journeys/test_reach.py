"""A rung that asks for it calls somebody outside Slack: once, though the post office refuses at first."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import SettingsError
from bot.wiring import Caseclock
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from tests.outside.post_office import PostOffice, delivering, text_of
from tests.outside.waiting import until
from workspace.acting import card, said
from workspace.stage import Stage, settings_for

PAGED_AT = 75


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with delivering() as office:
        yield office


@pytest.fixture
def stage(tmp_path: Path, office: PostOffice) -> Iterator[Stage]:
    file = tmp_path / "addresses.yml"
    file.write_text(f"reach: {{on-call-pager: {{url: '{office.url}', timezone: Asia/Jerusalem}}}}")
    running = paging(tmp_path)
    running.more_settings["addresses_file"] = file
    with running:
        yield running


def paging(folder: Path) -> Stage:
    """A stage on which Okta's rung at three quarters asks for the pager."""
    stage = Stage(folder, MORNING)
    okta = stage.policies["okta"]
    rungs = [replace(rung, reach=("on-call-pager",) * (rung.share == PAGED_AT)) for rung in okta.ladder.rungs]
    paged = replace(okta, ladder=replace(okta.ladder, rungs=tuple(rungs)))
    stage.policies = {**stage.policies, "okta": paged}
    return stage


def test_whoever_is_asked_for_is_reached_once_and_slack_does_not_wait(
    stage: Stage, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    office.refuses = 1
    open_p1(stage)
    stage.move(minutes=44)
    assert office.tries == 0
    stage.move(minutes=1)
    only(said(stage, "C0TRIAGE", "Three quarters"))
    until(lambda: put_off(stage) == 1)
    assert office.letters == []
    stage.move(seconds=2)
    (letter,) = office.wait_for(1)
    link = f"archives/C0TRIAGE/p{card(stage, 'C0TRIAGE').ts.replace('.', '')}"
    text = text_of(letter)
    assert "C-1, Priority 1. 75 % of the time allowed has passed." in text
    assert "answer due Thu 02 Jul 17:00 Asia/Jerusalem, in 14 min" in text
    assert link in text
    assert "Nobody can sign in" not in f"{letter['subject']}{text}"
    until(lambda: put_off(stage) == 0)
    stage.move(minutes=10)
    assert office.tries == 2
    assert "mailto" not in caplog.text


def test_nobody_is_called_for_a_case_that_is_claimed_by_the_time_the_post_office_answers(
    stage: Stage, office: PostOffice
) -> None:
    office.refuses = 99
    open_p1(stage)
    stage.move(minutes=45)
    until(lambda: put_off(stage) == 1)
    stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
    stage.quiet()
    tries = office.tries
    stage.move(minutes=2)
    until(lambda: put_off(stage) == 0)
    assert (office.tries, office.letters) == (tries, [])


def test_a_bot_whose_ladder_reaches_somebody_that_nobody_names_does_not_start(tmp_path: Path) -> None:
    stage = paging(tmp_path)
    with stage.slack:
        settings = settings_for(stage.slack, stage.database_url)
        with pytest.raises(SettingsError, match=r"ADDRESSES_FILE: the ladder of okta reaches on-call-pager at 75 %"):
            Caseclock(settings, stage.policies, stage.clock)
    stage._engine.dispose()


def put_off(stage: Stage) -> int:
    """How many alarms were tried and wait for another try."""
    with stage._engine.connect() as connection:
        return int(
            connection.exec_driver_sql(
                "SELECT count(*) FROM parcels WHERE state = 'waiting' AND error != '' AND NOT leased"
            ).scalar_one()
        )
