"""What is foretold for accounts is what then happens."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journeys.success_story import ACME, ServedStage, cy_reads
from workspace.due import DueLine
from workspace.due_accounts import account_lines
from workspace.due_team import team_of
from workspace.stage import settings_for


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[ServedStage]:
    with ServedStage(tmp_path) as running:
        yield running


def due(stage: ServedStage) -> list[DueLine]:
    team = team_of(settings_for(stage.slack, stage.database_url), stage.slack.state)
    return account_lines(stage.units, stage.policies, team, stage.clock.now())


def test_each_meeting_has_a_line_that_says_whose_and_who_hears_of_it(stage: ServedStage) -> None:
    lines = due(stage)
    assert [(f"{line.at:%m-%d %H:%M}", line.what, line.tells) for line in lines] == [
        ("07-09 13:00", "Acme: reminder of the Premier Access kickoff", "@Cy"),
        ("07-16 13:00", "Acme: reminder of the Premier Access kickoff", "@Cy"),
        ("07-18 13:00", "Acme: reminder of the Standard Success Meeting", "@Cy"),
        ("09-18 13:00", "Acme: reminder of the Standard Business Review", "@Cy"),
    ]
    assert all(line.case is None and line.why for line in lines)


def test_what_is_told_leaves_the_list_and_the_next_month_follows(stage: ServedStage) -> None:
    stage.move_to(datetime(2026, 7, 18, 13, tzinfo=UTC))
    assert [f"{line.at:%m-%d}" for line in due(stage)] == ["08-18", "09-18"]


def test_while_the_bot_is_away_only_what_it_will_tell_has_a_line(stage: ServedStage) -> None:
    stage.stop_bot()
    stage.move_to(datetime(2026, 8, 20, 13, tzinfo=UTC))
    # The kickoff is over for more than thirty days; of two meetings behind, the later one is told.
    assert [line.what for line in due(stage)] == [
        "Acme: reminder of the Standard Success Meeting",
        "Acme: reminder of the Standard Business Review",
    ]
    stage.start_bot()
    (told,) = cy_reads(stage)
    assert "by *Tuesday 25 August 2026*" in told


def test_of_a_kickoff_told_twice_too_late_the_second_alone_has_a_line(stage: ServedStage) -> None:
    stage.stop_bot()
    stage.move_to(datetime(2026, 7, 17, 13, tzinfo=UTC))
    assert [f"{line.at:%m-%d}" for line in due(stage) if "kickoff" in line.what] == ["07-16"]


def test_without_a_manager_the_line_names_the_managers_channel(tmp_path: Path) -> None:
    with ServedStage(tmp_path, ACME.replace("    csm: U0CY\n", "")) as stage:
        assert {line.tells for line in due(stage)} == {"#managers"}
