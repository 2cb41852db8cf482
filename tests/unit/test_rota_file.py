"""The operator's rota: read, or refused by its place."""

from pathlib import Path

import pytest

from bot.rota_file import RotaError, load_rotas
from cases.rota import weekly_on_duty
from tests.builders import NOON

RIGHT = """
okta:
  timezone: Europe/Berlin
  shifts:
    - {days: mon-fri, from: "09:00", to: "17:00", people: [U0ERIN, U0FRANK]}
auth0: {calendar: rota.ics, people: {erin@example.com: U0ERIN}}
oko: {group: S0OKO}
"""


def written(folder: Path, words: str) -> Path:
    file = folder / "rota.yml"
    file.write_text(words)
    return file


def test_shifts_a_calendar_or_a_group(tmp_path: Path) -> None:
    rotas = load_rotas(written(tmp_path, RIGHT))
    assert weekly_on_duty(rotas["okta"].weekly, NOON) == ("U0ERIN", "U0FRANK")
    assert (rotas["auth0"].calendar, rotas["oko"].group) == ("rota.ics", "S0OKO")
    assert load_rotas(None) == {}
    assert load_rotas(written(tmp_path, "")) == {}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (RIGHT.replace("Europe/Berlin", "Berlin"), "okta.timezone: no time zone is called 'Berlin'"),
        (RIGHT.replace("U0FRANK", "frank"), "okta.shifts.0.people.1: expected an id of Slack's such as U0ERIN"),
        (RIGHT.replace('"17:00"', '"09:00"'), "okta.shifts.0: never opens"),
        (RIGHT.replace("group: S0OKO", "people: {a: U0A}"), "oko: expected one of shifts, calendar and group"),
        (RIGHT.replace(", people: {erin@example.com: U0ERIN}", ""), "auth0: expected people beside calendar"),
        ("okta: [", "isn't YAML"),
    ],
)
def test_what_is_wrong_is_told_by_its_place(tmp_path: Path, words: str, told: str) -> None:
    with pytest.raises(RotaError) as wrong:
        load_rotas(written(tmp_path, words))
    assert told in str(wrong.value)
    assert "\n" not in str(wrong.value)
