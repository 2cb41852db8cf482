"""What a bot on Socket Mode imports when it starts on a database that is up to date."""

import subprocess
import sys
from pathlib import Path

from storage.migrate import upgrade

STARTED = """
import sys
import bot.cli, bot.wiring
from storage.migrate import upgrade
upgrade(sys.argv[1])
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
SELDOM_NEEDED = {"alembic", "cryptography", "mako", "uvicorn"}


def test_what_most_starts_have_no_use_for_costs_them_neither_time_nor_memory(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'caseclock.db'}"
    upgrade(url)
    imported = subprocess.run([sys.executable, "-c", STARTED, url], capture_output=True, text=True, check=True).stdout
    assert "sqlalchemy" in imported.split()
    assert SELDOM_NEEDED.isdisjoint(imported.split())
