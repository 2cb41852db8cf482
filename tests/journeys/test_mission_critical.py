"""Mission Critical Support: the engineer is assigned what a named contact opens, and silences no alarm by that."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from cases.case import State
from tests.journeys.acting import only
from tests.journeys.conftest import MORNING
from tests.journeys.dedicated import DedicatedStage, open_case, typed
from tests.journeys.test_away import seems_away
from workspace.acting import answer, card, form_of, offers, press_pinned, said, words
from workspace.stage import Stage

HERS = "this is yours to begin"
EVERYBODY = "open to the whole team now"
WITH_ERIN = "<@U0ERIN>, your Mission Critical Support Engineer, who has not begun yet"
NOT_FREE = "isn't free for"
ALARM = "Three quarters"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with DedicatedStage(tmp_path, MORNING) as running:
        yield running


def dm(stage: Stage, who: str, *wanted: str) -> list[str]:
    """Direct messages that contain all of these words."""
    return [text for text in map(words, stage.slack.dm(who)) if all(word in text for word in wanted)]


def assigned_to(stage: Stage, number: int = 1) -> str | None:
    with stage.units() as uow:
        case = uow.cases.get(number)
        assert case.assigned is None or (case.assignee is None and case.state is State.OPEN)
        return case.assigned.person if case.assigned else None


def test_a_named_contacts_case_is_the_engineers_and_both_sides_read_so(stage: Stage) -> None:
    open_case(stage)
    assert WITH_ERIN in words(card(stage, "C0ACME"))
    assert "<@U0ERIN>, who has not begun yet" in words(card(stage, "C0TRIAGE"))
    assert offers(card(stage, "C0TRIAGE"), "Claim")
    only(said(stage, "C0TRIAGE", "<@U0ERIN>", HERS))
    assert len(dm(stage, "Erin", HERS, "Claim")) == 1


def test_assigned_is_no_answer_the_clock_runs_until_she_claims(stage: Stage) -> None:
    open_case(stage)
    stage.move_to(MORNING + timedelta(minutes=60))
    half = words(only(said(stage, "C0TRIAGE", "Half of the time")))
    assert "<@U0ERIN>, who has not begun yet" in half
    stage.person("Erin").press(only([m for m in stage.slack.dm("Erin") if HERS in words(m)]), "Claim")
    stage.quiet()

    assert "is working on it" in words(card(stage, "C0ACME"))
    assert not dm(stage, "Erin", HERS)
    stage.move_to(MORNING + timedelta(hours=2))
    assert said(stage, "C0TRIAGE", ALARM) == []
    with stage.units() as uow:
        case = uow.cases.get(1)
    assert case.response is not None
    assert case.response.at == MORNING + timedelta(minutes=60)
    assert case.assignee is not None
    assert case.assignee.user == "U0ERIN"


def test_her_message_to_the_customer_is_the_answer_and_the_case_is_hers(stage: Stage) -> None:
    open_case(stage)
    stage.move_to(MORNING + timedelta(minutes=10))
    stage.person("Erin").post("C0ACME", "Good morning, I'm looking at it.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    with stage.units() as uow:
        case = uow.cases.get(1)
    assert case.state is State.CLAIMED
    assert case.assignee is not None
    assert case.assignee.user == "U0ERIN"
    stage.move_to(MORNING + timedelta(hours=2))
    assert said(stage, "C0TRIAGE", ALARM) == []
    assert dm(stage, "Erin", EVERYBODY) == []


def test_anybody_may_claim_before_her(stage: Stage) -> None:
    open_case(stage)
    stage.person("Frank").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    assert assigned_to(stage) is None
    assert "<@U0FRANK> is working on it" in words(card(stage, "C0ACME"))
    assert len(dm(stage, "Erin", "<@U0FRANK> has it now")) == 1
    stage.move_to(MORNING + timedelta(hours=10))
    assert dm(stage, "Erin", EVERYBODY) == []


def test_at_three_quarters_without_her_answer_it_is_everybodys_told_to_both_once(stage: Stage) -> None:
    open_case(stage)
    stage.move_to(MORNING + timedelta(minutes=89))
    assert assigned_to(stage) == "U0ERIN"
    stage.move_to(MORNING + timedelta(minutes=90))

    assert assigned_to(stage) is None
    alarm = words(only(said(stage, "C0TRIAGE", ALARM)))
    assert "<!subteam^S0CALL>" in alarm
    assert "nobody yet" in alarm
    stage.move_to(MORNING + timedelta(minutes=130))
    assert len(dm(stage, "Erin", EVERYBODY)) == 1
    only(said(stage, "C0TRIAGE", "open to everybody now", "three quarters"))
    only(said(stage, "C0ACME", NOT_FREE, "C-1"))
    assert WITH_ERIN not in words(card(stage, "C0ACME"))


def test_a_bot_that_was_down_at_three_quarters_tells_it_once_when_it_is_back(stage: Stage) -> None:
    open_case(stage)
    stage.stop_bot()
    stage.move_to(MORNING + timedelta(minutes=125))
    stage.start_bot()
    assert len(dm(stage, "Erin", EVERYBODY)) == 1
    only(said(stage, "C0TRIAGE", "The time promised is over"))
    assert assigned_to(stage) is None


def test_what_others_open_is_never_assigned_and_nothing_is_said(stage: Stage) -> None:
    with stage.units() as uow:
        acme = uow.accounts.by_name("Acme")
    assert acme is not None
    assert acme.add_ons[0].contacts == ("U0DANA",)
    open_case(stage, "Bob")
    assert assigned_to(stage) is None
    assert "Mission Critical" not in words(card(stage, "C0ACME")) + words(card(stage, "C0TRIAGE"))
    assert not dm(stage, "Erin", "C-1")


def test_opened_by_support_from_a_named_contacts_message_it_is_hers_too(stage: Stage) -> None:
    frank = stage.person("Frank")
    written = stage.person("Dana").post("C0ACME", "The console is slow since noon")
    frank.shortcut("open_case", written)
    form = stage.slack.wait_until(lambda: stage.slack.view_for(frank))
    frank.fill(form, {"Title": "Console slow", "What happens?": "Since noon."})
    answer(stage, frank, "Which product?", "Okta Service")
    answer(stage, frank, "Which of your business resources can you still reach?", "Almost all")
    frank.submit(form_of(stage, frank))
    stage.quiet()
    assert assigned_to(stage) == "U0ERIN"


def test_at_the_end_of_her_day_an_unbegun_case_is_everybodys(stage: Stage) -> None:
    stage.move_to(MORNING + timedelta(hours=8))
    open_case(stage)
    stage.move_to(MORNING + timedelta(hours=8, minutes=59))
    assert assigned_to(stage) == "U0ERIN"
    stage.move_to(MORNING + timedelta(hours=9))
    assert assigned_to(stage) is None
    assert len(dm(stage, "Erin", EVERYBODY, "your day is over")) == 1
    only(said(stage, "C0ACME", NOT_FREE))
    assert said(stage, "C0TRIAGE", ALARM) == []


def test_on_a_holiday_or_weekend_the_team_has_it_and_the_card_says_until_when(stage: Stage) -> None:
    stage.move_to(MORNING + timedelta(days=1))
    open_case(stage)
    assert assigned_to(stage) is None
    monday = int(datetime(2026, 7, 6, 13, 0, tzinfo=UTC).timestamp())
    for channel, whose in (("C0ACME", "Your"), ("C0TRIAGE", "The customer's")):
        shown = words(card(stage, channel))
        assert f"{whose} Mission Critical Support Engineer is back <!date^{monday}^" in shown
    assert len(dm(stage, "Erin", "C-1", EVERYBODY, "you are off", "Nothing more is asked of you")) == 1
    assert said(stage, "C0TRIAGE", "<@U0ERIN>", "open to everybody") == [], "the card there says it"
    stage.person("Frank").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    assert len(dm(stage, "Erin", "<@U0FRANK> has it now")) == 1


def test_away_she_is_not_assigned_and_what_she_has_not_begun_goes_at_once(stage: Stage) -> None:
    open_case(stage)
    typed(stage, "away for 2h")
    assert assigned_to(stage) is None
    assert len(dm(stage, "Erin", EVERYBODY, "you are away")) == 1
    only(said(stage, "C0TRIAGE", "open to everybody now", "they are away"))
    only(said(stage, "C0ACME", NOT_FREE))

    open_case(stage)
    back = int((MORNING + timedelta(hours=2)).timestamp())
    assert assigned_to(stage, 2) is None
    assert f"Your Mission Critical Support Engineer is back <!date^{back}^" in words(card(stage, "C0ACME", 2))
    assert len(dm(stage, "Erin", "C-2", EVERYBODY, "you are away")) == 1
    typed(stage, "away back")
    open_case(stage)
    assert assigned_to(stage, 3) == "U0ERIN"


def test_whom_slack_shows_as_away_is_not_assigned_either(stage: Stage) -> None:
    seems_away(stage, "Erin")
    open_case(stage)
    assert assigned_to(stage) is None
    assert not dm(stage, "Erin", HERS)
    assert "Your Mission Critical Support Engineer is not there at the moment" in words(card(stage, "C0ACME"))


def test_two_customers_in_one_channel_the_others_people_never_get_her_nor_read_of_her(stage: Stage) -> None:
    boris = stage.person("Boris")
    form = press_pinned(stage, boris, "C0BOTH")
    boris.fill(form, {"Title": "Logins fail", "What happens?": "Some of them.", "open:tenant": "bolt"})
    answer(stage, boris, "open:production", "yes")
    form = form_of(stage, boris)
    question = next(b for b in form.blocks if str(b.get("block_id", "")).startswith("open:answers"))
    option = question["element"]["options"][0]["value"]
    boris.choose(form, str(question["block_id"]), option)
    stage.quiet()
    boris.submit(form_of(stage, boris))
    stage.quiet()
    assert assigned_to(stage) is None
    assert "U0ERIN" not in words(card(stage, "C0BOTH"))
    assert "Mission Critical" not in words(card(stage, "C0BOTH"))
    open_case(stage, channel="C0BOTH")
    assert assigned_to(stage, 2) == "U0ERIN"
    assert "U0ERIN" not in "".join(words(m) for m in stage.slack.ephemerals(boris))
    boris.press(stage.slack.messages("C0BOTH")[0], "Your plan")
    stage.quiet()
    assert "Mission Critical" not in "".join(words(m) for m in stage.slack.ephemerals(boris))


def test_home_shows_it_as_hers_and_as_nobodys_yet(stage: Stage) -> None:
    open_case(stage)
    with stage.units() as uow:
        (standing,) = uow.cases.standings({State.OPEN})
    assert (standing.assigned, standing.assignee) == ("U0ERIN", None)
    for who, mine in (("Erin", "Mine (1)"), ("Frank", "*Mine*: nothing")):
        stage.person(who).open_home()
        home = stage.slack.wait_until(partial(stage.slack.home, who))
        assert mine in str(home.blocks)
        assert "Unclaimed, by time left (1)" in str(home.blocks)
