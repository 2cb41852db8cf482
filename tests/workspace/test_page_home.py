"""The tab Home of the page: what the bot drew for its viewer, and for whom Slack has no such tab."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import MORNING
from workspace.house import House
from workspace.page.look import Look
from workspace.page.looking import direct
from workspace.page.page import Page
from workspace.page.story import Story


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    with House(folder, MORNING) as running:
        running.wait_until_up()
        yield running


def tab(house: House, viewer: str) -> str:
    """What stands under Home for this person now, as HTML."""
    look = Look(viewer, direct(house.slack, viewer).id, tab="home")
    page = Page(house, Story("A morning", "Nothing yet."), "secret").html(look)
    return page.partition('<div id="home"')[2]


def test_an_engineer_finds_their_home_once_it_is_opened(house: House) -> None:
    assert "hasn't drawn a Home for Erin yet" in tab(house, "U0ERIN")
    house.slack.user("Erin").open_home()
    house.slack.wait_until(lambda: house.slack.home("Erin"))
    drawn = tab(house, "U0ERIN")
    assert "every case has somebody" in drawn
    assert "installed Caseclock" not in drawn


def test_a_customer_is_told_when_slack_would_show_theirs(house: House) -> None:
    house.slack.user("Dana").open_home()
    house.slack.wait_until(lambda: house.slack.home("Dana"))
    drawn = tab(house, "U0DANA")
    assert "Dana has this tab once Acme has installed Caseclock too" in drawn
    assert "no case is open" in drawn
