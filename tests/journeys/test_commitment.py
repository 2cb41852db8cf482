"""The customer's 24x7 promise, from the consent box to its end."""

from datetime import timedelta

from tests.journeys.acting import commit, fill_p1, only, open_p1
from tests.journeys.conftest import MORNING
from workspace.acting import card, form_of, press_pinned, said, words
from workspace.stage import Stage


def test_a_priority_one_is_not_sent_without_consent_and_a_person_and_keeps_what_was_typed(stage: Stage) -> None:
    dana = stage.person("Dana")
    press_pinned(stage, dana, "C0ACME")
    fill_p1(stage, dana)

    refused = dana.submit(form_of(stage, dana))

    assert set(refused.errors) == {"open:consent", "open:available"}
    assert "Nobody can sign in" in str(form_of(stage, dana).values)
    assert commit(stage, dana).outcome == "updated"
    assert "Nobody can sign in" in words(card(stage, "C0TRIAGE"))


def test_only_the_customers_own_people_can_be_named(stage: Stage) -> None:
    dana = stage.person("Dana")
    press_pinned(stage, dana, "C0ACME")
    fill_p1(stage, dana)

    refused = commit(stage, dana, backup="U0ERIN")

    assert "Acme" in refused.errors["open:backup"]
    assert said(stage, "C0TRIAGE", "C-1") == []


def test_a_lower_priority_asks_for_no_commitment(stage: Stage) -> None:
    dana = stage.person("Dana")
    press_pinned(stage, dana, "C0ACME")
    form = fill_p1(stage, dana)
    before = form.hash
    dana.choose(form, "Priority of this case", "Priority 2")
    form = stage.slack.wait_until(lambda: v if (v := form_of(stage, dana)).hash != before else None)

    assert "open:consent" not in str(form.blocks)
    dana.submit(form)
    stage.quiet()
    with stage.units() as uow:
        case = uow.cases.get(1)
    assert (case.recommended, case.promise.priority, case.commitment) == (1, 2, None)


def test_asked_confirmed_asked_again_then_the_backup_then_the_managers(stage: Stage) -> None:
    open_p1(stage)
    dana = stage.person("Dana")
    first = only(said(stage, "C0ACME", "<@U0DANA>", "available?"))
    dana.press(first, "I'm available")
    stage.quiet()
    stage.person("Erin").post("C0ACME", "We are looking into it.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    stage.move_to(MORNING + timedelta(hours=3, minutes=59))
    assert said(stage, "C0ACME", "stand in") == []

    stage.move_to(MORNING + timedelta(hours=4))
    assert len(said(stage, "C0ACME", "Hand over")) == 1
    stage.move(minutes=30)
    only(said(stage, "C0ACME", "<@U0BOB>", "stand in"))
    stage.move(minutes=30)
    alarm = only(said(stage, "C0MANAGERS", "C-1"))
    assert "Lower priority" in words(alarm)

    stage.person("Bob").press(only(said(stage, "C0ACME", "<@U0BOB>", "stand in")), "I'm available")
    stage.quiet()
    assert "Lower priority" not in words(alarm)
    assert "<@U0BOB> can be reached" in words(alarm)
    stage.move(hours=2)
    assert len(said(stage, "C0MANAGERS", "C-1")) == 1


def test_handed_over_the_colleague_is_asked_at_once(stage: Stage) -> None:
    open_p1(stage)
    dana = stage.person("Dana")
    dana.press(only(said(stage, "C0ACME", "Hand over")), "Hand over to…")
    form = form_of(stage, dana)
    dana.choose(form, form.blocks[-1]["block_id"], "U0BOB")
    dana.submit(form)
    stage.quiet()

    with stage.units() as uow:
        commitment = uow.cases.get(1).commitment
    assert commitment is not None
    assert commitment.available.user == "U0BOB"
    assert said(stage, "C0ACME", "Hello <@U0BOB>")


def test_lowering_from_the_managers_alarm_ends_it(stage: Stage) -> None:
    open_p1(stage)
    stage.person("Erin").post("C0ACME", "We are looking into it.", thread_ts=card(stage, "C0ACME").ts)
    stage.quiet()
    stage.move(hours=1)
    max_ = stage.person("Max")
    max_.press(only(said(stage, "C0MANAGERS", "C-1")), "Lower priority…")
    form = form_of(stage, max_)
    max_.fill(form, {"From now on": "Priority 3", "Why?": "We could not reach you."})
    max_.submit(form)
    stage.quiet()

    only(said(stage, "C0ACME", "We could not reach you."))
    before = len(stage.slack.messages("C0ACME"))
    stage.move(hours=12)
    assert len(stage.slack.messages("C0ACME")) == before
    assert said(stage, "C0ACME", "I'm available") == []


def test_resolving_ends_it(stage: Stage) -> None:
    open_p1(stage)
    erin = stage.person("Erin")
    erin.command("/case", "resolve C-1", "C0TRIAGE")
    form = form_of(stage, erin)
    erin.choose(form, form.blocks[-1]["block_id"], "Fixed.")
    erin.submit(form)
    stage.quiet()
    before = len(stage.slack.messages("C0ACME"))
    stage.move(hours=12)

    assert len(stage.slack.messages("C0ACME")) == before
    assert said(stage, "C0ACME", "I'm available") == []
