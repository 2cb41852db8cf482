"""The forms of another priority: support's, the customer's wish, and its message in the triage thread."""

from dataclasses import replace

from cases.calendars import CalendarBook
from cases.case import Case
from cases.case_parts import Response, ResponseBy, Wish
from cases.changing_priority import PriorityPreview
from cases.policy import Program
from cases.promise import promise_for
from cases.reprioritising import reprioritised
from cases.says import Body
from cases.wishes import WishForm
from handlers import ids
from handlers.cards import customer_card, triage_card
from handlers.priority_form import priority_view, read_priority
from handlers.wish_form import read_refusal, read_wish, refusal_view, wish_view
from handlers.wish_message import wish
from tests.builders import DANA, ENG, NOON, account, case, program
from tests.handlers.looks import buttons, fields, filled, page, seen

OKTA = program()
SERVICE = OKTA.products["service"]
WISH = Wish(1, "Priority 1", "Nobody gets in.", DANA, NOON, 3)
BODY: Body = {
    "wish": 3,
    "who": "U0DANA",
    "label": "Priority 1",
    "reason": "Nobody gets in.",
    "before": "Priority 3",
    "before_means": "meaning 3",
    "means": "meaning 1",
}


def shown(of: Case, number: int | None, policy: Program = OKTA) -> PriorityPreview:
    if number is None or number == of.promise.priority:
        return PriorityPreview(of, SERVICE, None, None, None)
    promise = promise_for(policy, account(), "service", number)
    after = reprioritised(of, promise, CalendarBook(lambda _: lambda _: None)(promise.calendar), ENG, "", NOON).case
    due_at = after.due_at if of.waits_for_response else None
    return PriorityPreview(of, SERVICE, SERVICE.priority(number), promise, due_at)


def test_both_meanings_stand_side_by_side_with_the_new_time() -> None:
    words = page(priority_view(shown(case(3), 1), "UTC", NOON))
    assert "Now: Priority 3" in words
    assert "meaning 3\n_For example:_ example 3" in words
    assert "From now on: Priority 1" in words
    assert "meaning 1\n_For example:_ example 1" in words
    assert "First answer within 1 hour: due *Mon 2 Mar, 13:00 UTC* instead of Mon 2 Mar, 20:00 UTC" in words
    assert "The customer reads this" in words


def test_until_another_one_is_chosen_the_form_asks_for_it() -> None:
    view = priority_view(shown(case(2), None), "UTC", NOON)
    assert "Choose another one above" in page(view)
    assert read_priority(filled(view)).priority == 2


def test_what_was_typed_stays_as_another_priority_is_chosen() -> None:
    first = filled(priority_view(shown(case(3), None), "UTC", NOON), priority="1", reason="One app only")
    read = read_priority(first)
    assert (read.case, read.priority, read.reason) == (1, 1, "One app only")
    second = filled(priority_view(shown(case(3), 1), "UTC", NOON, read.reason), first)
    assert read_priority(second) == read


def test_where_a_person_has_answered_no_time_is_promised_anew() -> None:
    answered = replace(case(3), response=Response(ENG, NOON, ResponseBy.MESSAGE))
    assert "a person has given it already" in page(priority_view(shown(answered, 2), "UTC", NOON))


def test_a_program_that_says_severity_is_spoken_to_so() -> None:
    promise = replace(case(3).promise, label="Severity 3 (Medium)")
    view = priority_view(shown(replace(case(3), promise=promise), 2), "UTC", NOON)
    assert view.title is not None
    assert view.title.text == "Change the severity"
    assert "Now: Severity 3 (Medium)" in page(view)
    severe = replace(case(3), promise=promise)
    assert "Ask for another severity" in seen(customer_card(severe, NOON))


def test_the_customer_is_asked_for_a_promise_only_where_the_priority_takes_one() -> None:
    assert fields(wish_view(shown(case(3), None), WishForm(), "UTC")) == ["priority", "reason"]
    assert fields(wish_view(shown(case(3), 2), WishForm(2), "UTC")) == ["priority", "reason"]
    asked = wish_view(shown(case(3), 1), WishForm(1), "UTC")
    assert fields(asked) == ["priority", "reason", "consent", "available", "backup"]
    read = read_wish(filled(asked, reason="Nobody gets in.", consent="yes", available="U0DANA"))
    assert read.form == WishForm(1, "Nobody gets in.", consent=True)
    assert (read.case, read.available, read.backup) == (1, "U0DANA", None)


def test_the_customer_is_not_offered_the_priority_that_is_in_force() -> None:
    menu = next(
        block for block in wish_view(shown(case(3), None), WishForm(), "UTC").to_dict()["blocks"] if "element" in block
    )
    assert [option["value"] for option in menu["element"]["options"]] == ["1", "2", "4"]


def test_a_wish_has_its_buttons_while_it_is_the_one_that_stands() -> None:
    standing = replace(case(3), wish=WISH)
    assert buttons(wish(standing, BODY)) == [ids.GRANT, ids.REFUSE]
    words = seen(wish(standing, BODY))
    assert "meaning 3" in words
    assert "meaning 1" in words
    for gone in (case(3), replace(case(3), wish=replace(WISH, revision=5))):
        assert buttons(wish(gone, BODY)) == []
        assert "decided in the meantime" in seen(wish(gone, BODY))


def test_a_wish_shows_on_both_cards_until_it_is_decided() -> None:
    standing = replace(case(3), wish=WISH)
    for card in (customer_card, triage_card):
        assert "asks for *Priority 1*" in seen(card(standing, NOON))
        assert "asks for" not in seen(card(case(3), NOON))


def test_a_refusal_says_which_wish_it_is_about() -> None:
    read = read_refusal(filled(refusal_view(replace(case(3), wish=WISH), WISH), word="A way around holds."))
    assert (read.case, read.wish, read.word) == (1, 3, "A way around holds.")
    assert read_refusal({"private_metadata": "nonsense"}).case == 0
