"""Many clocks come due at once: one message with a row each instead of a message each, and every row still works."""

import re
from collections import Counter
from datetime import timedelta

from storage.unsent import unsent
from tests.faults.books import Books
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.storming import HALF_AN_HOUR, TOGETHER, claim_row, digests, open_together, owe, row_of, rows, text
from workspace.acting import card, said, words
from workspace.stage import Stage

ON_CALL = "<!subteam^S0CALL>"
HALF, THREE_QUARTERS = "Half of the time", "Three quarters"


def rungs(stand: Counter[str], share: int) -> dict[str, int]:
    """How often each case's rung stands in triage, by the key's beginning."""
    return {key: times for key, times in stand.items() if key.startswith("case:") and f":{share}:0:triage" in key}


def test_five_at_once_are_five_messages(stage: Stage) -> None:
    open_together(stage, 5)
    stage.move_to(MORNING + HALF_AN_HOUR)
    assert len(said(stage, "C0TRIAGE", HALF)) == 5
    assert digests(stage) == []


def test_six_at_once_are_one_message_that_says_why_and_calls_once(stage: Stage) -> None:
    open_together(stage, 6)
    stage.move_to(MORNING + timedelta(minutes=45))
    half, three_quarters = digests(stage)

    assert said(stage, "C0TRIAGE", HALF) == []
    assert [("*50 % of the time gone*" in text(row)) for row in rows(half)] == [True] * 6
    assert "6 of 6 still ask for somebody, the most urgent first" in words(half)
    assert "One message instead of 6, since more than five were due here at once" in words(half)
    assert ON_CALL not in words(half)
    assert text(three_quarters.blocks[0]).count(ON_CALL) == 1
    assert str(three_quarters.blocks).count(ON_CALL) == 1
    for number in range(1, 7):
        row = text(row_of([three_quarters], number))
        assert f"/archives/C0TRIAGE/p{card(stage, 'C0TRIAGE', number).ts.replace('.', '')}|C-{number}>" in row
        assert f"Branch {number} can't sign in" in row
        assert "*75 % of the time gone* · Priority 1 · \u2068Acme\u2069" in row
        assert "*15 min left*" in row
        assert "nobody yet" in row
    stand = Books(stage.slack, stage._engine).balance()
    assert rungs(stand, 75) == {f"case:{n}:rung:1:75:0:triage:C0TRIAGE": 1 for n in range(1, 7)}


def test_a_claim_in_a_digest_takes_the_case_and_shows_it_on_every_page_that_has_it(stage: Stage) -> None:
    open_together(stage, 7)
    stage.move_to(MORNING + timedelta(minutes=45))
    claim_row(stage, "Erin", 3)

    with stage.units() as uow:
        claimed, other = uow.cases.get(3), uow.cases.get(4)
    assert claimed.assignee is not None
    assert claimed.assignee.user == "U0ERIN"
    assert other.assignee is None
    only(said(stage, "C0ACME", "<@U0ERIN> has begun work", "C-3"))
    for page in digests(stage):
        row = row_of([page], 3)
        assert "Claimed in the meantime: <@U0ERIN> is on it." in text(row)
        assert "accessory" not in row
        assert "6 of 7 still ask for somebody" in words(page)
        assert [number for number in range(1, 8) if "accessory" in row_of([page], number)] == [1, 2, 4, 5, 6, 7]
    Books(stage.slack, stage._engine).balance()


def test_the_ladder_goes_on_for_those_that_nobody_took_and_managers_get_digests_too(stage: Stage) -> None:
    open_together(stage, 7)
    stage.move_to(MORNING + timedelta(minutes=46))
    claim_row(stage, "Erin", 1)
    stage.move_to(MORNING + timedelta(minutes=60))

    managers = digests(stage, "C0MANAGERS")
    assert [len(rows(page)) for page in managers] == [6, 6], "90 %, and the breach"
    assert "C-1>*" not in str(managers)
    (breach,) = digests(stage)[2:]
    assert "nobody has answered" in text(row_of([breach], 2))
    max_hears = [message for message in stage.slack.dm("Max") if TOGETHER in message.text]
    assert [len(rows(page)) for page in max_hears] == [6, 6]
    Books(stage.slack, stage._engine).balance()


def test_a_hundred_and_twenty_at_once_are_pages_that_slack_takes_the_most_urgent_first(stage: Stage) -> None:
    owe(stage, 120)
    pages = digests(stage)
    assert said(stage, "C0TRIAGE") == pages
    assert [len(rows(page)) for page in pages] == [15] * 8
    assert [f"page {n} of 8" in words(page) for n, page in enumerate(pages, 1)] == [True] * 8
    assert [ON_CALL in words(page) for page in pages] == [True, *[False] * 7]
    shown = [re.search(r"No\. (\d+)\b", text(row)) for page in pages for row in rows(page)]
    assert [int(found[1]) for found in shown if found] == list(range(120)), "whose deadline came first stands first"
    assert len(rungs(Books(stage.slack, stage._engine).balance(), 100)) == 120


def test_who_claims_before_it_is_sent_is_shown_so(stage: Stage) -> None:
    open_together(stage, 7)
    stage.slack.faults.rate_limit("chat.postMessage", 5, channel="C0TRIAGE")
    stage.clock.move_to(MORNING + HALF_AN_HOUR)
    stage.wake()
    stage.slack.wait_until(lambda: any(say.error for say in unsent(stage._engine)))
    stage.person("Erin").react(card(stage, "C0TRIAGE", 2), "eyes")
    stage.move(seconds=6)

    page = only(digests(stage))
    assert "6 of 7 still ask for somebody" in words(page)
    assert "Claimed in the meantime: <@U0ERIN>" in text(row_of([page], 2))
    Books(stage.slack, stage._engine).balance()


def test_a_reaction_on_a_digest_claims_nothing_and_says_what_does(stage: Stage) -> None:
    open_together(stage, 6)
    stage.move_to(MORNING + HALF_AN_HOUR)
    stage.person("Erin").react(only(digests(stage)), "eyes")
    stage.quiet()
    (whisper,) = stage.slack.ephemerals("Erin")
    assert "*Claim* beside one of them" in whisper.text
    with stage.units() as uow:
        assert all(case.assignee is None for case in uow.cases.listing())


def test_a_single_case_is_told_as_ever(stage: Stage) -> None:
    open_p1(stage)
    stage.move(minutes=60)
    assert digests(stage) == []
    assert [len(said(stage, "C0TRIAGE", what)) for what in (HALF, THREE_QUARTERS)] == [1, 1]
