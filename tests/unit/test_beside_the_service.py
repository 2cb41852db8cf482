"""Commands beside the service are run as the service is: the script that does it asks systemd for the same."""

import os
import subprocess
from pathlib import Path

import pytest

from bot.reference import ROOT
from tests.unit.test_reference import SERVICE, installed

SCRIPT = ROOT / "docs" / "operations" / "caseclock.sh"
SAME = (
    "DynamicUser",
    "User",
    "StateDirectory",
    "StateDirectoryMode",
    "WorkingDirectory",
    "EnvironmentFile",
    "Environment",
    "UMask",
)
"""What the unit says of who runs where with which settings. All of it has to be the script's too."""


def asked(folder: Path, *words: str) -> tuple[int, list[str], str]:
    """Exit code, what systemd-run would have been told, and what was said; it runs nothing here."""
    told = folder / "told"
    stand_in = folder / "systemd-run"
    stand_in.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {told}\nexit 3\n')
    stand_in.chmod(0o755)
    path = {"PATH": f"{folder}{os.pathsep}/usr/bin:/bin"}
    run = subprocess.run([SCRIPT, *words], env=path, capture_output=True, text=True, check=False)
    return run.returncode, told.read_text().splitlines() if told.exists() else [], run.stderr


def properties(lines: list[str]) -> list[str]:
    return [line.removeprefix("--property=") for line in lines if line.startswith("--property=")]


def test_the_script_asks_for_what_the_unit_has(tmp_path: Path) -> None:
    code, told, _ = asked(tmp_path, "export", "--account", "Acme & Sons")
    assert code == 3, "the command's own"
    assert told[-4:] == ["/opt/caseclock/.venv/bin/caseclock", "export", "--account", "Acme & Sons"]
    unit = [line for line in SERVICE.read_text().splitlines() if line.startswith(tuple(f"{name}=" for name in SAME))]
    assert len(unit) == len(SAME)
    assert sorted(properties(told)) == sorted(unit)


def test_a_second_bot_is_not_started_by_it(tmp_path: Path) -> None:
    code, told, said = asked(tmp_path, "run")
    assert (code, told) == (2, [])
    assert "systemctl start caseclock" in said


def test_systemd_knows_each_option_and_property(tmp_path: Path) -> None:
    """As far as can be seen where systemd isn't running: options by what it says of them, properties in a unit."""
    program, helped = installed("systemd-analyze"), installed("systemd-run")
    _, told, _ = asked(tmp_path, "doctor")
    known = subprocess.run([helped, "--help"], capture_output=True, text=True, check=True).stdout
    options = [line for line in told if line.startswith("--") and not line.startswith("--property=")]
    assert [option for option in options if option not in known] == []
    unit = tmp_path / "caseclock-beside.service"
    command = tmp_path / "systemd-run"
    unit.write_text("\n".join(["[Service]", "Type=exec", *properties(told), f"ExecStart={command}", ""]))
    checked = subprocess.run([program, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    own = [line for line in checked.stderr.splitlines() if unit.name in line]
    assert (checked.returncode, own) == (0, [])


@pytest.mark.parametrize("words", [("--help",), ()])
def test_whatever_else_is_passed_on(tmp_path: Path, words: tuple[str, ...]) -> None:
    _, told, _ = asked(tmp_path, *words)
    assert told[told.index("/opt/caseclock/.venv/bin/caseclock") + 1 :] == list(words)
