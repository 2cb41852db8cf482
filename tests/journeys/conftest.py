"""The bot itself, over the real WebSocket, against the local Slack."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journeys.acting import open_p1
from tests.storage.databases import database_names, postgres_database, postgres_url
from workspace.stage import Stage

__all__ = ["database_names", "postgres_database", "postgres_url"]

MORNING = datetime(2026, 7, 2, 13, 0, tzinfo=UTC)
"""Thursday 2 July 2026, 09:00 in New York; Friday is a federal holiday there."""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Stage(tmp_path, MORNING) as running:
        yield running


@pytest.fixture
def opened(stage: Stage) -> Stage:
    """Dana's C-1, with its two cards."""
    open_p1(stage)
    return stage
