"""The solution in the customer's thread, the case that came back, and the forms around them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Case, State
from cases.case_parts import Rating, Response, ResponseBy, Solution
from cases.messages import Drawn
from cases.policy import SolutionKind
from cases.says import Body, Say, SayKind
from handlers import ids
from handlers.renderer import Renderer
from handlers.solution_form import (
    rating_view,
    read_rating,
    read_reopen,
    read_resolve,
    reopen_view,
    resolve_view,
)
from tests.builders import BOB, DANA, ENG, NOON, case
from tests.handlers.looks import buttons, fields, filled, modal, page, seen

LATER = NOON + timedelta(minutes=20)
SOLUTION = Solution("fix", "It is fixed", "A new <certificate>.", ENG, LATER)
CONFIRMED = replace(SOLUTION, confirmed_by=BOB, confirmed_at=LATER)
FIX, ROUND = SolutionKind("fix", "It is fixed"), SolutionKind("workaround", "There is a way around it")
CLOSES = "<!date^1773058800^"


def case_in(state: State, **changes: object) -> Case:
    solution = None if state in {State.OPEN, State.CLAIMED} else CONFIRMED if state is State.RESOLVED else SOLUTION
    return replace(case(), state=state, solution=solution, **changes)  # type: ignore[arg-type]


def shown(of: Case, offer: int = 1) -> Drawn:
    body: Body = {"offer": offer, "who": ENG.user, "label": SOLUTION.label, "text": SOLUTION.note}
    return Renderer(lambda: "").draw(Say("k", SayKind.SOLUTION, "C0ACME", 0, 1, body), of, LATER)


def queued(of: Case, time: int = 1) -> Drawn:
    body: Body = {"time": time, "who": DANA.user, "before": ENG.user, "text": "Still <!here> wrong."}
    return Renderer(lambda: "").draw(Say("k", SayKind.REOPENED, "C0TRIAGE", 0, 1, body), of, LATER)


def test_an_offer_asks_whether_it_helps_and_says_when_it_closes() -> None:
    offer = shown(case_in(State.OFFERED))
    for words in (
        "<@U0ENG> offers a solution",
        "*It is fixed*",
        "A new &lt;certificate&gt;.",
        "Does that help?",
        CLOSES,
    ):
        assert words in seen(offer)
    assert buttons(offer) == [ids.HELPS, ids.REOPEN]


def test_confirmed_it_thanks_and_asks_how_it_went() -> None:
    done = shown(case_in(State.RESOLVED))
    assert "<@U0BOB> says that this helps" in seen(done)
    assert CLOSES in seen(done)
    assert buttons(done) == [ids.RATE, ids.REOPEN]


def test_rated_it_shows_the_stars_and_lets_them_change() -> None:
    done = shown(case_in(State.RESOLVED, rating=Rating(4, "", DANA, LATER)))
    assert "You rated it ★★★★☆" in seen(done)
    assert "Rate again…" in seen(done)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (case_in(State.CLOSED, closed_at=LATER), "The case is closed <!date^1772454000^"),
        (case_in(State.OPEN, reopened=1), "the case was reopened"),
        (case_in(State.OFFERED, reopened=1), "the case was reopened"),
    ],
    ids=["closed", "reopened", "offered anew"],
)
def test_once_nobody_is_asked_the_buttons_are_gone(after: Case, words: str) -> None:
    over = shown(after)
    assert words in seen(over)
    assert "*It is fixed*" in seen(over)
    assert buttons(over) == []


def test_the_second_offer_is_the_one_that_is_asked_about() -> None:
    assert buttons(shown(case_in(State.OFFERED, reopened=1), offer=2)) == [ids.HELPS, ids.REOPEN]


def test_a_case_that_came_back_says_what_is_wrong_and_who_had_it() -> None:
    back = queued(case_in(State.OPEN, reopened=1))
    for words in ("back in the queue", "<@U0DANA> reopened it", "Still &lt;!here&gt; wrong.", "<@U0ENG>, you had it"):
        assert words in seen(back)
    assert "<@U0ENG>" in back.text
    assert buttons(back) == [ids.CLAIM]


ANSWER = Response(ENG, LATER, ResponseBy.MESSAGE)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (case_in(State.CLAIMED, assignee=BOB, reopened=1), "<@U0BOB> has taken it up"),
        (case_in(State.OPEN, response=ANSWER, reopened=1), "<@U0ENG> has answered"),
        (case_in(State.OFFERED, reopened=1), "has a solution offered again"),
        (case_in(State.CLOSED, reopened=1), "is closed again"),
        (case_in(State.OPEN, reopened=2), "reopened once more"),
    ],
)
def test_once_taken_up_it_asks_nobody_any_more(after: Case, words: str) -> None:
    settled = queued(after)
    assert words in seen(settled)
    assert buttons(settled) == []


def with_kinds(*kinds: SolutionKind) -> Case:
    return replace(case(), promise=replace(case().promise, solutions=kinds))


def test_the_one_kind_there_is_is_chosen_already() -> None:
    read = read_resolve(filled(resolve_view(case()), note="A certificate had expired."))
    assert (read.case, read.kind, read.note) == (1, "resolved", "A certificate had expired.")


def test_of_several_kinds_none_is_chosen_before_the_engineer_does() -> None:
    view = resolve_view(with_kinds(FIX, ROUND))
    assert fields(view) == ["kind", "note"]
    assert "There is a way around it" in page(view)
    assert read_resolve(filled(view, note="Press twice.")).kind is None
    assert read_resolve(filled(view, kind="workaround", note="Press twice.")).kind == "workaround"


def test_reopening_asks_what_is_still_wrong() -> None:
    view = reopen_view(case_in(State.OFFERED))
    assert "Offered: It is fixed" in page(view)
    read = read_reopen(filled(view, why="It is back."))
    assert (read.case, read.why) == (1, "It is back.")


def test_a_rating_starts_at_what_was_said_before() -> None:
    fresh = rating_view(case_in(State.RESOLVED))
    assert CLOSES in page(fresh)
    assert read_rating(filled(fresh)).stars is None
    read = read_rating(filled(fresh, stars="2", line="Slow."))
    assert (read.case, read.stars, read.line) == (1, 2, "Slow.")
    again = read_rating(filled(rating_view(case_in(State.RESOLVED, rating=Rating(4, "Good", DANA, LATER)))))
    assert (again.stars, again.line) == (4, "Good")


def test_a_form_that_names_no_case_reads_as_none() -> None:
    for read in (read_resolve({}), read_reopen({"private_metadata": "C-1"}), read_rating({})):
        assert read.case == 0
    assert modal(rating_view(case_in(State.RESOLVED)))["callback_id"] == ids.RATING_FORM
