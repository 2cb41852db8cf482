"""What the doctor says of set-ups that are broken, each in one way, against the local Slack and real databases."""

import json
import subprocess
from dataclasses import replace

import pytest
from sqlalchemy import make_url

from bot.diagnosis import Level
from bot.doctor_slack import NEEDED
from tests.journeys.doctor_breaks import ALSO, BROKEN, broken_policy, clock_a_little_behind, wrong_token
from tests.journeys.doctor_file_breaks import PASSWORD
from tests.journeys.doctor_setups import Break, Setup, database, setup
from tests.journeys.test_stand_in import CASECLOCK
from tests.storage import postgres
from workspace.manifest import manifest

__all__ = ["database", "setup"]


@pytest.mark.parametrize("how", BROKEN, ids=lambda how: how.__name__)
def test_each_break_is_named_and_nothing_else(setup: Setup, how: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    how(setup)
    what, level, said, to_do = BROKEN[how]
    troubles = [each for each in setup.findings(monkeypatch) if each.level is not Level.OK]
    found = next((each for each in troubles if each.what == what), None)
    assert found is not None, troubles
    assert (found.level, said in found.said, to_do in found.to_do) == (level, True, True), found
    assert {each.what for each in troubles} - ALSO.get(how, set()) <= {what}, troubles
    secrets = (
        setup.settings.get("SLACK_APP_TOKEN", "-none-"),
        setup.settings["SLACK_BOT_TOKEN"],
        "Token4711",
        PASSWORD,
    )
    assert not [each for each in troubles if any(secret in str(each) for secret in secrets)]


def test_of_a_set_up_that_works_every_line_is_well(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    found = setup.findings(monkeypatch)
    assert {each.level for each in found} == {Level.OK}, found
    assert {"bot token", "scopes", "socket", "clock", "channels", "database", "policies", "disk"} <= {
        each.what for each in found
    }


def test_a_broken_policy_is_named_by_its_file_and_line(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_policy(setup)
    lines = (setup.folder / "policies" / "oko.yml").read_text().splitlines()
    (found,) = [each for each in setup.findings(monkeypatch) if each.what == "policies"]
    assert found.said.startswith(f"oko.yml:{lines.index('plan: wrong') + 1}: plan: ")


@pytest.mark.postgresql
def test_a_postgresql_that_takes_nothing_is_named(
    setup: Setup, postgres_url: str, postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = make_url(postgres_database).database
    postgres.administer(postgres_url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    setup.settings["DATABASE_URL"] = postgres_database
    (found,) = [each for each in setup.findings(monkeypatch) if each.what == "database"]
    assert (found.level, found.said) == (Level.ERROR, "it can be read, but not written")


def test_scopes_that_nothing_needs_are_named_too(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    home = replace(setup.slack.app, scopes=manifest().scopes | {"admin"})
    setup.slack.app = setup.slack.world.app = setup.slack.installations.home = home
    (found,) = [each for each in setup.findings(monkeypatch) if each.what == "scopes"]
    assert (found.level, found.said) == (Level.WARNING, "nothing needs admin")


def test_the_doctor_knows_the_scopes_of_the_manifest_and_no_others() -> None:
    assert NEEDED.keys() == manifest().scopes


def test_the_doctor_opens_no_socket_since_events_would_come_to_it(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.findings(monkeypatch)
    assert setup.slack.hub.connections == []
    assert setup.slack.calls("chat.postMessage") == []


@pytest.mark.parametrize(("how", "exit_code"), [(None, 0), (clock_a_little_behind, 0), (wrong_token, 1)])
def test_the_command_prints_what_to_do_and_fails_for_errors_alone(
    setup: Setup, how: Break | None, exit_code: int
) -> None:
    if how is not None:
        how(setup)
    env = {**setup.settings, "PATH": "/usr/bin:/bin", "PYTHONTZPATH": "", "COLUMNS": "80"}
    told = subprocess.run([CASECLOCK, "doctor", "--json"], env=env, cwd=setup.folder, capture_output=True, text=True)
    assert told.stderr == ""
    assert told.returncode == exit_code
    findings = json.loads(told.stdout)["findings"]
    wrong = {each["what"] for each in findings if each["level"] != "ok"} - {"disk"}
    assert wrong == ({BROKEN[how][0]} if how else set())
