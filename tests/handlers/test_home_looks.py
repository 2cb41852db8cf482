"""What App Home shows, drawn from values: each list's words, and Slack's limits whatever was typed."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from slack_sdk.models.views import View

from cases.accounts import Account
from cases.calendars import HoursNow
from cases.case import Case, State
from cases.case_parts import Response, ResponseBy, Solution, Wait
from cases.contacts import Contact, ContactKind
from cases.homes import LINES, MOST_A_LIST, CustomerHome, Hours, Shelf, ShelfPage, Shown, SupportHome
from cases.overview import Attainment, Load
from cases.people import Actor, Role
from cases.plan_details import plan_details
from cases.queues import Post
from handlers.home_customer import customer_home, stranger_home
from handlers.home_parts import Reader, place, sorry_home
from handlers.home_support import support_home
from tests.builders import DANA, ENG, ENG2, ENGINEER, NOON, OFFICE, account, case, program
from tests.faults.hostile import some
from tests.faults.surfaces.typed import hostile_case
from tests.handlers.looks import harmless, words
from workspace.check_payloads import accept_view
from workspace.state import State as SlackState

URL = "https://host.slack.com/"
NOW = NOON + timedelta(minutes=22)
BOTH = Actor(ENG, frozenset(Role))
MANAGER = Actor(ENG, frozenset({Role.MANAGER}))
ENGINEERS = (Shelf.MINE, Shelf.UNCLAIMED, Shelf.WAITING)
MANAGERS = (Shelf.AT_RISK, Shelf.BREACHED, Shelf.UNCONFIRMED)


def shown(view: View) -> str:
    """All words of a Home as they travel; Slack would take it."""
    body = view.to_dict()
    return "\n".join(words(accept_view(SlackState(lambda: NOON), body, "home")["blocks"]))


def shelf(which: Shelf, *cases: Case, pages: int = 1, page: int = 0) -> ShelfPage:
    lines = tuple(Shown(each, Post("C0TRIAGE", "1772452800.000100")) for each in cases)
    return ShelfPage(which, len(cases) * pages, page, pages, lines)


def support(actor: Actor, *shelves: ShelfPage, **rest: object) -> str:
    found = SupportHome(shelves, **{"hours": (), **rest})  # type: ignore[arg-type]
    return shown(support_home(found, Reader(actor, NOW, URL)))


def customer(*shelves: ShelfPage, of: Account | None = None) -> str:
    acme = of or account()
    plans = ((acme, plan_details(program(), acme)),)
    return shown(customer_home(CustomerHome(shelves, plans), Reader(Actor(DANA), NOW, URL)))


def claimed_case() -> Case:
    answered = Response(ENG, NOW, ResponseBy.CLAIM)
    return replace(case(), state=State.CLAIMED, assignee=ENG, response=answered)


def test_a_line_has_the_cards_essentials_and_leads_to_the_card() -> None:
    said = support(ENGINEER, shelf(Shelf.UNCLAIMED, case()))
    link = "https://host.slack.com/archives/C0TRIAGE/p1772452800000100"
    assert f"*<{link}|C-1>* · \u2068Nobody can sign in\u2069" in said
    assert "*Priority 1* · \u2068Acme\u2069 · \u2068Okta\u2069 \u2068Premier\u2069" in said
    assert re.search(r"⏳ due <!date\^1772456400\^[^>]+> · \*38 min left\* · nobody yet", said)


def test_a_card_in_a_thread_is_linked_there_and_one_not_posted_yet_is_not_linked() -> None:
    post = Post("C1", "5.6")
    assert place(URL, post, "1.2") == "https://host.slack.com/archives/C1/p56?thread_ts=1.2&amp;cid=C1"
    assert place("", post) == ""
    unposted = ShelfPage(Shelf.MINE, 1, 0, 1, (Shown(case(), None),))
    assert "*C-1* · " in support(ENGINEER, unposted)


def test_engineers_claim_what_nobody_has_and_managers_only_look() -> None:
    free, taken = shelf(Shelf.UNCLAIMED, case()), shelf(Shelf.MINE, claimed_case())
    assert support(ENGINEER, free).count("Claim\n") == 1
    assert "Claim\n" not in support(ENGINEER, taken)
    assert "Claim" not in support(MANAGER, shelf(Shelf.AT_RISK, case()))
    assert support(BOTH, shelf(Shelf.AT_RISK, case())).count("Claim\n") == 1


def test_an_engineers_part_stands_before_a_managers() -> None:
    said = support(BOTH, *(shelf(each, case()) for each in (*ENGINEERS, *MANAGERS)))
    headings = ["Mine (1)", "Unclaimed, by time left (1)", "Waiting on a customer (1)", "At risk now (1)"]
    headings += ["Breached (1)", "24x7 promises not confirmed (1)", "Load by engineer"]
    places = [said.index(each) for each in headings]
    assert places == sorted(places)


def test_lists_without_a_case_say_so_in_a_line() -> None:
    said = support(BOTH, *(ShelfPage(each, 0, 0, 0, ()) for each in (*ENGINEERS, *MANAGERS)))
    assert "*Unclaimed, by time left*: every case has somebody" in said
    assert "*At risk now*: no deadline is near." in said
    assert "Next" not in said


def test_what_is_late_what_waits_and_what_was_not_confirmed_is_told_on_the_line() -> None:
    overdue = replace(case(), due_at=NOON)
    late = replace(claimed_case(), breached_at=NOON)
    asked = replace(case(), state=State.WAITING, wait=Wait(NOON, ENG, "Which browser?"), assignee=ENG)
    said = support(
        BOTH,
        shelf(Shelf.BREACHED, overdue, late),
        shelf(Shelf.WAITING, asked),
        shelf(Shelf.UNCONFIRMED, case(committed=True)),
    )
    assert "🔴 due" in said
    assert "*22 min over*" in said
    assert "in work · answered late" in said
    assert "✋ waits on the customer since" in said
    assert "Which browser?" in said
    assert re.search(r"<@U0DANA>, backup <@U0BOB> · asked <!date[^>]+>, not confirmed yet", said)


def test_support_hours_tell_what_is_open_until_when_and_the_next_holiday() -> None:
    until, thanks = NOON + timedelta(hours=6), (date(2026, 11, 26), "Thanksgiving")
    always = Hours("Auth0", program().calendars["always"], HoursNow(True, None), None)
    office = Hours("Okta", OFFICE, HoursNow(True, until), thanks)
    closed = Hours("Oko", OFFICE, HoursNow(False, until), None)
    said = support(ENGINEER, hours=(always, office, closed))
    assert "*\u2068Auth0\u2069*: 🟢 open round the clock" in said
    assert re.search(r"\*\u2068Okta\u2069\* \(\u2068office\u2069, UTC\): 🟢 open until <!date\^1772474400", said)
    assert "next holiday: \u2068Thanksgiving\u2069, Thu 26 Nov" in said
    assert re.search(r"\*\u2068Oko\u2069\* .*: ⚪ closed until <!date\^1772474400", said)


def test_a_manager_reads_load_and_attainment_with_its_span() -> None:
    loads = (Load("U0ERIN", 3, 1), Load("U0HERS", 0, 1, 2), Load("U0FRANK", 0, 0))
    said = support(MANAGER, load=loads, attainment=(Attainment("Acme", 10, 9),))
    assert "• <@U0ERIN>: 3 in work, 1 waiting on customers" in said
    assert "• <@U0HERS>: 0 in work, 2 to begin, 1 waiting on customers" in said
    assert "• <@U0FRANK>: nothing" in said
    assert "of the cases opened in the last 30 days" in said
    assert "• \u2068Acme\u2069: *90 %* (9 of 10)" in said


def test_an_engineer_alone_reads_neither() -> None:
    assert "Load by engineer" not in support(ENGINEER, load=(Load("U0ERIN", 3, 1),))


def test_a_customer_reads_their_plan_and_whom_to_call_in_few_lines() -> None:
    phone = Contact(ContactKind.PHONE, "Premier line", "+1 555 0100", "24x7")
    said = customer(of=replace(account(), contact_methods=(phone,)))
    assert "Okta Premier: a first answer within 1 hour (Priority 1), within 2 hours (Priority 2)" in said
    assert "*Open a case* with the pinned button in <#C0ACME>." in said
    assert "• *\u2068Premier line\u2069*: \u2068+1 555 0100\u2069 (\u206824x7\u2069)" in said


def test_a_customer_whose_plan_is_unknown_here_still_sees_their_cases() -> None:
    found = CustomerHome((shelf(Shelf.OUR_TURN, case()),), ((account(), None),))
    said = shown(customer_home(found, Reader(Actor(DANA), NOW, URL)))
    assert "ask your support manager about your plan" in said
    assert "Nobody can sign in" in said


def test_a_customer_reads_whose_turn_it_is() -> None:
    asked = replace(claimed_case(), state=State.WAITING, wait=Wait(NOON, ENG, "Which browser?"))
    offered = replace(claimed_case(), state=State.OFFERED, solution=Solution("r", "R", "note", ENG, NOW))
    said = customer(shelf(Shelf.YOUR_TURN, asked, offered), shelf(Shelf.OUR_TURN, case(), claimed_case()))
    assert "We need a word from you: \u2068Which browser?" in said
    assert "We offered a solution" in said
    assert "⏳ A person answers by" in said
    assert "<@U0ENG> is working on it." in said
    late = customer(shelf(Shelf.OUR_TURN, replace(case(), due_at=NOON)))
    assert "are late. We are sorry" in late


@pytest.mark.parametrize("typed", some(14, 0))
def test_the_fullest_homes_fit_slack_whatever_was_typed(typed: str) -> None:
    hostile = replace(
        hostile_case(typed or "x"),
        number=999_999_999,
        wait=Wait(NOON, ENG, typed),
        promise=replace(case().promise, label=typed[:60] or "Priority 1", plan_name=typed[:200] or "P"),
    )
    waiting = replace(hostile, state=State.WAITING, assignee=ENG2)
    each = LINES // 6
    shelves = [shelf(which, *[hostile] * each, pages=84, page=41) for which in (*ENGINEERS, *MANAGERS)]
    shelves[2] = shelf(Shelf.WAITING, *[waiting] * each, pages=84, page=41)
    hours = tuple(
        Hours(typed[:300] or "x", replace(OFFICE, name=typed or "x"), HoursNow(True, NOW), (NOW.date(), typed))
        for _ in range(40)
    )
    rest = {
        "hours": hours,
        "load": tuple(Load(f"U0{n}", 1, 1) for n in range(90)),
        "attainment": tuple(Attainment(typed, 9, 8) for _ in range(90)),
    }
    harmless(support(BOTH, *shelves, **rest))
    lines = [shelf(which, *[hostile] * MOST_A_LIST, pages=42, page=5) for which in ENGINEERS]
    harmless(support(ENGINEER, *lines, **rest))
    acme = replace(account(), name=typed or "x", channels=tuple(f"C{n}" for n in range(20)))
    way = Contact(ContactKind.PHONE, typed or "x", typed, typed, typed)
    known = plan_details(program(), replace(acme, contact_methods=(way,) * 3))
    pages = tuple(shelf(w, *[waiting] * MOST_A_LIST, pages=42, page=5) for w in (Shelf.YOUR_TURN, Shelf.OUR_TURN))
    full = CustomerHome(pages, ((acme, known),) * 30)
    harmless(shown(customer_home(full, Reader(Actor(DANA), NOW, URL))))


def test_strangers_and_those_who_come_at_a_bad_time_read_a_kind_line() -> None:
    assert "which customer you belong to" in shown(stranger_home(Reader(Actor(DANA), NOW, URL)))
    assert "Open this tab again" in shown(sorry_home("That didn't work."))
