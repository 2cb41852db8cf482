"""The ladder over a real day: each rung at its minute, to its people, once; and replanned when the priority changes."""

from datetime import timedelta

from tests.journeys.acting import commit, fill_p1, only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, form_of, said, words
from workspace.stage import Stage

HALF, THREE_QUARTERS, NINE_TENTHS = "Half of the time", "Three quarters", "90 % of the time"


def test_each_rung_at_its_minute_to_its_people_once(stage: Stage) -> None:
    open_p1(stage)

    stage.move_to(MORNING + timedelta(minutes=29, seconds=59))
    assert said(stage, "C0TRIAGE", HALF) == []
    stage.move(seconds=1)
    only(said(stage, "C0TRIAGE", HALF))

    stage.move_to(MORNING + timedelta(minutes=45))
    assert "<!subteam^S0CALL>" in words(only(said(stage, "C0TRIAGE", THREE_QUARTERS)))

    stage.move_to(MORNING + timedelta(minutes=54))
    only(said(stage, "C0MANAGERS", NINE_TENTHS))
    assert NINE_TENTHS in words(only(stage.slack.dm("Max")))

    stage.move_to(MORNING + timedelta(minutes=60))
    assert len(stage.slack.dm("Max")) == 2
    stage.move_to(MORNING + timedelta(minutes=89))
    assert len(stage.slack.dm("Max")) == 2
    stage.move_to(MORNING + timedelta(minutes=90))
    assert len(stage.slack.dm("Max")) == 3


def test_claiming_redraws_what_was_told(stage: Stage) -> None:
    open_p1(stage)
    stage.move(minutes=55)
    stage.person("Erin").press(only(said(stage, "C0TRIAGE", HALF)), "Claim")
    stage.quiet()

    for message in (only(said(stage, "C0TRIAGE", HALF)), *stage.slack.dm("Max")):
        assert "<@U0ERIN>" in words(message)
        assert "Claim'" not in words(message)


def test_the_manager_lowers_the_priority_from_the_alarm_and_the_customer_hears_why(stage: Stage) -> None:
    open_p1(stage)
    stage.move(minutes=54)
    max_ = stage.person("Max")
    alarm = only(stage.slack.dm("Max"))
    max_.press(alarm, "case_priority")
    form = form_of(stage, max_)
    max_.fill(form, {"From now on": "Priority 2", "Why?": "Most offices are back."})
    max_.submit(form)
    stage.quiet()

    only(said(stage, "C0ACME", "Most offices are back."))
    assert "Priority 2" in words(card(stage, "C0ACME"))
    with stage.units() as uow:
        case = uow.cases.get(1)
    assert case.due_at == MORNING + timedelta(hours=2)
    assert case.commitment is None


def test_the_command_changes_the_priority_and_replans(stage: Stage) -> None:
    open_p1(stage)
    stage.move(minutes=10)
    stage.person("Erin").command("/case", "priority C-1 3 a workaround holds", "C0TRIAGE")
    stage.quiet()

    only(said(stage, "C0ACME", "a workaround holds"))
    assert "Priority 3" in words(card(stage, "C0TRIAGE"))
    stage.move_to(MORNING + timedelta(minutes=59))
    assert said(stage, "C0TRIAGE", HALF) == []
    stage.move_to(MORNING + timedelta(minutes=60))
    only(said(stage, "C0TRIAGE", HALF))


def test_after_an_absence_only_the_highest_rung_is_told_and_marked_late(stage: Stage) -> None:
    open_p1(stage)
    stage.stop_bot()
    stage.move(minutes=57)
    stage.start_bot()

    assert said(stage, "C0TRIAGE", HALF) == []
    assert said(stage, "C0TRIAGE", THREE_QUARTERS) == []
    assert "late" in words(only(said(stage, "C0MANAGERS", NINE_TENTHS)))


def test_a_case_from_a_message_older_than_its_target_is_told_as_missed_at_once(stage: Stage) -> None:
    dana = stage.person("Dana")
    message = dana.post("C0ACME", "<@U0BOT> nobody can sign in")
    stage.quiet()
    stage.move(hours=3)
    dana.press(only([m for m in stage.slack.thread("C0ACME", message.ts) if m.bot_id]), "Open a case")
    assert "so the team hears of it at once" in str(fill_p1(stage, dana).blocks)
    commit(stage, dana)

    told = words(only(said(stage, "C0MANAGERS", "The time promised is over")))
    assert "Told late" in told
    assert "I was away" not in told
    assert "are late" in words(card(stage, "C0ACME"))


def test_the_cards_say_how_late_it_is_each_time_the_breach_is_told(stage: Stage) -> None:
    open_p1(stage)
    stage.move(minutes=60)
    assert "less than a minute over" in words(card(stage, "C0ACME"))
    stage.move(minutes=30)
    for channel in ("C0ACME", "C0TRIAGE"):
        assert "30 min over" in words(card(stage, channel))
