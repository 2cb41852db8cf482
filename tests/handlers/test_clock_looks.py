"""What customer and team read of the clocks: what comes next, by when, and why an alarm asks nothing any more."""

from dataclasses import replace
from datetime import datetime

from cases.case import Case
from cases.change import Change
from cases.clocks import deadline
from cases.escalating import escalated
from cases.intake import Opened
from cases.lookup import Explanation
from cases.messages import Drawn
from cases.pausing import explained
from cases.people import Person
from cases.promise import promise_for
from cases.reprioritising import reprioritised
from cases.responding import claimed, given_back, listened, written
from cases.says import Say
from cases.solving import offered
from cases.waiting import asked_customer, came_back
from handlers import clock_words, ids
from handlers.answers import listing
from handlers.cards import customer_card, triage_card
from handlers.closing import opened_view
from handlers.history import history
from handlers.home_engineer import stands
from handlers.renderer import Renderer
from handlers.why import why
from tests.builders import ALWAYS, BOB, DANA, ENG, MAX, NOON, OFFICE, PLACES, account, calendar, case
from tests.clocked import HOUR, HOURS, NEXT, SOLUTION, UPDATE, clock, clocked, opened, rewound
from tests.handlers.looks import buttons, seen

BOOK = calendar(ALWAYS)
RENDERER = Renderer(lambda: "<!subteam^S0ONCALL>")


def after(hours: float) -> datetime:
    return NOON + hours * HOUR


def customer(of: Case, hours: float, who: Person = DANA) -> Case:
    return rewound(listened(came_back(of, who, after(hours), PLACES), who, after(hours)).case)


def written_to() -> Case:
    """Claimed at noon; Dana wrote an hour later."""
    return customer(rewound(claimed(opened(), ENG, NOON).case), 1)


def rung(of: Case, hours: float) -> tuple[Say, Case]:
    """The first thing that is told then, and the case afterwards."""
    change = escalated(of, BOOK, PLACES, (MAX.user,), after(hours))
    return change.says[0], change.case


def drawn(say: Say, of: Case, hours: float) -> str:
    return seen(RENDERER.draw(say, of, after(hours)))


def test_without_such_clocks_no_card_says_a_word_of_them() -> None:
    taken = claimed(case(), ENG, NOON).case
    for look in (customer_card(taken, after(1)), triage_card(taken, after(1))):
        assert not [word for word in ("solution by", "hear from us", "Update", "Next response") if word in seen(look)]
    assert clock_words.rows(taken, after(1)) == {}


def test_the_customers_card_says_what_comes_next_and_by_when() -> None:
    fresh = seen(customer_card(opened(), after(0.5)))
    assert "You can expect a solution by" in fresh
    card = seen(customer_card(written_to(), after(2)))
    assert "We answer what you wrote by <!date^1772470800^" in card
    assert "*3 h 00 min left*" in card
    assert "hear from us again" not in card, "one word of ours is both"


def test_who_has_opened_a_case_reads_what_is_promised_beside_the_first_answer() -> None:
    said = "what you write later is answered within 4 hours; you hear from us at least every 8 hours; a solution within"
    assert f"Besides: {said} 24 hours." in str(opened_view(Opened(opened(), existing=False), "UTC", after(0)).to_dict())
    assert "Besides" not in str(opened_view(Opened(case(), existing=False), "UTC", after(0)).to_dict())


def test_what_is_late_is_said_so_with_a_word_of_regret() -> None:
    card = seen(customer_card(written_to(), after(6)))
    assert "We wanted to answer what you wrote by" in card
    assert "We are sorry" in card


def test_the_teams_card_names_each_clock_the_earliest_first() -> None:
    card = seen(triage_card(written_to(), after(2)))
    places = [card.index(f"*{name}*") for name in ("Next response", "Update", "Solution")]
    assert places == sorted(places)
    assert "next response due 2 Mar 2026, 17:00 UTC, 3 h 00 min left" in card
    assert "🔴" in seen(triage_card(written_to(), after(5)))


def test_while_it_waits_both_sides_read_that_the_time_rests() -> None:
    waits = rewound(asked_customer(written_to(), ENG, "Which?", after(2)).case)
    assert "our time for our next word and the solution rest" in seen(customer_card(waits, after(3)))
    assert seen(triage_card(waits, after(3))).count("rests while we wait on the customer") == 2
    assert clock_words.next_due(waits, after(3)) == ""


def test_lists_and_home_name_the_clock_that_runs_out_first() -> None:
    found = written_to()
    assert "Next response due" in seen(listing([found], after(2)))
    assert "⏳ Next response due" in stands(found, after(2))
    assert "🔴 Next response due" in stands(found, after(6))
    assert "due" not in seen(listing([claimed(case(), ENG, NOON).case], after(2))).replace("by due time", "")


def test_an_alarm_names_its_clock_and_offers_what_ends_it() -> None:
    half, _ = rung(written_to(), 3)
    shown = drawn(half, written_to(), 3)
    assert "Next response: half of the time allowed has passed" in shown
    assert "Next response due" in shown
    assert buttons(RENDERER.draw(half, written_to(), after(3))) == [ids.REPLY]
    over, _ = rung(written_to(), 5)
    assert "The time for the next response is over, and nobody has answered" in drawn(over, written_to(), 5)


