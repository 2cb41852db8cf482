"""The same event four times at once, minutes apart, as a retry alone, before a database that fails: handled once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from storage.queue_tables import InboxRow
from tests.faults.books import Books
from tests.faults.breaking import locked
from tests.journeys.acting import open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, said
from workspace.stage import Stage
from workspace.traffic import Envelope

Act = Callable[[Stage], object]
PATIENCE = 30.0
AGAIN_SECONDS = 8
"""After so long this Slack sends again what was not acknowledged: the bot has given up on its database by then."""

ACTS: dict[str, tuple[Act, Callable[[Stage], int]]] = {
    "reaction": (
        lambda stage: stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes"),
        lambda stage: len(said(stage, "C0ACME", "> has begun work")),
    ),
    "line": (
        lambda stage: stage.person("Dana").post("C0ACME", "It hangs again", card(stage, "C0ACME").ts),
        lambda stage: len(said(stage, "C0TRIAGE", "It hangs again")),
    ),
    "mention": (
        lambda stage: stage.person("Olga").post("C0ORCHARD", "<@U0BOT> it hangs"),
        lambda stage: len(said(stage, "C0ORCHARD")) - 1,
    ),
}


@pytest.fixture
def stage(database: str, tmp_path: Path) -> Iterator[Stage]:
    with (
        capture_logs(),
        Stage(tmp_path, MORNING, redeliver_after=AGAIN_SECONDS, database_url=database) as running,
    ):
        open_p1(running)
        yield running


@pytest.fixture(params=ACTS)
def doing(request: pytest.FixtureRequest) -> tuple[Act, Callable[[Stage], int]]:
    """What somebody does, and how many times the bot has said what comes of it."""
    return ACTS[request.param]


def while_away(stage: Stage, act: Act) -> Envelope:
    """What Slack has for the bot when that comes back."""
    stage.stop_bot()
    act(stage)
    return stage.slack.hub.under_way[-1]


def handled_once(stage: Stage, count: Callable[[Stage], int]) -> None:
    stage.quiet()
    assert count(stage) == 1
    Books(stage.slack, stage._engine).balance()
    with stage._engine.connect() as connection:
        ids = connection.execute(select(InboxRow.event_id, InboxRow.handled_at)).all()
        assert connection.scalar(select(func.count(InboxRow.event_id.distinct()))) == len(ids)
    assert all(at is not None for _, at in ids)


def test_four_times_at_once(stage: Stage, doing: tuple[Act, Callable[[Stage], int]]) -> None:
    act, count = doing
    event = while_away(stage, act).payload
    for _ in range(3):
        stage.slack.hub.event(event)
    stage.start_bot()
    handled_once(stage, count)


def test_four_times_minutes_apart(stage: Stage, doing: tuple[Act, Callable[[Stage], int]]) -> None:
    act, count = doing
    act(stage)
    stage.quiet()
    event = stage.slack.hub.delivered[-1].payload
    for minutes in (1, 5, 60):
        stage.move_to(stage.clock.now() + timedelta(minutes=minutes))
        stage.slack.hub.event(event)
        stage.quiet()
    handled_once(stage, count)


def test_the_retry_alone(stage: Stage, doing: tuple[Act, Callable[[Stage], int]]) -> None:
    act, count = doing
    envelope = while_away(stage, act)
    envelope.retries, envelope.reason = 1, "timeout"
    stage.start_bot()
    handled_once(stage, count)


def test_a_database_that_fails_before_the_acknowledgement(
    stage: Stage, database: str, doing: tuple[Act, Callable[[Stage], int]]
) -> None:
    act, count = doing
    with locked(database):
        act(stage)
        envelope = stage.slack.hub.under_way[-1]
        stage.slack.wait_until(lambda: envelope.retries, PATIENCE)
        assert count(stage) == 0
    stage.slack.settled(PATIENCE)
    handled_once(stage, count)
