"""What is written down, and what never is."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.logs import strike_secrets
from storage.database import make_engine


@pytest.mark.parametrize("value", ["Bearer xoxb-1-2-abc", ValueError("xapp-1-A0-2"), ["xoxp-1"], {"token": "xoxe-1"}])
def test_tokens_are_struck_out_wherever_they_stand(value: object) -> None:
    struck = strike_secrets(logging.getLogger(), "info", {"event": "failed", "what": value})
    assert "[secret]" in str(struck)
    assert "xox" not in str(struck)
    assert "xapp" not in str(struck)


def test_what_cannot_be_stored_is_not_repeated_in_the_error(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    try:
        with engine.begin() as connection, pytest.raises(OperationalError) as raised:
            connection.execute(text("INSERT INTO missing VALUES (:title)"), {"title": "Our payroll is down"})
    finally:
        engine.dispose()
    assert "payroll" not in str(raised.value)
