"""Who is on duty is called, not everybody; and who comes on duty reads once what is open, whose, and due when."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from tests.outside.waiting import until
from workspace.acting import said, words
from workspace.stage import Stage

SHIFTS = """
okta:
  timezone: America/New_York
  shifts:
    - {days: mon-sun, from: "08:00", to: "09:40", people: [U0ERIN]}
    - {days: mon-sun, from: "09:40", to: "17:00", people: [U0FRANK]}
"""
ICS = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:x",
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTART:20260702T120000Z",
        "DTEND:20260702T134000Z",
        "SUMMARY:Erin",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
)


@pytest.fixture
def rota(tmp_path: Path) -> Path:
    file = tmp_path / "rota.yml"
    file.write_text(SHIFTS)
    return file


@pytest.fixture
def stage(tmp_path: Path, rota: Path) -> Iterator[Stage]:
    running = Stage(tmp_path, MORNING)
    running.more_settings["rota_file"] = rota
    with running:
        yield running


def test_whoever_is_on_duty_is_called_and_the_next_one_reads_once_what_is_open(stage: Stage) -> None:
    open_p1(stage)
    stage.move(minutes=39)
    assert said(stage, "C0TRIAGE", "Change of shift") == []
    stage.move(minutes=1)
    until(lambda: bool(said(stage, "C0TRIAGE", "Change of shift")))
    told = words(only(said(stage, "C0TRIAGE", "Change of shift")))
    assert "from <@U0ERIN> to <@U0FRANK>." in told
    assert "1 case is open" in told
    assert "C-1" in told
    assert "nobody has begun" in told
    assert "20 min left" in told
    stage.move(minutes=5)
    rung = words(only(said(stage, "C0TRIAGE", "Three quarters")))
    assert "<@U0FRANK>" in rung
    assert "<!subteam" not in rung
    stage.stop_bot()
    stage.start_bot()
    stage.move(minutes=1)
    only(said(stage, "C0TRIAGE", "Change of shift"))


def test_a_calendar_that_cannot_be_read_calls_everybody_and_the_operators_hear(
    stage: Stage, tmp_path: Path, rota: Path
) -> None:
    stage.stop_bot()
    rota.write_text("okta: {calendar: rota.ics, people: {erin: U0ERIN}}")
    stage.start_bot()
    until(lambda: bool(said(stage, "C0MANAGERS", "rota of", "can't be read")))
    open_p1(stage)
    stage.move(minutes=45)
    assert "<!subteam^S0CALL>" in words(only(said(stage, "C0TRIAGE", "Three quarters")))
    (tmp_path / "rota.ics").write_bytes(ICS.encode())
    stage.move(minutes=6)
    until(lambda: bool(said(stage, "C0MANAGERS", "rota of", "can be read again")))
