"""What a person asks for and sees alone: lists, a case, help, and why a deadline is what it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cases.calendars import CalendarBook
from cases.case import Entry, State
from cases.hours import CalendarSpec, Window
from cases.lookup import Explanation
from cases.stretches import Stretch, StretchKind
from handlers import ids
from handlers.answers import help_for, listing, show, why
from policies.holiday_names import holiday_names
from tests.builders import DANA, ENG, NOON, case
from tests.handlers.looks import buttons, seen

EASTERN = CalendarSpec("oko", tuple(Window(day, 540, 1080) for day in range(5)), "America/New_York", "US")
LATER = NOON + timedelta(minutes=22)


def explained(zone: str = "America/New_York", spec: CalendarSpec = EASTERN, hours: int = 9) -> str:
    start = datetime(2026, 7, 2, 19, 0, tzinfo=UTC)
    book = CalendarBook(holiday_names)
    promise = replace(case().promise, calendar=spec, target="1d", target_seconds=hours * 3600)
    due_at = book(spec).add(start, promise.target_seconds)
    late = replace(case(), promise=promise, started_at=start, counted_from=start, due_at=due_at)
    history = (
        Entry(start, DANA, "opened", "Priority 1"),
        Entry(start, DANA, "answered", "Which resources? None of them (No resource can be reached.)"),
        Entry(start, DANA, "recommended", "priority 1; chosen as recommended"),
    )
    return seen(why(Explanation(late, book(spec).explain(start, due_at), history), zone))


def test_each_stretch_is_told_as_counted_or_skipped_and_why() -> None:
    told = explained()
    assert "▸ Thu 2 Jul, 15:00 – 18:00 · *3 h counted*" in told
    assert "6 h skipped, \u2068after hours\u2069" in told
    assert "24 h skipped, holiday: \u2068Independence Day (observed)\u2069" in told
    assert "48 h skipped, \u2068weekend\u2069" in told
    assert "Counted 9 h, skipped 87 h." in told


def test_it_is_told_in_the_readers_zone() -> None:
    told = explained("Asia/Jerusalem")
    assert "▸ Thu 2 Jul, 22:00 – Fri 3 Jul, 01:00 · *3 h counted*" in told
    assert "The times below are Jerusalem time" in told


def test_a_change_of_clocks_is_told() -> None:
    days = CalendarSpec("days", tuple(Window(day, 0, 1440) for day in range(7)), "America/New_York")
    start = datetime(2026, 3, 8, 5, 0, tzinfo=UTC)
    spring = replace(case(), counted_from=start, started_at=start, due_at=start + timedelta(hours=4))
    stretches = CalendarBook(holiday_names)(days).explain(start, spring.due_at)
    told = seen(why(Explanation(spring, stretches, ()), "America/New_York"))
    assert "🕐 Sun 8 Mar, 03:00 · \u2068clocks go forward 1 h\u2069" in told


def test_the_priority_rests_on_an_answer_and_on_words_of_the_policy() -> None:
    told = explained()
    assert "Which resources? None of them (No resource can be reached.)" in told
    assert "The policy's words for it: meaning 1" in told
    assert "The answers led to priority 1; chosen as recommended" in told


def test_a_very_long_explanation_keeps_its_totals_and_says_what_is_left_out() -> None:
    told = explained(hours=900)
    assert "more stretches: " in told
    assert "Counted 900 h, skipped" in told


def test_a_deadline_that_stayed_when_the_priority_was_raised_is_explained() -> None:
    raised = replace(case(), counted_from=NOON + timedelta(minutes=30))
    stretches = (Stretch(StretchKind.COUNTED, raised.counted_from, raised.due_at, "support hours"),)
    changed = Entry(LATER, ENG, "reprioritised", "Priority 2 → Priority 1: it spread")
    told = seen(why(Explanation(raised, stretches, (changed,)), "UTC"))
    assert "when the priority was raised" in told
    assert "The earlier deadline was sooner" in told
    assert "Changed by support once: \u2068Priority 2 → Priority 1: it spread\u2069" in told
    assert "All of it counted: 30 min." in told


def test_a_list_goes_by_one_case_a_line_and_says_what_it_leaves_out() -> None:
    told = seen(listing([replace(case(), number=number) for number in range(1, 61)], LATER))
    assert "*60 open cases*" in told
    assert "*C-48*" in told
    assert "*C-49*" not in told
    assert "at least 12 more" in told


def test_an_empty_list_says_how_to_start() -> None:
    assert "`/case open` starts one" in seen(listing([], LATER))


HISTORY = (
    Entry(NOON, DANA, "opened", "Priority 1"),
    Entry(NOON, DANA, "committed", "24x7: U0DANA"),
    Entry(LATER, None, "escalated", "50 % of the time allowed, due 2026-03-02T12:30:00Z"),
    Entry(LATER, ENG, "claimed"),
)


def test_support_sees_the_whole_history_in_their_own_time() -> None:
    told = seen(show(case(), HISTORY, LATER, "Asia/Jerusalem", support=True))
    assert "Mon 2 Mar, 14:00 · <@U0DANA> opened it: Priority 1" in told
    assert "named who is reachable: 24x7: <@U0DANA>" in told
    assert "escalated: 50 % of the time allowed, due Mon 2 Mar, 14:30 Jerusalem time" in told
    assert "<@U0ENG> claimed it" in told


def test_a_customer_sees_what_concerns_them() -> None:
    shown = show(case(), HISTORY, LATER, "UTC", support=False)
    assert "claimed it" in seen(shown)
    assert "escalated" not in seen(shown)
    assert buttons(shown) == [ids.STATUS, ids.WHY, ids.ASK_PRIORITY]


def test_a_person_can_not_mention_anyone_by_typing_an_id() -> None:
    typed = Entry(NOON, ENG, "resolved", "thanks to U0DANA and <@U0DANA>")
    told = seen(show(replace(case(), state=State.RESOLVED), (typed,), LATER, "UTC", support=True))
    assert "thanks to U0DANA and &lt;@U0DANA&gt;" in told


def test_a_long_history_says_how_much_came_before() -> None:
    told = seen(show(case(), HISTORY * 30, LATER, "UTC", support=True))
    assert "80 earlier entries are not shown." in told


def test_help_tells_each_side_what_it_can_do() -> None:
    support, customer = seen(help_for(support=True, claim="wave")), seen(help_for(support=False))
    assert "/case priority C-12 3 reason" in support
    assert ":wave:" in support
    assert "/case resolve" not in customer
    assert "Open a case" in customer


def test_a_deadline_that_was_over_before_the_priority_was_raised_is_said_to_stay() -> None:
    raised = replace(case(), counted_from=case().due_at + timedelta(minutes=10))
    told = seen(why(Explanation(raised, (), ()), "America/New_York"))
    assert "too late to change a deadline that was over" in told
    assert "The earlier deadline stays." in told
    assert "counted: 0 min" not in told
