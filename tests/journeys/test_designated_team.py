"""Auth0 Premier's designated team: the rung mentions the region whose day it is when it is told."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journeys.acting import only
from tests.journeys.premier import PremierStage, open_case
from tests.journeys.trying import shown, told
from workspace.acting import card, press_newest, said
from workspace.stage import Stage

LONDON = datetime(2026, 7, 2, 15, 40, tzinfo=UTC)
"""16:40 in London; 08:40 in Los Angeles, whose day begins at 16:00 UTC."""
SINGAPORE = datetime(2026, 7, 2, 4, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)
ON_CALL, EMEA, AMERICAS = "<!subteam^S0CALL>", "<!subteam^S0EMEA>", "<!subteam^S0AMERICAS>"
THREE_QUARTERS, OVER = "Three quarters", "The time promised is over"


@pytest.fixture
def premier(tmp_path: Path) -> Iterator[PremierStage]:
    with PremierStage(tmp_path, LONDON) as running:
        yield running


def at(tmp_path: Path, now: datetime) -> PremierStage:
    return PremierStage(tmp_path, now)


def test_the_rung_mentions_the_region_whose_day_it_is_and_goes_on_naming_it(premier: PremierStage) -> None:
    open_case(premier, "Nobody can log in")
    premier.move(minutes=15)
    assert "<!subteam" not in shown(only(said(premier, "C0TRIAGE", "Half of the time"))), "it mentions nobody"

    premier.move_to(datetime(2026, 7, 2, 16, 2, 30, tzinfo=UTC))
    rung = only(said(premier, "C0TRIAGE", THREE_QUARTERS))
    assert AMERICAS in shown(rung), "16:00 UTC is nine in Los Angeles, whose day began last"
    assert "At work now: *Americas*" in shown(rung)
    assert EMEA not in shown(rung)
    assert ON_CALL not in shown(rung)

    premier.move_to(datetime(2026, 7, 3, 10, 0, tzinfo=UTC))
    repeats = said(premier, "C0TRIAGE", "Still nobody has answered")
    assert EMEA in shown(repeats[-1]), "the next morning in London it is told to them"
    assert AMERICAS in shown(rung), "and what was told the evening before names whom it asked"


def test_where_nobody_is_set_for_the_region_it_is_named_and_the_on_call_group_mentioned(tmp_path: Path) -> None:
    with at(tmp_path, SINGAPORE) as stage:
        open_case(stage, "Nobody can log in")
        stage.move(minutes=23)
        rung = shown(only(said(stage, "C0TRIAGE", THREE_QUARTERS)))
        assert ON_CALL in rung
        assert "At work now: *APAC*" in rung


def test_on_a_saturday_the_region_is_named_whose_day_begins_next(tmp_path: Path) -> None:
    with at(tmp_path, SATURDAY) as stage:
        open_case(stage, "Nobody can log in")
        stage.move(minutes=30)
        assert "next at work: *APAC*" in shown(only(said(stage, "C0TRIAGE", OVER)))


def test_a_case_whose_claim_lapsed_is_told_to_the_region_too(premier: PremierStage) -> None:
    open_case(premier, "Nobody can log in")
    press_newest(premier, premier.person("Erin"), "C0TRIAGE", 1, "Claim")
    premier.move(minutes=31)
    back = only(said(premier, "C0TRIAGE", "Back in the queue"))
    assert AMERICAS in shown(back)
    assert "At work now" in shown(back)


def test_card_and_status_name_the_team_and_another_plans_case_names_none(premier: PremierStage) -> None:
    open_case(premier, "Nobody can log in")
    team = "Designated team: EMEA · APAC · Americas"
    assert team in shown(card(premier, "C0TRIAGE"))
    carla = premier.person("Carla")
    status = told(premier, carla, lambda: carla.press(card(premier, "C0CEDAR"), "Status"))
    assert team in status
    assert status.endswith("EMEA.")
    asked = told(premier, carla, lambda: carla.press(premier.slack.messages("C0CEDAR")[0], "Your plan"))
    assert "Americas: Mon–Fri 09:00–18:00 in Los Angeles time" in asked.replace("*", "")

    open_case(premier, "Bolt is down too", "C0BOLT", "Boris")
    premier.move(minutes=23)
    assert "Designated team" not in shown(card(premier, "C0TRIAGE", 2))
    assert ON_CALL in shown(said(premier, "C0TRIAGE", THREE_QUARTERS, "Bolt is down")[0])


def test_the_team_is_part_of_the_promise(premier: PremierStage) -> None:
    open_case(premier, "Nobody can log in")
    stored: Stage = premier
    with stored.units() as uow:
        assert [region.label for region in uow.cases.get(1).promise.team] == ["EMEA", "APAC", "Americas"]
