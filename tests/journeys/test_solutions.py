"""A case's end, as both sides see it: offered, confirmed and rated; reopened and answered again; closed by itself."""

from datetime import timedelta

import pytest

from cases.case import Case, State
from tests.journeys.acting import only, open_p1
from tests.journeys.trying import asked, button, command, only_error, page, press_pinned, shown, told
from workspace.acting import answer, card, form_of, offers, said
from workspace.model import Message
from workspace.scenes.working import claim, helps, rate, reopen, resolve
from workspace.stage import Stage

NOTE = "The certificate had expired; it is renewed."
OFFER = "offers a solution"
FIVE = "★★★★★ Very well"
FOUR = "★★★★☆ Well"


def stored(stage: Stage, number: int = 1) -> Case:
    with stage.units() as uow:
        return uow.cases.get(number)


def the_offer(stage: Stage, channel: str = "C0ACME") -> Message:
    return said(stage, channel, OFFER)[-1]


def offered(stage: Stage) -> None:
    """Dana's Priority 1, claimed by Erin after five minutes, with a solution offered after ten."""
    open_p1(stage)
    stage.move(minutes=5)
    claim(stage, stage.person("Erin"), 1)
    stage.move(minutes=5)
    resolve(stage, stage.person("Erin"), 1, NOTE)


def solved(stage: Stage) -> None:
    offered(stage)
    helps(stage, stage.person("Dana"), "C0ACME", 1)


def test_from_the_offer_to_a_rating_and_the_day_it_closes(stage: Stage) -> None:
    offered(stage)
    offer = the_offer(stage)
    assert NOTE in shown(offer)
    assert "Does that help?" in shown(offer)
    assert offer.thread_ts == card(stage, "C0ACME").ts
    assert "waiting for the customer's word" in shown(card(stage, "C0TRIAGE"))

    stage.move(hours=1)
    helps(stage, stage.person("Bob"), "C0ACME", 1)
    assert "<@U0BOB> says that this helps" in shown(the_offer(stage))
    assert said(stage, "C0TRIAGE", "<@U0BOB> says that the solution of *C-1* helps")[-1].is_reply
    rate(stage, stage.person("Bob"), "C0ACME", 1, FOUR, "Quick & kind <3")
    assert stored(stage).rating is not None
    assert "Rated ★★★★☆ by <@U0BOB>: Quick & kind <3" in shown(card(stage, "C0TRIAGE"))

    stage.move_to(stage.clock.now() + timedelta(days=8))
    assert stored(stage).state is State.CLOSED
    assert said(stage, "C0ACME", "*C-1* is closed.", "open a new case")[-1].is_reply
    assert "The case is closed" in shown(the_offer(stage))
    assert not any(offers(the_offer(stage), name) for name in ("That helps", "Reopen…", "Rate again…"))
    assert "closed" in shown(card(stage, "C0TRIAGE"))
    with stage.units() as uow:
        assert uow.timers.of_case(1) == []


def test_nobody_answers_and_it_closes_kindly_on_its_day(stage: Stage) -> None:
    offered(stage)
    day = stage.clock.now() + timedelta(days=7)
    stage.move_to(day - timedelta(seconds=1))
    assert said(stage, "C0ACME", "is closed") == []
    stage.move_to(day)

    assert stored(stage).closed_at == day
    assert "We haven't heard otherwise" in shown(said(stage, "C0ACME", "*C-1* is closed.")[-1])


def test_words_under_a_solution_call_the_team_and_put_off_its_closing_but_settle_nothing(stage: Stage) -> None:
    offered(stage)
    day, dana = stage.clock.now() + timedelta(days=7), stage.person("Dana")
    stage.move(days=6)
    hint = told(stage, dana, lambda: dana.post("C0ACME", "It still fails.", card(stage, "C0ACME").ts))
    stage.quiet()
    assert "press *Reopen…* there" in hint
    called = only(said(stage, "C0TRIAGE", "<@U0ERIN>, <@U0DANA> wrote under the solution of *C-1*"))
    assert called.thread_ts == card(stage, "C0TRIAGE").ts
    assert stored(stage).state is State.OFFERED
    assert "nobody presses either" in shown(the_offer(stage))

    stage.move_to(day)
    assert said(stage, "C0ACME", "is closed") == []
    dana.post("C0ACME", "Hello?", card(stage, "C0ACME").ts)
    stage.quiet()
    only(said(stage, "C0TRIAGE", "wrote under the solution"))
    only([whisper for whisper in stage.slack.ephemerals(dana) if "Reopen…" in shown(whisper)])
    stage.move_to(day + timedelta(days=7))
    assert stored(stage).state is State.CLOSED
    assert "Nobody has reopened it" in shown(said(stage, "C0ACME", "*C-1* is closed.")[-1])
    assert "haven't heard" not in str([shown(message) for message in said(stage, "C0ACME")])


