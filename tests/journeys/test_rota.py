"""Who is on duty is called, not everybody; and who comes on duty reads once what is open, whose, and due when."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.operated import OperatedStage, told
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.test_claiming import assignee
from tests.outside.waiting import until
from workspace.acting import card, said, words
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


class EditedStage(OperatedStage):
    """With operators, and a rota that they edit."""

    def __init__(self, folder: Path, rota: Path) -> None:
        super().__init__(folder, MORNING)
        self.rota = rota
        self.more_settings["rota_file"] = rota

    def edit(self, old: str, new: str, *expected: str) -> str:
        """As by SIGHUP; what the operators then read."""
        self.rota.write_text(self.rota.read_text().replace(old, new))
        self.bot.operating.reload()
        (said,) = self.slack.wait_until(lambda: told(self, *expected))
        self.quiet()
        return words(said)


def test_an_edited_rota_is_in_force_without_a_restart_and_one_that_is_wrong_changes_nothing(
    tmp_path: Path, rota: Path
) -> None:
    with EditedStage(tmp_path, rota) as stage:
        open_p1(stage)
        stage.move(minutes=1)
        wrong = stage.edit("[U0FRANK]", "[frank]", "ROTA_FILE was changed, and can't be used so")
        assert "rota.yml: okta.shifts.1.people.0: expected an id of Slack's such as U0ERIN" in wrong
        assert str(tmp_path) not in wrong
        stage.edit("[frank]", "[U0FRANK]", "ROTA_FILE is right again, or as it was")
        assert told(stage, "was read anew") == [], "it is as it was"
        assert "changed: okta" in stage.edit("[U0FRANK]", "[U0MAX]", "ROTA_FILE was read anew")
        stage.move(minutes=44)
        rung = words(only(said(stage, "C0TRIAGE", "Three quarters")))
        assert "<@U0MAX>" in rung
        assert "<@U0FRANK>" not in rung
        wrong = stage.edit("okta:", "okto:", "ROTA_FILE was changed, and can't be used so", "okto")
        assert "there is no programme okto; there are auth0, oko, okta" in wrong


def test_a_calendar_in_place_of_shifts_is_read_at_once_and_its_trouble_ends_with_it(tmp_path: Path, rota: Path) -> None:
    with EditedStage(tmp_path, rota) as stage:
        before = rota.read_text()
        stage.edit(before, "okta: {calendar: gone.ics, people: {erin: U0ERIN}}", "changed: okta")
        stage.bot.wake()
        stage.slack.wait_until(lambda: told(stage, "The rota of", "can't be read"))
        stage.edit(rota.read_text(), "oko: {group: S0CALL}", "gone: okta, whose rungs call the whole on-call group")
        stage.bot.wake()
        stage.slack.wait_until(lambda: told(stage, "The rota of", "can be read again"))


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


@pytest.fixture
def grouped(stage: Stage, rota: Path) -> Stage:
    """Okta's rota is a group of Slack's, with Frank in it."""
    stage.stop_bot()
    stage.slack.add_user_group("night", ["U0FRANK"], "S0NIGHT")
    rota.write_text("okta: {group: S0NIGHT}")
    stage.start_bot()
    open_p1(stage)
    return stage


def regroup(stage: Stage, group: str, *users: str) -> None:
    stage.slack.administration.regroup(stage.slack.state.groups[group], users)
    stage.quiet()


def test_where_the_rota_is_a_group_of_slacks_a_rung_mentions_that_group(grouped: Stage) -> None:
    grouped.move(minutes=45)
    rung = words(only(said(grouped, "C0TRIAGE", "Three quarters")))
    assert "<!subteam^S0NIGHT>" in rung
    assert "S0CALL" not in rung


def test_others_in_the_group_read_what_is_open(grouped: Stage) -> None:
    grouped.move(minutes=40)
    regroup(grouped, "S0NIGHT", "U0ERIN", "U0MAX")
    told = words(only(said(grouped, "C0TRIAGE", "Change of shift")))
    assert "from <@U0FRANK> to <@U0ERIN> and <@U0MAX>." in told
    assert "1 case is open" in told
    assert "20 min left" in told
    regroup(grouped, "S0NIGHT", "U0MAX", "U0ERIN")
    regroup(grouped, "S0CALL", "U0ERIN")
    only(said(grouped, "C0TRIAGE", "Change of shift"))


def test_a_change_that_slack_tells_without_its_time_began_as_it_was_heard_of(grouped: Stage) -> None:
    grouped.move(minutes=40)
    change = {"type": "subteam_members_changed", "subteam_id": "S0NIGHT", "removed_users": ["U0ERIN"]}
    grouped.slack.world.publish("subteam_members_changed", None, change)
    grouped.quiet()
    assert "from <@U0FRANK> and <@U0ERIN> to <@U0FRANK>." in words(only(said(grouped, "C0TRIAGE", "Change of shift")))


def test_a_change_of_the_group_that_is_heard_of_hours_later_is_told_no_more(grouped: Stage) -> None:
    said_at = f"{grouped.clock.now().timestamp():.6f}"
    grouped.move(minutes=61)
    late = {"type": "subteam_members_changed", "subteam_id": "S0NIGHT", "removed_users": ["U0ERIN"]}
    grouped.slack.world.publish("subteam_members_changed", None, late | {"event_ts": said_at})
    grouped.quiet()
    assert said(grouped, "C0TRIAGE", "Change of shift") == []


def test_whoever_comes_into_supports_own_group_is_support_at_once(stage: Stage) -> None:
    stage.slack.add_user("Gina")
    stage.slack.channel("C0TRIAGE").members.append("U0GINA")
    open_p1(stage)
    regroup(stage, "S0CALL", "U0ERIN", "U0GINA")
    stage.person("Gina").react(card(stage, "C0TRIAGE"), "eyes")
    stage.quiet()
    assert assignee(stage) == "U0GINA"
