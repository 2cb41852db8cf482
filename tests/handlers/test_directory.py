"""Who people are, also while Slack is slow, silent, or without user groups."""

from collections.abc import Iterator
from itertools import count

import pytest
from slack_sdk import WebClient

from cases.people import Role
from handlers.directory import Directory, identify
from handlers.remembered import Unreachable
from tests.handlers.conftest import HandClock
from workspace.server import Workspace


def directory_in(slack: Workspace, clock: HandClock) -> Directory:
    client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    return Directory(client, identify(client), clock, ["S0ONCALL", "U0HANNA"], ["S0ONCALL", "U0MAX"], count().__next__)


@pytest.fixture
def directory(slack: Workspace, clock: HandClock) -> Directory:
    return directory_in(slack, clock)


@pytest.fixture
def poor(clock: HandClock) -> Iterator[Workspace]:
    """A workspace whose plan has no user groups."""
    with Workspace(clock=clock.now, without=["usergroups"]) as running:
        running.add_user("Hanna")
        yield running


def test_groups_and_people_of_the_settings_hold_their_roles(directory: Directory) -> None:
    assert directory.actor("U0ERIN", "T0HOST").roles == {Role.ENGINEER, Role.MANAGER}
    assert directory.actor("U0HANNA", "T0HOST").roles == {Role.ENGINEER}
    assert directory.actor("U0MAX", "T0HOST").roles == {Role.MANAGER}


def test_nobody_of_another_workspace_holds_a_role(directory: Directory) -> None:
    assert directory.actor("U0ERIN", "T0ACME").roles == frozenset()


def test_an_external_person_known_by_id_is_of_their_own_team(directory: Directory) -> None:
    dana = directory.actor_by_id("U0DANA")
    assert dana is not None
    assert (dana.person.team, dana.person.name, dana.is_support) == ("T0ACME", "Dana", False)


def test_bots_the_deleted_and_the_unknown_are_nobody(slack: Workspace, directory: Directory) -> None:
    slack.user("Bob").user.deleted = True
    assert [directory.actor_by_id(user) for user in ("U0BOT", "U0BOB", "U0GHOST", "")] == [None] * 4


def test_slack_is_asked_once_in_ten_minutes(slack: Workspace, clock: HandClock, directory: Directory) -> None:
    for _ in range(3):
        directory.actor_by_id("U0DANA")
    assert len(slack.calls("users.info")) == 1
    clock.advance(minutes=11)
    directory.actor_by_id("U0DANA")
    assert len(slack.calls("users.info")) == 2


def test_who_joins_the_group_holds_the_role_five_minutes_later(
    slack: Workspace, clock: HandClock, directory: Directory
) -> None:
    assert "U0BOB" not in directory.managers()
    slack.state.groups["S0ONCALL"].users.append("U0BOB")
    assert "U0BOB" not in directory.managers()
    clock.advance(minutes=5)
    assert "U0BOB" in directory.managers()


def test_the_last_answer_stands_while_slack_is_silent(slack: Workspace, clock: HandClock, directory: Directory) -> None:
    known = directory.managers()
    clock.advance(minutes=6)
    slack.faults.server_error("usergroups.users.list")
    assert directory.managers() == known
    assert directory.actor("U0ERIN", "T0HOST").is_support


def test_managers_named_one_by_one_are_told_though_slack_was_silent_from_the_start(
    slack: Workspace, directory: Directory
) -> None:
    slack.faults.drop("usergroups.users.list", taken=False)
    assert directory.managers() == ("U0MAX",)


def test_a_role_that_slack_cannot_tell_is_neither_given_nor_denied(slack: Workspace, directory: Directory) -> None:
    slack.faults.server_error("usergroups.users.list")
    with pytest.raises(Unreachable, match="try once more"):
        directory.actor("U0ERIN", "T0HOST")


def test_without_user_groups_people_still_hold_their_roles(poor: Workspace, clock: HandClock) -> None:
    directory = directory_in(poor, clock)
    assert directory.actor("U0HANNA", "T0HOST").roles == {Role.ENGINEER}
    assert directory.managers() == ("U0MAX",)


def test_the_on_call_group_is_mentioned_as_a_group(directory: Directory) -> None:
    assert directory.on_call() == "<!subteam^S0ONCALL> <@U0HANNA>"


def test_a_zone_is_the_persons_own_and_utc_where_slack_does_not_say(slack: Workspace, directory: Directory) -> None:
    assert directory.zone("U0ERIN") == "Asia/Jerusalem"
    slack.faults.server_error("users.info")
    assert directory.zone("U0FRANK") == "UTC"
