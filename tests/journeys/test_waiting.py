"""Waiting on the customer: asked, reminded, offered to close, and back to work as soon as they answer."""

from datetime import timedelta

from cases.case import Case, State
from cases.case_parts import ResponseBy
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, form_of, offers, press_newest, said, words
from workspace.model import Message
from workspace.scenes.requests import oko
from workspace.scenes.ways_in import by_button
from workspace.stage import Stage

NEED = "Please send the log of <gateway> & the time"
SHOWN = "Please send the log of &lt;gateway&gt; &amp; the time"
REMINDER, OFFER = "a kind reminder", "Is it still needed?"


def stored(stage: Stage) -> Case:
    with stage.units() as uow:
        return uow.cases.get(1)


def asked(stage: Stage, priority: int = 3) -> None:
    """Erin has claimed Dana's case, and asks her for something with the button of the triage card."""
    open_p1(stage)
    erin = stage.person("Erin")
    if priority != 1:
        erin.command("/case", f"priority C-1 {priority} some are back", "C0TRIAGE")
        stage.quiet()
    erin.press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    erin.press(card(stage, "C0TRIAGE"), "Ask the customer…")
    form = form_of(stage, erin)
    erin.fill(form, {"What do you need from them?": NEED})
    erin.submit(form)
    stage.quiet()


def told(stage: Stage, *wanted: str) -> list[Message]:
    return said(stage, "C0ACME", *wanted)


def test_the_question_stands_in_the_customers_thread_and_the_case_waits(stage: Stage) -> None:
    asked(stage)

    question = only(told(stage, "needs something from you"))
    assert question.thread_ts == card(stage, "C0ACME").ts
    assert "<@U0DANA>" in question.text
    assert SHOWN in words(question)
    assert SHOWN in words(card(stage, "C0ACME"))
    assert "waiting on the customer" in words(card(stage, "C0TRIAGE"))
    case = stored(stage)
    assert case.state is State.WAITING
    assert case.response is not None
    assert case.response.how is ResponseBy.MESSAGE


def test_the_command_asks_with_the_words_behind_it_or_shows_the_form(stage: Stage) -> None:
    open_p1(stage)
    erin = stage.person("Erin")
    erin.press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    erin.command("/case", "wait C-1", "C0TRIAGE")
    form = form_of(stage, erin)
    erin.close(form)
    erin.command("/case", "wait C-1 which browser?", "C0TRIAGE")
    stage.quiet()

    only(told(stage, "which browser?", "Hello <@U0DANA>"))


def test_about_an_unclaimed_case_nobody_is_asked(stage: Stage) -> None:
    open_p1(stage)
    answer = stage.person("Erin").command("/case", "wait C-1 which browser?", "C0TRIAGE")
    stage.quiet()

    assert answer is not None
    assert "Claim it first" in answer.text
    assert stored(stage).state is State.OPEN
    assert told(stage, "which browser?") == []


def test_the_customer_is_reminded_twice_then_offered_to_close(stage: Stage) -> None:
    asked(stage)
    stage.move_to(MORNING + timedelta(hours=23, minutes=59))
    assert told(stage, REMINDER) == []
    stage.move_to(MORNING + timedelta(hours=24))
    reminder = only(told(stage, REMINDER))
    assert SHOWN in words(reminder)
    assert reminder.thread_ts == card(stage, "C0ACME").ts
    stage.move_to(MORNING + timedelta(hours=72))
    assert len(told(stage, REMINDER)) == 2
    assert told(stage, OFFER) == []
    stage.move_to(MORNING + timedelta(hours=120))

    assert offers(only(told(stage, OFFER)), "Close it")
    assert offers(only(told(stage, OFFER)), "Still needed")
    before = len(told(stage))
    stage.move_to(MORNING + timedelta(days=30))
    assert len(told(stage)) == before
    assert stored(stage).state is State.WAITING


def test_the_hours_until_a_reminder_are_hours_of_support(stage: Stage) -> None:
    """Oko's business day has nine, Friday 3 July is a holiday, and the weekend has none."""
    by_button(stage, stage.person("Olga"), "C0ORCHARD", oko("It hangs", "Since nine.", "Product support"))
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    stage.person("Erin").command("/case", "wait C-1 which browser?", "C0TRIAGE")
    stage.quiet()
    tuesday = MORNING + timedelta(days=5)
    stage.move_to(tuesday + timedelta(hours=5, minutes=59))
    assert said(stage, "C0ORCHARD", REMINDER) == []
    stage.move_to(tuesday + timedelta(hours=6))
    only(said(stage, "C0ORCHARD", REMINDER))


def test_who_asked_for_a_person_at_any_hour_is_still_checked_in_with_while_it_waits(stage: Stage) -> None:
    asked(stage, priority=1)
    stage.move(hours=8, minutes=1)

    assert stored(stage).state is State.WAITING
    only(told(stage, "Are you still available"))
    assert len(told(stage, "A newer check-in")) == 4, "Dana was asked twice before, and Bob after her"


