"""People whom nothing can be said to: others hear it, and no alarm dies."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.operated import told
from tests.faults.places import NINE_TENTHS, Places
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, said, words
from workspace.stage import OPERATORS

MISSED = "The time promised is over"


@pytest.fixture
def stage(empty_database: str, tmp_path: Path) -> Iterator[Places]:
    with Places(tmp_path, MORNING, database_url=empty_database) as running:
        yield running


def test_a_manager_who_is_gone_is_not_written_to_and_the_managers_channel_hears_it(stage: Places) -> None:
    open_p1(stage)
    stage.move(minutes=54)
    assert len(stage.slack.dm("Max")) == 1
    stage.slack.administration.deactivate(stage.slack.state.users["U0MAX"])
    stage.quiet()
    assert "SUPPORT_MANAGERS" in words(only(told(stage, "<@U0MAX> can't be reached")))

    stage.move(minutes=6)
    assert len(stage.slack.dm("Max")) == 1, "Slack would take it, and nobody would read it"
    only(said(stage, "C0MANAGERS", MISSED))

    stage.slack.administration.reactivate(stage.slack.state.users["U0MAX"])
    stage.quiet()
    only(told(stage, "<@U0MAX> can be reached again"))
    stage.move(minutes=30)
    assert len(stage.slack.dm("Max")) == 2


def test_somebody_whom_slack_did_not_know_for_a_moment_is_written_to_again(stage: Places) -> None:
    open_p1(stage)
    stage.slack.faults.fail("conversations.open", "user_not_found")
    stage.move(minutes=54)
    assert stage.slack.dm("Max") == []
    only(told(stage, "<@U0MAX> can't be reached"))
    only(said(stage, "C0MANAGERS", NINE_TENTHS))
    stage.move(minutes=6)
    only(stage.slack.dm("Max"))
    stage.move(minutes=1)
    stage.slack.wait_until(lambda: told(stage, "<@U0MAX> can be reached again"))


def test_an_engineer_who_is_gone_leaves_a_case_that_the_operators_hear_of(stage: Places) -> None:
    open_p1(stage)
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    stage.slack.administration.deactivate(stage.slack.state.users["U0ERIN"])
    stage.quiet()
    assert "They hold" in words(only(told(stage, "<@U0ERIN> can't be reached", "C-1")))


def test_whoever_changes_their_status_is_no_news(stage: Places) -> None:
    stage.slack.administration.reactivate(stage.slack.state.users["U0DANA"])
    stage.slack.administration.deactivate(stage.slack.state.users["U0BOB"])
    stage.quiet()
    assert said(stage, OPERATORS) == []
