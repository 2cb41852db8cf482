"""A file of accounts that calls a channel by the id it had: taken as the one it has, and the line is told."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli_accounts import accounts_app
from storage.unit_of_work import SqlUnitsOfWork
from tests.storage.given import engine_on

FILE = """accounts:
  - name: Acme
    program: okta
    plan: premier
    channels: [C0ACME, C0BOTH]   # C0ACME is theirs
    teams: [T0ACME]
    timezone: America/New_York
"""


def test_the_old_id_does_not_come_back_and_the_line_to_change_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, file = f"sqlite:///{tmp_path / 'caseclock.db'}", tmp_path / "accounts.yml"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.delenv("POLICY_DIR", raising=False)
    file.write_text(FILE)
    first = CliRunner().invoke(accounts_app, ["import", str(file)])
    assert (first.stdout, first.stderr) == ("Acme: new\n", "")
    with engine_on(url) as engine, SqlUnitsOfWork(engine)() as work:
        work.channels.move("C0ACME", "C0WIDER")

    again = CliRunner().invoke(accounts_app, ["import", str(file)])
    assert (again.exit_code, again.stdout) == (0, "Acme: unchanged\n")
    assert again.stderr == "accounts.yml: line 5: C0ACME is C0WIDER now, and taken as that; change it\n"
    with engine_on(url) as engine, SqlUnitsOfWork(engine)() as work:
        acme = work.accounts.by_name("Acme")
    assert acme is not None
    assert acme.channels == ("C0WIDER", "C0BOTH")

    file.write_text(FILE.replace("[C0ACME", "[C0WIDER"))
    mended = CliRunner().invoke(accounts_app, ["import", str(file)])
    assert (mended.stdout, mended.stderr) == ("Acme: unchanged\n", "")