def test_the_customer_closes_it_for_good(stage: Stage) -> None:
    asked(stage)
    stage.move_to(MORNING + timedelta(hours=120))
    press_newest(stage, stage.person("Bob"), "C0ACME", 1, "Close it")

    case = stored(stage)
    assert (case.state, case.closed_at, case.wait) == (State.CLOSED, stage.clock.now(), None)
    only(told(stage, "<@U0BOB> closed"))
    only(said(stage, "C0TRIAGE", "<@U0BOB> closed"))
    assert "Closed" in words(card(stage, "C0ACME"))
    assert not [message for message in told(stage) if offers(message, "Close it")]
    before = len(stage.slack.messages("C0ACME"))
    stage.move(days=3)
    assert len(stage.slack.messages("C0ACME")) == before


def test_still_needed_brings_it_back_to_its_engineer(stage: Stage) -> None:
    asked(stage)
    stage.move_to(MORNING + timedelta(hours=120))
    press_newest(stage, stage.person("Dana"), "C0ACME", 1, "Still needed")

    assert (stored(stage).state, stored(stage).wait) == (State.CLAIMED, None)
    back = only(said(stage, "C0TRIAGE", "still needed"))
    assert back.thread_ts == card(stage, "C0TRIAGE").ts
    assert "<@U0ERIN>" in back.text
    assert not [message for message in told(stage) if offers(message, "Close it")]


def test_support_presses_neither_button_of_the_offer(stage: Stage) -> None:
    asked(stage)
    stage.move_to(MORNING + timedelta(hours=120))
    for button in ("Close it", "Still needed"):
        press_newest(stage, stage.person("Erin"), "C0ACME", 1, button)

    def refusals() -> list[Message]:
        return [message for message in stage.slack.ephemerals("Erin") if "is for" in message.text]

    stage.slack.wait_until(lambda: len(refusals()) == 2)
    assert stored(stage).state is State.WAITING


def test_a_message_of_the_customer_in_the_thread_brings_it_back(stage: Stage) -> None:
    asked(stage)
    stage.move(hours=2)
    stage.person("Dana").post("C0ACME", "Here it is.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()

    assert stored(stage).state is State.CLAIMED
    assert "<@U0ERIN>" in only(said(stage, "C0TRIAGE", "has answered in their thread")).text
    assert "is working on it" in words(card(stage, "C0ACME"))
    stage.move(days=6)
    assert told(stage, REMINDER) == []


def test_a_message_of_support_or_elsewhere_changes_nothing(stage: Stage) -> None:
    asked(stage)
    stage.person("Frank").post("C0ACME", "The one of today is enough.", thread_ts=card(stage, "C0ACME").ts)
    stage.person("Dana").post("C0ACME", "Good morning")
    stage.quiet()

    assert stored(stage).state is State.WAITING


def test_support_takes_it_back_and_the_customer_hears_that_nothing_is_needed(stage: Stage) -> None:
    asked(stage)
    stage.person("Frank").press(card(stage, "C0TRIAGE"), "Go on without an answer")
    stage.quiet()

    assert stored(stage).state is State.CLAIMED
    only(told(stage, "<@U0FRANK> goes on", "needs no answer any more"))
    only(said(stage, "C0TRIAGE", "<@U0FRANK> goes on"))
    assert offers(card(stage, "C0TRIAGE"), "Ask the customer…")


def test_given_back_it_waits_for_an_engineer_and_no_longer_for_the_customer(stage: Stage) -> None:
    asked(stage)
    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Give back")
    stage.quiet()

    case = stored(stage)
    assert (case.state, case.wait, case.assignee) == (State.OPEN, None, None)
    assert case.response is not None
    stage.person("Frank").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    stage.move(days=2)
    assert told(stage, REMINDER) == []


def test_somebody_else_claims_nothing_while_it_waits(stage: Stage) -> None:
    asked(stage)
    stage.person("Frank").react(card(stage, "C0TRIAGE"), "eyes")
    stage.quiet()

    assert "<@U0ERIN>" in words(only(stage.slack.ephemerals("Frank")))
    case = stored(stage)
    assert (case.state, case.assignee and case.assignee.user) == (State.WAITING, "U0ERIN")


def test_lowered_it_goes_on_waiting(stage: Stage) -> None:
    asked(stage, priority=1)
    stage.person("Frank").command("/case", "priority C-1 3 most are back", "C0TRIAGE")
    stage.quiet()

    case = stored(stage)
    assert case.state is State.WAITING
    assert case.promise.priority == 3
    stage.move_to(MORNING + timedelta(hours=24))
    only(told(stage, REMINDER))


def test_a_reminder_that_support_resolves_before_is_never_sent(stage: Stage) -> None:
    asked(stage)
    stage.move(hours=1)
    erin = stage.person("Erin")
    erin.press(card(stage, "C0TRIAGE"), "Resolve…")
    form = form_of(stage, erin)
    erin.fill(form, {"case:note": "A new certificate."})
    erin.submit(form)
    stage.quiet()

    assert stored(stage).is_done
    assert stored(stage).wait is None
    stage.move(days=6)
    assert told(stage, REMINDER) == []


def test_after_an_absence_only_the_latest_reminder_is_sent(stage: Stage) -> None:
    asked(stage)
    stage.stop_bot()
    stage.move_to(MORNING + timedelta(hours=100))
    stage.start_bot()

    only(told(stage, REMINDER))
    stage.move_to(MORNING + timedelta(hours=120))
    only(told(stage, REMINDER))
    only(told(stage, OFFER))
