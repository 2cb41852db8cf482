"""The lines in the threads, the welcome, the invitation and the request for a manager."""

from dataclasses import replace

import pytest

from cases.messages import Drawn
from cases.says import Body, Note, Say, SayKind
from handlers import ids
from handlers.renderer import Renderer
from tests.builders import NOON, case
from tests.handlers.looks import buttons, elements, seen

RENDERER = Renderer(lambda: "")
DUE = {"due_at": "2026-03-02T13:00:00Z"}


def draw(kind: SayKind, body: Body, with_case: bool = True) -> Drawn:
    say = Say("key", kind, "C0ACME", 0, 1 if with_case else None, body)
    return RENDERER.draw(say, case() if with_case else None, NOON)


def note(kind: Note, **body: str | bool) -> str:
    return seen(draw(SayKind.NOTE, {"note": kind.value, **body}))


def test_the_customer_hears_who_has_begun_work() -> None:
    assert "<@U0ENG> has begun work on *C-1*" in note(Note.CLAIMED, who="U0ENG")


def test_a_case_given_back_keeps_its_deadline_or_its_place() -> None:
    assert "an answer by <!date^1772456400^" in note(Note.GIVEN_BACK, who="U0ENG", runs=True, **DUE)
    assert "<!date" not in note(Note.GIVEN_BACK, who="U0ENG", runs=False, **DUE)


def test_a_changed_priority_is_told_with_its_reason_and_what_follows() -> None:
    told = note(
        Note.REPRIORITISED,
        who="U0ENG",
        before="Priority 1",
        after="Priority 3",
        reason="One app only",
        runs=True,
        commitment_ended=True,
        **DUE,
    )
    for words in ("<@U0ENG> changed *C-1* from", "Priority 3", "Why: One app only", "<!date^1772456400^", "reachable"):
        assert words in told


@pytest.mark.parametrize(
    ("kind", "more"), [(Note.GIVEN_BACK, {}), (Note.REPRIORITISED, {"before": "2", "after": "1", "reason": "worse"})]
)
def test_a_time_that_is_over_is_not_promised_again(kind: Note, more: dict[str, str]) -> None:
    told = note(kind, who="U0ENG", runs=True, overdue=True, **DUE, **more)
    assert "we are sorry" in told
    assert "answer by" not in told
    assert "answers by" not in told


def test_the_team_hears_that_it_helped_and_how_it_went() -> None:
    assert "<@U0DANA> says that the solution of *C-1* helps" in note(Note.RESOLVED, who="U0DANA")
    told = seen(draw(SayKind.NOTE, {"note": "rated", "who": "U0DANA", "stars": 4, "text": "Quick, and <!here> kind."}))
    assert "★★★★☆" in told
    assert "Quick, and &lt;!here&gt; kind." in told


def test_a_reopened_case_is_promised_an_answer_again() -> None:
    told = note(Note.REOPENED, who="U0DANA", text="Still the same.", **DUE)
    for words in ("<@U0DANA> reopened *C-1*", "Still the same.", "answers by <!date^1772456400^"):
        assert words in told


def test_a_case_that_closes_says_so_kindly() -> None:
    silent, confirmed = note(Note.CLOSED, confirmed=False), note(Note.CLOSED, confirmed=True)
    assert "We haven't heard otherwise" in silent
    assert "heard" not in confirmed
    assert "open a new case" in silent


def test_a_hand_over_names_both() -> None:
    assert "<@U0DANA> handed over to <@U0BOB>" in note(Note.HANDED_OVER, who="U0DANA", to="U0BOB")
    assert "<@U0BOB> is the one to reach" in note(Note.HANDED_OVER, who="U0BOB", to="U0BOB")


def test_quiet_lines_say_why() -> None:
    assert "Yours changed nothing." in note(Note.CLAIM_REFUSED, reason="Yours changed nothing.")
    assert "with <@U0ENG> already" in note(Note.ALREADY_CLAIMED, who="U0ENG")


def test_the_welcome_has_the_button_that_opens_a_case() -> None:
    welcome = draw(SayKind.WELCOME, {"account": "Acme"}, with_case=False)
    assert "Acme" in seen(welcome)
    assert [(e["action_id"], e["value"]) for e in elements(welcome)] == [
        (ids.OPEN_CASE, ids.NEW_INTAKE),
        (ids.PLAN, ids.PLAN),
    ]


def test_an_invitation_carries_its_intake() -> None:
    invite = draw(SayKind.INVITE, {"intake": "abc", "existing": None}, with_case=False)
    assert "Its time starts the clock" in seen(invite)
    assert [(e["action_id"], e["value"]) for e in elements(invite)] == [(ids.OPEN_CASE, "abc")]


def test_an_invitation_under_a_message_with_a_case_names_it() -> None:
    invite = draw(SayKind.INVITE, {"intake": "abc", "existing": 1})
    assert "*C-1*" in seen(invite)
    assert buttons(invite) == []
    assert "*C-7*" in seen(draw(SayKind.INVITE, {"intake": "abc", "existing": 7}, with_case=False))


def test_the_resolve_offer_has_its_button() -> None:
    assert buttons(draw(SayKind.RESOLVE_OFFER, {})) == [ids.RESOLVE]


def test_a_manager_gets_the_whole_request() -> None:
    body = {
        "account": "Org",
        "program": "Oko",
        "about": "Customization",
        "title": "A new screen",
        "details": "&" * 3000,
        "user": "U0DANA",
        "permalink": "https://acme.slack.com/x",
    }
    told = seen(draw(SayKind.HAND_OVER, body, with_case=False))
    assert "Customization" in told
    assert "<@U0DANA> of *\u2068Org\u2069*" in told
    assert told.count("&amp;") == 3000
    assert "<https://acme.slack.com/x|their message>" in told


@pytest.mark.parametrize("side", ["customer", "triage"])
def test_the_card_of_each_side_is_its_own(side: str) -> None:
    drawn = draw(SayKind.CARD, {"side": side})
    assert (ids.CLAIM in buttons(drawn)) == (side == "triage")


def test_what_is_about_a_case_can_not_be_drawn_without() -> None:
    with pytest.raises(ValueError, match="about a case"):
        RENDERER.draw(replace(Say("k", SayKind.CARD, "C", 0), case=1), None, NOON)
