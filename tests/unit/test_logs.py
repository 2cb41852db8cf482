"""What is written down, and what never is."""

import linecache
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from bot.logs import strike_secrets, without_words
from storage.database import make_engine


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """To a database without tables."""
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    with engine.begin() as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize("value", ["Bearer xoxb-1-2-abc", ValueError("xapp-1-A0-2"), ["xoxp-1"], {"token": "xoxe-1"}])
def test_tokens_are_struck_out_wherever_they_stand(value: object) -> None:
    struck = strike_secrets(logging.getLogger(), "info", {"event": "failed", "what": value})
    assert "[secret]" in str(struck)
    assert "xox" not in str(struck)
    assert "xapp" not in str(struck)


def test_what_cannot_be_stored_is_not_repeated_in_the_error(connection: Connection) -> None:
    with pytest.raises(OperationalError) as raised:
        connection.execute(text("INSERT INTO missing VALUES (:title)"), {"title": "Our payroll is down"})
    assert "payroll" not in str(raised.value)


def test_an_error_is_told_with_where_it_was_raised_and_no_file_of_code_is_kept_for_it(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line of each would cost a bot the whole file, for good: a database that was away, two megabytes."""
    monkeypatch.setattr("linecache.cache", {})
    with pytest.raises(OperationalError) as raised:
        connection.execute(text("SELECT 1 FROM missing"))
    *frames, kinds = without_words((raised.type, raised.value, raised.tb)).splitlines()
    assert f'"{__file__}", line ' in frames[0]
    assert frames[1].endswith("in Connection.execute")
    assert kinds == "OperationalError <- OperationalError"
    assert linecache.cache == {}
