"""Somebody is erased while the bot runs: their case's cards and the copies of their words are shown without them."""

from pathlib import Path

from typer.testing import CliRunner

from bot.cli import app
from tests.journeys.acting import open_p1
from tests.journeys.trying import shown
from workspace.acting import card, said
from workspace.scenes.working import claim, helps, resolve
from workspace.stage import Stage

SECRET = "my own password is hunter2"


def test_a_person_goes_and_slack_shows_it(stage: Stage, tmp_path: Path) -> None:
    open_p1(stage)
    stage.person("Dana").post("C0ACME", SECRET, card(stage, "C0ACME").ts)
    stage.quiet()
    claim(stage, stage.person("Erin"), 1)

    def erase() -> str:
        of = ["erase", "--person", "U0DANA", "--yes", "--database-url", stage.database_url]
        done = CliRunner().invoke(app, of, env={"COLUMNS": "80"})
        assert isinstance(done.exception, SystemExit | None), repr(done.exception)
        return done.output

    assert "C-1 not closed yet" in erase()
    resolve(stage, stage.person("Erin"), 1, "The certificate had expired.")
    helps(stage, stage.person("Bob"), "C0ACME", 1)
    stage.move(days=8)
    assert said(stage, "C0TRIAGE", SECRET)

    assert "U0DANA is person-" in erase()
    stage.slack.wait_until(lambda: "person-" in shown(card(stage, "C0TRIAGE")), 30)
    stage.slack.wait_until(lambda: not said(stage, "C0TRIAGE", SECRET), 30)
    for channel in ("C0ACME", "C0TRIAGE"):
        assert "Nobody can sign in" not in shown(card(stage, channel))
    at = [str(tmp_path / "copy.db"), "--database-url", stage.database_url, "--force"]
    assert CliRunner().invoke(app, ["backup", *at]).exit_code == 0
    refused = CliRunner().invoke(app, ["restore", *at], env={"COLUMNS": "80"})
    assert (refused.exit_code, "stop the bot first" in " ".join(refused.output.split())) == (1, True)