def test_words_to_a_closed_case_are_answered_with_where_to_go(stage: Stage) -> None:
    offered(stage)
    stage.move(days=7)
    dana, there = stage.person("Dana"), card(stage, "C0ACME").ts
    assert "open a new case" in told(stage, dana, lambda: dana.post("C0ACME", "It is back.", there))
    stage.quiet()
    assert stored(stage).state is State.CLOSED
    assert said(stage, "C0TRIAGE", "It is back.")


@pytest.mark.parametrize("name", ["That helps", "Reopen…"])
def test_a_button_from_before_it_closed_leads_kindly_to_a_new_case(stage: Stage, name: str) -> None:
    offered(stage)
    old, dana = the_offer(stage), stage.person("Dana")
    forged = button(old, {"That helps": "solution_helps", "Reopen…": "solution_reopen"}[name], "1")
    stage.move(days=7)
    action = forged.blocks[0]["elements"][0]["action_id"]
    assert "please open a new case" in told(stage, dana, lambda: dana.press(forged, action))
    assert stored(stage).state is State.CLOSED


def test_reopened_it_is_in_the_queue_again_and_nothing_is_forgotten(stage: Stage) -> None:
    offered(stage)
    stage.move(days=2)
    reopen(stage, stage.person("Dana"), "C0ACME", 1, "Two offices still can't sign in.")
    now = stage.clock.now()

    case = stored(stage)
    assert (case.state, case.assignee, case.response, case.reopened) == (State.OPEN, None, None, 1)
    assert case.due_at == now + timedelta(hours=1)
    back = said(stage, "C0TRIAGE", "back in the queue")[-1]
    assert not back.is_reply
    assert "<@U0ERIN>, you had it before" in shown(back)
    assert "Two offices still can't sign in." in shown(back)
    assert "A person from our team answers by" in shown(said(stage, "C0ACME", "reopened *C-1*")[-1])
    assert "the case was reopened" in shown(said(stage, "C0ACME", OFFER)[0])
    assert "Are you still available" in shown(said(stage, "C0ACME", "<@U0DANA>", "still working on")[-1])

    stage.move(minutes=30)
    assert said(stage, "C0TRIAGE", "Half of the time")
    assert said(stage, "C0ACME", "<@U0BOB>", "stand in")
    stage.move(minutes=30)
    assert said(stage, "C0MANAGERS", "The time promised is over")
    stage.person("Frank").react(back, "eyes")
    stage.quiet()
    assert "<@U0FRANK> has taken it up" in shown(said(stage, "C0TRIAGE", "back in the queue")[-1])
    with stage.units() as uow:
        assert not [timer for timer in uow.timers.of_case(1) if timer.key.startswith(("rung", "repeat"))]


def test_a_commitment_rests_while_a_solution_stands(stage: Stage) -> None:
    offered(stage)
    asked_before = len(said(stage, "C0ACME", "still working on"))
    assert "unless the case is reopened" in shown(said(stage, "C0ACME", "A solution stands offered")[0])
    stage.move(hours=20)
    assert len(said(stage, "C0ACME", "still working on")) == asked_before
    assert said(stage, "C0MANAGERS", "C-1") == []


def test_solved_at_the_second_try(stage: Stage) -> None:
    offered(stage)
    reopen(stage, stage.person("Dana"), "C0ACME", 1, "Not yet.")
    claim(stage, stage.person("Frank"), 1)
    resolve(stage, stage.person("Frank"), 1, "Now it is.")
    first, second = said(stage, "C0ACME", OFFER)
    assert not offers(first, "That helps")
    assert offers(second, "That helps")
    helps(stage, stage.person("Dana"), "C0ACME", 1)

    history = command(stage, stage.person("Erin"), "show C-1", "C0TRIAGE")
    for words in ("offered a solution", "reopened it: Not yet.", "said that it helps", "reopened once"):
        assert words in history
    assert "reopened it: Not yet." in history


def test_confirmed_it_can_be_reopened_until_it_closes(stage: Stage) -> None:
    solved(stage)
    stage.move(days=6)
    reopen(stage, stage.person("Bob"), "C0ACME", 1, "It is back.")
    assert stored(stage).state is State.OPEN
    stage.move(days=2)
    assert said(stage, "C0ACME", "is closed") == []


