"""The reference says what the code does: settings, commands, and the files that operators copy."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.reference import EXAMPLE, ROOT, configuration, explained, pages
from bot.settings import Settings
from bot.starting import WRONG

SERVICE = ROOT / "docs" / "operations" / "caseclock.service"


def installed(program: str) -> str:
    """The program, without which this test is left out; in CI it has to be there."""
    found = shutil.which(program)
    if found is None:
        missing = f"{program} is not installed"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@pytest.mark.parametrize("page", ["configuration.md", "commands.md"])
def test_the_pages_are_current(page: str) -> None:
    (path, made) = next((path, text) for path, text in pages().items() if path.name == page)
    assert path.read_text(encoding="utf-8") == made, "make reference writes them anew"


def test_the_example_explains_every_setting_and_no_other() -> None:
    words = explained(EXAMPLE.read_text(encoding="utf-8"))
    assert words.keys() == {name.upper() for name in Settings.model_fields}
    assert not [name for name, said in words.items() if not said]


def test_no_default_shows_where_the_bot_was_installed() -> None:
    assert str(ROOT) not in configuration()


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """As it is, but for the places of the programs, which systemd wants to be there."""
    program = installed("systemd-analyze")
    for path in ("opt/caseclock/.venv/bin/caseclock", "bin/kill"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("#!/bin/sh\n")
        (tmp_path / path).chmod(0o755)
    unit = tmp_path / "caseclock.service"
    text = SERVICE.read_text()
    for place in ("=/opt/caseclock", "=/bin/kill"):
        text = text.replace(place, f"={tmp_path}{place[1:]}")
    unit.write_text(text)
    told = subprocess.run([program, "verify", "--man=no", str(unit)], capture_output=True, text=True)
    own = [line for line in told.stderr.splitlines() if "caseclock" in line]
    assert (told.returncode, own) == (0, [])


def test_the_unit_starts_and_reloads_what_there_is() -> None:
    lines = SERVICE.read_text().splitlines()
    assert "ExecStart=/opt/caseclock/.venv/bin/caseclock run" in lines
    assert "ExecReload=/bin/kill -HUP $MAINPID" in lines
    assert f"RestartPreventExitStatus={WRONG}" in lines
    assert {"Restart=always", "StartLimitIntervalSec=0"} <= set(lines), "an outage lasts as long as it lasts"
    (environment,) = (line for line in lines if line.startswith("Environment="))
    assert "=MPLCONFIGDIR=/var/lib/caseclock/matplotlib " in environment, "below StateDirectory"


def test_the_container_file_names_what_there_is() -> None:
    """It can't be built here: so each thing that it copies is there, and nothing that the package needs is left out."""
    text = (ROOT / "Containerfile").read_text()
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.M) for name in line.split()[:-1]]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    packages = re.findall(r'^    "(\w+)[.\w]*",$', (ROOT / "pyproject.toml").read_text().split("packages = [")[1], re.M)
    assert set(packages[: packages.index("workspace") + 1]) <= set(copied)
    assert {"pyproject.toml", "requirements.lock", "README.md"} <= set(copied)
    ignored = (ROOT / ".containerignore").read_text().split()
    assert not set(ignored) & set(copied)
