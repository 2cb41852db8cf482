"""A claim is a lease: whoever is silent is asked, then the case goes back, and no alarm is silenced by an assignee."""

from datetime import timedelta

from cases.case import Case, State
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, offers, press_newest, said, words
from workspace.model import Message
from workspace.stage import Stage

QUESTION, BACK, NOBODY = "are you still on", "Back in the queue", "Still nobody has it"
HALF, LATE = "Half of the time", "Told late"


def stored(stage: Stage) -> Case:
    with stage.units() as uow:
        return uow.cases.get(1)


def to(stage: Stage, minutes: float) -> None:
    stage.move_to(MORNING + timedelta(minutes=minutes))


def claimed(stage: Stage, minutes: float = 5) -> None:
    """Dana's Priority 1, claimed by Erin so many minutes after it was opened."""
    open_p1(stage)
    to(stage, minutes)
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()


def triage(stage: Stage, *wanted: str) -> list[Message]:
    return said(stage, "C0TRIAGE", *wanted)


def test_a_silent_engineer_is_asked_and_then_the_case_goes_back_with_the_rungs_that_it_owes(stage: Stage) -> None:
    claimed(stage)
    deadline = stored(stage).due_at
    to(stage, 19.9)
    assert triage(stage, QUESTION) == []
    to(stage, 20)
    question = only(triage(stage, QUESTION))
    assert question.thread_ts == card(stage, "C0TRIAGE").ts
    assert "<@U0ERIN>" in question.text
    to(stage, 34.9)
    assert triage(stage, BACK) == triage(stage, HALF) == []
    to(stage, 35)

    case = stored(stage)
    assert (case.state, case.assignee, case.response, case.due_at) == (State.OPEN, None, None, deadline)
    assert "<!subteam^S0CALL>" in words(only(triage(stage, BACK)))
    assert LATE in words(only(triage(stage, HALF)))
    only(said(stage, "C0ACME", "can't go on"))
    assert "will answer you here by" in words(card(stage, "C0ACME"))
    assert triage(stage, QUESTION) == []
    to(stage, 45)
    only(triage(stage, "Three quarters"))


def test_silent_over_the_deadline_it_is_told_as_missed_at_once(stage: Stage) -> None:
    claimed(stage, minutes=40)
    to(stage, 70)

    assert LATE in words(only(triage(stage, "The time promised is over")))
    assert triage(stage, "Three quarters") == []
    only(said(stage, "C0MANAGERS", "The time promised is over"))
    assert stored(stage).breached_at == MORNING + timedelta(hours=1)


def test_the_button_begins_the_lease_anew(stage: Stage) -> None:
    claimed(stage)
    to(stage, 30)
    press_newest(stage, stage.person("Erin"), "C0TRIAGE", 1, "I'm on it")

    assert triage(stage, QUESTION) == []
    only(triage(stage, "Asked whether <@U0ERIN> is still on", "they are"))
    to(stage, 44.9)
    assert triage(stage, QUESTION) == []
    to(stage, 45)
    only(triage(stage, QUESTION))
    assert stored(stage).assignee is not None


def test_nobody_else_answers_for_the_engineer(stage: Stage) -> None:
    claimed(stage)
    to(stage, 20)
    stage.person("Frank").press(only(triage(stage, QUESTION)), "I'm on it")
    told = stage.slack.wait_until(lambda: stage.slack.ephemerals("Frank"))

    assert "only they can say so" in told[0].text
    to(stage, 35)
    only(triage(stage, BACK))


def test_what_the_engineer_writes_in_either_thread_is_a_sign_of_work(stage: Stage) -> None:
    claimed(stage)
    erin = stage.person("Erin")
    to(stage, 15)
    erin.post("C0TRIAGE", "Looking at the gateway.", thread_ts=card(stage, "C0TRIAGE").ts)
    stage.quiet()
    to(stage, 29)
    assert triage(stage, QUESTION) == []
    erin.post("C0ACME", "It is the gateway.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    to(stage, 43.9)
    assert triage(stage, QUESTION) == []
    to(stage, 44)
    only(triage(stage, QUESTION))
    erin.post("C0TRIAGE", "Still at it.", thread_ts=card(stage, "C0TRIAGE").ts)
    stage.quiet()
    assert triage(stage, QUESTION) == []


def test_others_words_are_no_sign_of_the_engineers_work(stage: Stage) -> None:
    claimed(stage)
    to(stage, 15)
    stage.person("Frank").post("C0TRIAGE", "Erin?", thread_ts=card(stage, "C0TRIAGE").ts)
    stage.person("Dana").post("C0ACME", "Hello?", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    to(stage, 20)

    only(triage(stage, QUESTION))


def test_after_an_answer_it_stands_open_and_is_told_again_until_someone_takes_it(stage: Stage) -> None:
    claimed(stage)
    stage.person("Erin").post("C0ACME", "Looking into it.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    to(stage, 35)

    case = stored(stage)
    assert (case.state, case.assignee) == (State.OPEN, None)
    assert case.response is not None
    assert "counts on someone" in words(only(triage(stage, BACK)))
    to(stage, 64.9)
    assert triage(stage, NOBODY) == triage(stage, HALF) == []
    to(stage, 65)
    assert "<!subteam^S0CALL>" in words(only(triage(stage, NOBODY)))
    assert not offers(only(triage(stage, BACK)), "Claim")
    to(stage, 95)
    assert len(triage(stage, NOBODY)) == 2
    press_newest(stage, stage.person("Frank"), "C0TRIAGE", 1, "Claim")
    assert [offers(message, "Claim") for message in triage(stage, NOBODY)] == [False, False]
    stage.person("Frank").post("C0ACME", "I go on.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    to(stage, 109)
    assert len(triage(stage, NOBODY)) == 2


def test_given_back_after_an_answer_it_is_told_again_too(stage: Stage) -> None:
    claimed(stage)
    stage.person("Erin").post("C0ACME", "Looking into it.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Give back")
    stage.quiet()
    to(stage, 34.9)
    assert triage(stage, NOBODY) == []
    to(stage, 35)
    only(triage(stage, NOBODY))


def test_the_lease_rests_while_the_case_waits_on_the_customer_and_ends_with_a_solution(stage: Stage) -> None:
    claimed(stage)
    stage.person("Erin").command("/case", "wait C-1 which browser?", "C0TRIAGE")
    stage.quiet()
    to(stage, 120)
    assert triage(stage, QUESTION) == []
    stage.person("Dana").post("C0ACME", "Firefox.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    to(stage, 134.9)
    assert triage(stage, QUESTION) == []
    to(stage, 135)
    only(triage(stage, QUESTION))


def test_a_lower_priority_is_held_for_as_long_as_it_takes(stage: Stage) -> None:
    claimed(stage)
    stage.person("Erin").command("/case", "priority C-1 2 some are back", "C0TRIAGE")
    stage.quiet()
    stage.move(days=2)

    assert triage(stage, QUESTION) == []
    assert stored(stage).assignee is not None


def test_after_an_absence_of_the_bot_the_engineer_is_asked_before_anything_is_taken_away(stage: Stage) -> None:
    claimed(stage)
    stage.stop_bot()
    to(stage, 300)
    stage.start_bot()

    only(triage(stage, QUESTION))
    assert triage(stage, BACK) == []
    to(stage, 315)
    only(triage(stage, BACK))
    only(triage(stage, "The time promised is over", LATE))
