"""A claim: one reaction, and everyone who should know does."""

import pytest

from cases.case import Case
from cases.case_parts import ResponseBy
from tests.journeys.acting import fill_p1, only, open_p1
from workspace.acting import card, form_of, said, words
from workspace.stage import Stage


def stored(stage: Stage) -> Case:
    with stage.units() as uow:
        return uow.cases.get(1)


def assignee(stage: Stage) -> str | None:
    person = stored(stage).assignee
    return person.user if person else None


def test_eyes_on_the_triage_card_tell_the_customer_who_has_begun(stage: Stage) -> None:
    open_p1(stage)
    stage.move(minutes=5)
    stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
    stage.quiet()

    only(said(stage, "C0ACME", "<@U0ERIN> has begun work"))
    for channel in ("C0ACME", "C0TRIAGE"):
        assert "<@U0ERIN>" in words(card(stage, channel))
    case = stored(stage)
    assert case.response is not None
    assert case.response.at == stage.clock.now()


@pytest.mark.parametrize("in_thread", [False, True])
def test_eyes_on_the_customers_own_message_claim_wherever_it_stands(stage: Stage, in_thread: bool) -> None:
    dana = stage.person("Dana")
    root = dana.post("C0ACME", "Good morning").ts if in_thread else None
    message = dana.post("C0ACME", "Nobody can sign in", thread_ts=root)
    stage.person("Erin").shortcut("open_case", message)
    form = fill_p1(stage, stage.person("Erin"))
    stage.person("Erin").fill(form, {"open:consent": ["yes"], "open:available": dana.id})
    stage.person("Erin").submit(form)
    stage.quiet()

    stage.person("Frank").react(message, "eyes")
    stage.quiet()

    assert assignee(stage) == "U0FRANK"


def test_eyes_on_the_customers_card_claim_too(stage: Stage) -> None:
    open_p1(stage)
    stage.person("Frank").react(card(stage, "C0ACME"), "eyes")
    stage.quiet()

    assert assignee(stage) == "U0FRANK"


def test_the_button_claims_and_gives_back(stage: Stage) -> None:
    open_p1(stage)
    erin = stage.person("Erin")
    erin.press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    assert assignee(stage) == "U0ERIN"

    erin.press(card(stage, "C0TRIAGE"), "Give back")
    stage.quiet()
    assert assignee(stage) is None
    assert said(stage, "C0TRIAGE", "50 %") == []


def test_a_customers_eyes_claim_nothing_and_are_answered_kindly_once(stage: Stage) -> None:
    open_p1(stage)
    dana = stage.person("Dana")
    for _ in range(2):
        dana.react(card(stage, "C0ACME"), "eyes")
        stage.quiet()
        dana.unreact(card(stage, "C0ACME"), "eyes")
        stage.quiet()

    assert assignee(stage) is None
    assert len(stage.slack.ephemerals("Dana")) == 1


def test_the_second_engineer_is_told_who_has_it(stage: Stage) -> None:
    open_p1(stage)
    stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
    stage.person("Frank").react(card(stage, "C0TRIAGE"), "eyes")
    stage.quiet()

    assert assignee(stage) == "U0ERIN"
    assert "<@U0ERIN>" in words(only(stage.slack.ephemerals("Frank")))


def test_taking_the_eyes_off_again_gives_the_case_back_to_its_original_deadline(stage: Stage) -> None:
    open_p1(stage)
    erin, deadline = stage.person("Erin"), stored(stage).due_at
    stage.move(minutes=5)
    erin.react(card(stage, "C0TRIAGE"), "eyes")
    stage.quiet()
    stage.move(minutes=5)
    erin.unreact(card(stage, "C0TRIAGE"), "eyes")
    stage.quiet()

    case = stored(stage)
    assert (case.assignee, case.response, case.due_at) == (None, None, deadline)
    stage.move(minutes=20)
    only(said(stage, "C0TRIAGE", "Half of the time"))


def test_writing_in_the_customers_thread_is_a_first_response(stage: Stage) -> None:
    open_p1(stage)
    erin = stage.person("Erin")
    erin.post("C0ACME", "Looking into it now.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()

    case = stored(stage)
    assert case.response is not None
    assert case.response.how is ResponseBy.MESSAGE
    stage.move(hours=2)
    assert said(stage, "C0TRIAGE", "Half of the time") == []


def test_nothing_that_the_customer_or_the_bot_writes_is_a_response(stage: Stage) -> None:
    open_p1(stage)
    stage.person("Dana").post("C0ACME", "Anyone?", thread_ts=card(stage, "C0ACME").ts)
    stage.person("Erin").post("C0TRIAGE", "Who takes it?", thread_ts=card(stage, "C0TRIAGE").ts)
    stage.quiet()

    assert stored(stage).response is None


def test_the_check_mark_offers_to_resolve_and_the_customer_reads_the_note(stage: Stage) -> None:
    open_p1(stage)
    erin = stage.person("Erin")
    erin.react(card(stage, "C0TRIAGE"), "white_check_mark")
    stage.quiet()
    erin.press(only(stage.slack.ephemerals("Erin")), "Resolve…")
    form = form_of(stage, erin)
    erin.fill(form, {form.blocks[-1]["block_id"]: "The certificate had expired; it is renewed."})
    erin.submit(form)
    stage.quiet()

    only(said(stage, "C0ACME", "offers a solution", "The certificate had expired"))
    before = len(stage.slack.messages("C0ACME"))
    stage.move(hours=9)
    assert len(stage.slack.messages("C0ACME")) == before


def test_why_this_time_is_answered_in_private(stage: Stage) -> None:
    open_p1(stage)
    stage.person("Dana").press(card(stage, "C0ACME"), "Why this time?")
    told = stage.slack.wait_until(lambda: stage.slack.ephemerals("Dana"))

    assert "counted" in words(told[0])
    assert "None of them" in words(told[0])
