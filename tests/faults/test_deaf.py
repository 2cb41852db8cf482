"""Connections that answer pings and bring nothing: found out, replaced, and what they swallowed is found."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from handlers import pace
from scheduling import hearing
from tests.faults.recovering import BACK_SECONDS, comes, found
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, said
from workspace.stage import Stage

BEGUN = "> has begun work"


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Stage]:
    with Stage(tmp_path, MORNING) as running:
        running.slack.hub.forgets = True
        yield running


def test_deaf_though_connected_it_notices_opens_new_sockets_and_finds_what_it_missed(
    one: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_p1(one)
    monkeypatch.setattr(hearing, "QUIET_SECONDS", 1.0)
    monkeypatch.setattr(pace, "SLOW_SECONDS", 0.1)
    deaf_and_back(one)


@pytest.mark.faults
def test_deaf_though_connected_it_is_back_within_a_minute(one: Stage) -> None:
    open_p1(one)
    deaf_and_back(one)


def deaf_and_back(stage: Stage) -> None:
    old = list(stage.slack.hub.connections)
    stage.slack.hub.go_deaf()
    with capture_logs() as logs:
        stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
        comes(stage, "C0ACME", BEGUN)
        stage.slack.wait_until(lambda: not set(old) & set(stage.slack.hub.connections), BACK_SECONDS)
    assert "deaf" in [line["event"] for line in logs]
    heard = len(found(stage))
    stage.person("Dana").post("C0ACME", "Thank you", card(stage, "C0ACME").ts)
    comes(stage, "C0TRIAGE", "Thank you")
    stage.quiet()
    only(said(stage, "C0ACME", BEGUN))
    assert len(found(stage)) == heard


def test_a_quiet_customer_is_no_deafness(one: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    open_p1(one)
    monkeypatch.setattr(hearing, "QUIET_SECONDS", 0.5)
    monkeypatch.setattr(pace, "SLOW_SECONDS", 0.1)
    before = list(one.slack.hub.connections)
    with capture_logs() as logs:
        one.slack.wait_until(lambda: len(one.slack.calls("conversations.replies")) >= 2, BACK_SECONDS)
    assert [line for line in logs if line["event"] == "deaf"] == []
    assert one.slack.hub.connections == before