def test_a_rating_can_be_changed(stage: Stage) -> None:
    solved(stage)
    dana = stage.person("Dana")
    rate(stage, dana, "C0ACME", 1, FOUR, "")
    form = asked(stage, dana, lambda: dana.press(the_offer(stage), "Rate again…"))
    dana.fill(form, {"How did it go?": FIVE, "Anything you'd like to tell us?": "Even better."})
    dana.submit(form)
    stage.quiet()

    rating = stored(stage).rating
    assert rating is not None
    assert (rating.stars, rating.line) == (5, "Even better.")
    assert len(said(stage, "C0TRIAGE", "rated our help with")) == 2


class TestWhoseWordItIs:
    """The case's own people's, and nobody else's."""

    def shared(self, stage: Stage) -> None:
        """Acme's case in the channel that it shares with Bolt, with a solution offered."""
        dana = stage.person("Dana")
        press_pinned(stage, dana, "C0BOTH")
        dana.fill(form_of(stage, dana), {"Title": "It hangs", "What happens?": "All day."})
        answer(stage, dana, "Which product?", "Okta Service")
        answer(stage, dana, "Which of your business resources can you still reach?", "Almost all")
        dana.submit(form_of(stage, dana))
        dana.close(form_of(stage, dana))
        stage.quiet()
        resolve(stage, stage.person("Erin"), 1, NOTE)

    @pytest.mark.parametrize("name", ["That helps", "Reopen…"])
    def test_support_and_the_other_customer_press_in_vain(self, stage: Stage, name: str) -> None:
        self.shared(stage)
        before, offer = stored(stage), the_offer(stage, "C0BOTH")
        boris, erin = stage.person("Boris"), stage.person("Erin")
        assert "I don't know a case C-1" in told(stage, boris, lambda: boris.press(offer, name))
        assert "is for Acme to say" in told(stage, erin, lambda: erin.press(offer, name))
        stage.quiet()
        assert stored(stage) == before
        assert stage.slack.view_for(boris) is None

    @pytest.mark.parametrize(("name", "form"), [("Reopen…", "reopen"), ("Rate our help…", "rating")])
    def test_a_form_handed_on_is_checked_again(self, stage: Stage, name: str, form: str) -> None:
        self.shared(stage)
        dana, boris = stage.person("Dana"), stage.person("Boris")
        if form == "rating":
            helps(stage, dana, "C0BOTH", 1)
        before = stored(stage)
        seen = asked(stage, dana, lambda: dana.press(the_offer(stage, "C0BOTH"), name))
        theirs = press_pinned(stage, boris, "C0BOLT")
        option = {"type": "radio_buttons", "selected_option": {"value": "1"}}
        with stage.slack.state.change():
            theirs.body = seen.body
            theirs.values = {
                "case:why": {"form_value": {"type": "plain_text_input", "value": "Because."}},
                "case:stars": {"form_value": option},
                "case:line": {"form_value": {"type": "plain_text_input", "value": "Ha."}},
            }
        assert "I don't know a case C-1" in only_error(boris.submit(theirs))
        assert stored(stage) == before

    def test_a_form_that_stood_open_while_it_closed_says_so(self, stage: Stage) -> None:
        self.shared(stage)
        dana = stage.person("Dana")
        form = asked(stage, dana, lambda: dana.press(the_offer(stage, "C0BOTH"), "Reopen…"))
        assert "What is still wrong?" in page(form) or form.blocks
        stage.move(days=7)
        dana.fill(form, {"What is still wrong?": "It is back."})
        assert "please open a new case" in only_error(dana.submit(form))


def test_the_list_shows_an_offer_until_it_is_confirmed(stage: Stage) -> None:
    offered(stage)
    erin = stage.person("Erin")
    assert "solution offered" in command(stage, erin, "list", "C0TRIAGE")
    helps(stage, stage.person("Dana"), "C0ACME", 1)
    assert "No case is open here" in command(stage, erin, "list", "C0TRIAGE")


def test_a_rung_told_before_shows_what_became_of_the_case(stage: Stage) -> None:
    open_p1(stage)
    stage.move(minutes=30)
    resolve(stage, stage.person("Erin"), 1, NOTE)
    assert "A solution was offered in the meantime" in shown(said(stage, "C0TRIAGE", "Half of the time")[0])
    stage.move(minutes=1)
    reopen(stage, stage.person("Dana"), "C0ACME", 1, "No.")
    assert "Solved and reopened in the meantime" in shown(said(stage, "C0TRIAGE", "Half of the time")[0])
    stage.move(minutes=30)
    assert len(said(stage, "C0TRIAGE", "Half of the time")) == 2
