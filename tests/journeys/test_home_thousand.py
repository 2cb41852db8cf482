"""A thousand open cases on App Home: page after page each of them once, in order, and every reader's own alone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.case import State
from cases.case_parts import Commitment, Wait
from tests.builders import BOB, DANA, ENG, case
from tests.handlers.homes import button
from tests.journeys.conftest import MORNING
from tests.journeys.test_home import opened, there
from workspace.model import View
from workspace.stage import Stage

ERIN = replace(ENG, user="U0ERIN")
FREE, HERS, WAITING, BOLTS = 600, 150, 150, 100
MISSED = 30
"""Of those that are free: due before this morning; each of the others a minute after the one before."""
AT_RISK = 40
"""Two hours have gone by of each, so that three quarters have of those with forty minutes left at most."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("thousand"), MORNING) as running:
        fill(running)
        yield running


def fill(stage: Stage) -> None:
    """900 of Acme's, due in another order than their numbers', and 100 of Bolt's."""
    with stage.units() as uow:
        ids = {name: account.id for name in ("Acme", "Bolt") if (account := uow.accounts.by_name(name))}
        acme = replace(case(3, at=MORNING - timedelta(hours=2)), account=ids["Acme"])
        hers = replace(acme, state=State.CLAIMED, assignee=ERIN)
        promised = Commitment(DANA, BOB, DANA, MORNING)
        cases = [
            *(replace(acme, due_at=due(n), commitment=promised) for n in range(FREE)),
            *[hers] * HERS,
            *[replace(hers, state=State.WAITING, wait=Wait(MORNING, ERIN, "Which browser?"))] * WAITING,
            *[replace(acme, account=ids["Bolt"], account_name="Bolt", title="Bolt's trouble")] * BOLTS,
        ]
        assert len(cases) == 1_000
        assert [uow.cases.add(each, f"thousand-{n}").number for n, each in enumerate(cases, 1)] == [*range(1, 1_001)]


def due(n: int) -> datetime:
    place = n * 7 % FREE
    return MORNING + timedelta(minutes=place - MISSED + (place >= MISSED))


BY_DUE = [n + 1 for n in sorted(range(FREE), key=due)]
BOLTS_NUMBERS = [*range(1_001 - BOLTS, 1_001)]


def listed(view: View, heading: str) -> list[int]:
    """Numbers of the cases under this heading, in order."""
    found: list[int] = []
    inside = False
    for block in view.blocks:
        if block["type"] == "header":
            inside = block["text"]["text"].startswith(heading)
        elif inside and block["type"] == "section" and (case := re.search(r"C-(\d+)[*>]", block["text"]["text"])):
            found.append(int(case[1]))
    return found


def walked(stage: Stage, who: str, shelf: str, heading: str) -> Iterator[list[int]]:
    """Every page of a list, by Next until there is none."""
    opened(stage, who, heading)
    page, view = 0, there(stage, who, heading)
    while True:
        assert len(view.blocks) <= 100
        yield listed(view, heading)
        page += 1
        try:
            following = button(view, "home_next", f"{shelf}:{page}")
        except AssertionError:
            return
        stage.person(who).press(view, following)
        view = stage.slack.wait_until(lambda: on_page(stage, who, f"{shelf}:{page}"))  # noqa: B023


def on_page(stage: Stage, who: str, page: str) -> View | None:
    home = stage.slack.home(who)
    return home if home and page in str(home.body["private_metadata"]).split() else None


def test_an_engineer_turns_through_all_that_nobody_has_by_time_left(stage: Stage) -> None:
    pages = list(walked(stage, "Erin", "unclaimed", "Unclaimed, by time left (700)"))
    assert {len(page) for page in pages[:-1]} == {24}
    turned = [number for page in pages for number in page]
    assert len(turned) == len(set(turned)) == FREE + BOLTS
    assert [number for number in turned if number <= FREE] == BY_DUE
    assert [number for number in turned if number > FREE] == BOLTS_NUMBERS


def test_her_own_and_what_waits_are_counted_beside_it(stage: Stage) -> None:
    opened(stage, "Erin", f"Mine ({HERS + WAITING})", f"Waiting on a customer ({WAITING})")


def test_a_manager_sees_what_is_at_risk_what_was_missed_and_who_has_how_much(stage: Stage) -> None:
    wanted = (f"At risk now ({AT_RISK})", f"Breached ({MISSED})", f"24x7 promises not confirmed ({FREE})")
    seen = opened(stage, "Max", *wanted)
    assert f"• <@U0ERIN>: {HERS} in work, {WAITING} waiting on customers" in seen
    assert [n for page in walked(stage, "Max", "at-risk", "At risk now") for n in page] == BY_DUE[MISSED:][:AT_RISK]
    assert {n for page in walked(stage, "Max", "breached", "Breached") for n in page} == set(BY_DUE[:MISSED])


def test_a_customer_turns_through_their_own_and_meets_no_other(stage: Stage) -> None:
    pages = list(walked(stage, "Boris", "our-turn", f"With us ({BOLTS})"))
    assert [number for page in pages for number in page] == BOLTS_NUMBERS
    acme = opened(stage, "Dana", f"Waiting for a word of yours ({WAITING})", f"With us ({FREE + HERS})")
    assert "Bolt" not in acme


def test_slack_takes_every_page(stage: Stage) -> None:
    opened(stage, "Max", "At risk now")
    assert {call.error for call in stage.slack.calls("views.publish")} <= {None, "hash_conflict"}