def test_a_solutions_alarm_offers_to_resolve() -> None:
    of = clocked(hours={SOLUTION: HOURS[SOLUTION]})
    taken = rewound(claimed(opened(of), ENG, NOON).case)
    say, now = rung(taken, 24)
    assert "The time for a solution is over, and none is offered" in drawn(say, now, 24)
    assert buttons(RENDERER.draw(say, now, after(24))) == [ids.RESOLVE]
    again, now = rung(now, 24.5)
    assert "Still no solution* (told 2 times)" in drawn(again, now, 24.5)


def test_an_alarm_that_asks_nothing_any_more_says_why() -> None:
    say, told = rung(written_to(), 3)
    heard = rewound(written(told, ENG, after(3.5)).case)
    assert "The customer heard from us in the meantime" in drawn(say, heard, 4)
    waits = rewound(asked_customer(told, ENG, "Which?", after(3.5)).case)
    assert "The customer heard from us in the meantime" in drawn(say, waits, 4), "the question is a word"
    back = rewound(given_back(told, ENG, after(3.5)).case)
    assert "Given back in the meantime, a first answer is due" in drawn(say, back, 4)
    done = rewound(offered(told, None, "Try this.", ENG, after(3.5)).case)
    assert "A solution was offered" in drawn(say, done, 4)
    promise = promise_for(clocked(), account(), "service", 2)
    lowered = rewound(reprioritised(told, promise, BOOK, ENG, "so", after(3.5)).case)
    assert "Changed in the meantime to *Priority 2*, next response due" in drawn(say, lowered, 4)
    assert not buttons(RENDERER.draw(say, lowered, after(4)))
    assert "half of the time" in drawn(say, customer(told, 3.5), 4), "a nudge settles nothing"


def test_an_update_that_was_sent_settles_the_alarm_and_the_next_one_stands() -> None:
    taken = rewound(claimed(opened(), ENG, NOON).case)
    say, told = rung(taken, 4)
    assert "Update: half of the time allowed has passed" in drawn(say, told, 4)
    heard = rewound(written(told, ENG, after(5)).case)
    assert "heard from us in the meantime" in drawn(say, heard, 5)
    following, now = rung(heard, 9)
    assert "Update: half" in drawn(following, now, 9)
    assert following.key != say.key


def test_a_change_of_priority_is_no_word_to_the_customer() -> None:
    say, told = rung(rewound(claimed(opened(), ENG, NOON).case), 4)
    lowered = reprioritised(told, promise_for(clocked(), account(), "service", 2), BOOK, ENG, "so", after(5)).case
    assert "Changed in the meantime to *Priority 2*, update due" in drawn(say, rewound(lowered), 5)


def test_a_rest_is_told_on_the_alarm_of_a_clock_that_rests() -> None:
    of = clocked(hours={SOLUTION: 24})
    say, told = rung(rewound(claimed(opened(of), ENG, NOON).case), 12)
    waits = rewound(asked_customer(told, ENG, "Which?", after(13)).case)
    assert "Waiting on the customer in the meantime" in drawn(say, waits, 13)


def explanation(of: Case) -> Explanation:
    book, due = calendar(of.promise.calendar), deadline(of)
    assert due is not None
    found = clock(of, due.kind)
    stretches = explained(book, found.counted_from, found.due_at, of.clocks.pauses_of(found))
    return Explanation(of, stretches, (), found)


def text(shown: Drawn) -> str:
    return seen(shown)


def test_why_this_time_tells_of_the_clock_that_runs_out_first() -> None:
    shown = text(why(explanation(written_to()), "UTC"))
    assert "The next answer is due by *Mon 2 Mar, 17:00 UTC*" in shown
    assert "promises an answer to what is written later within *4 hours*" in shown
    assert "counted from Mon 2 Mar, 13:00 UTC, when the first message came in that has no answer yet" in shown
    update = text(why(explanation(rewound(claimed(opened(), ENG, NOON).case)), "UTC"))
    assert "a word from us at least every *8 hours*" in update
    assert "when our team last wrote" in update


def test_why_this_time_shows_the_wait_that_was_left_out() -> None:
    of = clocked(OFFICE, hours={SOLUTION: 12})
    taken = rewound(claimed(opened(of), ENG, NOON).case)
    waits = rewound(asked_customer(taken, ENG, "Which?", after(2)).case)
    back = rewound(listened(came_back(waits, BOB, after(4), PLACES), BOB, after(4)).case)
    shown = text(why(explanation(back), "UTC"))
    assert "A solution is due by *Tue 3 Mar, 17:00 UTC*" in shown
    assert "2 h skipped, \u2068waiting on the customer" in shown
    assert "Counted 12 h" in shown
    assert "when it came in" in shown


def test_the_history_says_that_the_customer_wrote() -> None:
    change = listened(Change(claimed(opened(), ENG, NOON).case), DANA, after(1))
    (block,) = history(change.entries, "UTC", support=True)
    assert "waits for the next response" in str(block.to_dict())
    assert replace(change).entries[0].what == "wrote-in"
    assert {NEXT, UPDATE, SOLUTION} == {each.kind for each in written_to().clocks.each}
