"""The demo, as somebody reads it who has never seen Caseclock."""

import re
import signal
import subprocess
import sys
from io import StringIO
from threading import Event

import pytest
from rich.console import Console
from typer.testing import CliRunner

from workspace.__main__ import app
from workspace.demo import demo


def pages(width: int) -> list[str]:
    """The demo in a file, by chapter; the first page is the introduction."""
    file = StringIO()
    demo(Console(file=file, width=width), Event())
    text = re.sub(r" +\n", "\n", file.getvalue())
    assert "\x1b" not in text
    assert max(len(line) for line in text.splitlines()) <= width
    return re.split(r"\n(?=\d · )", text)


def prose(page: str) -> str:
    """A page as one line, however it was wrapped."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", page).split())


def test_a_day_is_told_from_the_button_to_the_summary() -> None:
    intro, opened, half, checked, solved, oko, auth0, rungs, monday = (prose(page) for page in pages(80))
    assert "Three customers" in intro
    for words in (
        "[Nobody can sign in]",
        "! Please complete this required field.",
        "Your case is open C-1 · Nobody can sign in",
        "Reachable at any hour: @Dana, backup @Bob",
        "✅ Confirmed today at 9:00 AM",
    ):
        assert words in opened
    assert "🟡 Half of the time allowed has passed: C-1" in half
    assert "@Erin has begun work on C-1" in half
    assert "only visible to Dana" in half
    assert "Hello @Bob, we couldn't reach @Dana about C-1" in checked
    assert "✅ Confirmed today at 1:32 PM" in checked
    assert "@Erin resolved C-1. An expired certificate" in solved
    assert "This one lies outside the support programme" in oko
    assert "by Mon 6 Jul, 16:00 New York time" in oko
    assert "holiday: Independence Day (observed)" in oko
    assert "48 h skipped, weekend" in oko
    assert "by Mon 6 Jul, 01:30 Jerusalem time" in auth0
    assert "🟠 @on-call Three quarters of the time allowed have passed: C-3" in rungs
    assert rungs.count("🟠 90 % of the time allowed has passed: C-3") == len(["#managers", "Max"])
    assert "Direct messages of Caseclock and Max" in rungs
    assert "@Frank has begun work on C-3" in rungs
    assert "@Frank has begun work on C-2" in monday
    assert "breach" not in rungs + monday
    assert kept(monday) == [
        ("C-1", "Thu 2 Jul, 10:00", "Thu 2 Jul, 09:34", "yes"),
        ("C-2", "Mon 6 Jul, 16:00", "Mon 6 Jul, 09:40", "yes"),
        ("C-3", "Sun 5 Jul, 18:30", "Sun 5 Jul, 18:21", "yes"),
    ]
    assert "Ten minutes to a real workspace" in monday


def kept(page: str) -> list[tuple[str, ...]]:
    """The table at the end: case, promised by, first answer, in time."""
    instant = r"(\w{3} \d+ \w{3}, \d\d:\d\d)"
    return re.findall(rf"(C-\d) \w+ {instant} {instant} (yes|no)", page)


@pytest.mark.parametrize("words", [[], ["nonsense"]])
def test_anything_but_the_demo_says_what_there_is(words: list[str]) -> None:
    said = CliRunner().invoke(app, words)
    assert said.exit_code == 2
    assert "demo" in said.output or "--help" in said.output


def test_ctrl_c_ends_it_in_the_middle_without_a_traceback() -> None:
    command = [sys.executable, "-m", "workspace", "demo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as told:
        assert told.stdout
        assert told.stderr
        assert any(line.startswith("2 · ") for line in told.stdout)
        told.send_signal(signal.SIGINT)
        told.stdout.read()
        errors = told.stderr.read()
    assert told.returncode == 130
    assert errors == "\nStopped.\n", "no traceback, and nothing of the log"
