"""What is said of a plan and its contacts: in the answer, the help, the form's last page and on urgent cards."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Case, State
from cases.case_parts import Solution
from cases.contacts import TO_SET, Benefit, Contact, ContactKind
from cases.intake import Opened
from cases.plan_details import PlanDetails, plan_details
from handlers.cards import customer_card, triage_card
from handlers.closing import opened_view
from handlers.help import help_for
from handlers.plan_answer import plans
from policies.loader import load_policies
from tests.builders import ENG, NOON, account, case
from tests.handlers.looks import page, seen

POLICIES = load_policies()
LINE = Contact(ContactKind.PHONE, "Phone", "855-243-9894", "24x7", "toll-free in the US")
UNSET = replace(LINE, value=TO_SET)
TRUST = Contact(ContactKind.STATUS, "Trust page", "https://www.okta.com/trust")
PORTAL = Contact(ContactKind.PORTAL, "Portal", "https://support.okta.com")
FORUM = Contact(ContactKind.COMMUNITY, "Forums", "https://forum.example")
AUTH0_SAYS = (
    "First suggestions on how to use, set up and combine",
    "look for a way around",
    "bring fixes, changes and enhancements",
    "further examples and explanations",
    "at no extra cost",
    "Support portal",
    "Knowledge base and support webinars",
    "Customer community",
    "Release notes",
    "Language of support\u2069*: \u2068English",
)
HOSTILE = "<!channel> *x* <https://evil.example|here>"


def with_contacts(*contacts: Contact, priority: int = 1) -> Case:
    fresh = case(priority)
    return replace(fresh, promise=replace(fresh.promise, contacts=contacts))


def details(program: str = "okta", plan: str = "premier", **changes: object) -> PlanDetails:
    acme = replace(account(), program=program, plan=plan)
    return replace(plan_details(POLICIES[program], acme), **changes)  # type: ignore[arg-type]


def test_a_plan_tells_its_times_its_promise_its_contacts_and_its_benefits() -> None:
    told = seen(plans([details()]))
    for words in (
        "Okta Premier",
        "Priority 1: within *1 hour*, round the clock",
        "asks of you",
        "someone on your side can be reached at any hour",
        "ask us here for the number",
        "<https://support.okta.com|",
        "<https://www.okta.com/trust|",
        "20% off",
        "version 2026.1",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("program", "plan", "said"),
    [
        ("oko", "standard", ("Knowledge base", "a section of Oko itself")),
        ("okta", "premier", ("Priority phone line", "as often as you need", "20% off")),
        ("okta", "premier-access", ("as often as you need", "A Customer Success Manager", "Kickoff", "20% off")),
        ("okta", "premier-plus", ("for Premier Plus customers only", "as often as you need", "of your own", "20% off")),
        ("auth0", "enterprise", AUTH0_SAYS),
        ("auth0", "premier", (*AUTH0_SAYS, "855-243-9894", "A designated team", "Ticket reviews")),
    ],
)
def test_what_each_plan_says_is_read_by_whoever_asks(program: str, plan: str, said: tuple[str, ...]) -> None:
    told = seen(plans([details(program, plan)]))
    assert [words for words in said if words not in told] == []
    assert ("855-243-9894" in told) is ((program, plan) == ("auth0", "premier"))


def test_a_plan_without_a_promise_or_benefits_says_nothing_of_them() -> None:
    told = seen(plans([details(plan="basic")]))
    assert "asks of you" not in told
    assert "What else it brings" not in told
    assert "Mon–Fri 09:00–18:00 in New York time" in told


def test_a_programme_without_priorities_has_one_time_for_any_request() -> None:
    told = seen(plans([details("oko", "standard")]))
    assert "Any request: within *1 business day*" in told
    assert "the ways that your contract lists" in told
    assert "not when it will be solved" in told


def test_every_shipped_plan_fits_into_one_message_and_so_do_many_accounts() -> None:
    every = [details(program.id, plan) for program in POLICIES.values() for plan in program.plans]
    for each in every:
        seen(plans([each]))
    assert "and 2 more: " in seen(plans(every))


def test_what_accounts_and_policies_say_has_no_effect_but_to_be_read() -> None:
    evil = Contact(ContactKind.IN_APP, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    shown = details()
    shown = replace(
        shown,
        account=replace(shown.account, name=HOSTILE),
        plan=replace(shown.plan, benefits=(Benefit(HOSTILE, HOSTILE),)),
        contacts=(evil,),
    )
    for told in (seen(plans([shown])), seen(help_for(support=False, here=[shown, shown]))):
        assert "<!channel>" not in told
        assert "|here>" not in told
        assert "&lt;!" in told
    for told in (seen(customer_card(with_contacts(replace(evil, kind=ContactKind.PHONE)), NOON)),):
        assert "<!channel>" not in told


def test_a_first_priority_card_names_the_line_the_portal_and_the_status_page_on_both_sides() -> None:
    urgent = with_contacts(LINE, TRUST, PORTAL, FORUM)
    for card in (customer_card(urgent, NOON), triage_card(urgent, NOON)):
        told = seen(card)
        assert "855-243-9894" in told
        assert "<https://www.okta.com/trust|" in told
        assert "<https://support.okta.com|" in told
        assert "forum" not in told, "that is for reading at leisure"


def test_the_fullest_first_priority_card_fits_slack_and_names_six_ways_at_most() -> None:
    long = Contact(ContactKind.EMAIL, "L" * 75, "&" * 300, "&" * 75, "&" * 300)
    full = with_contacts(*(replace(long, label=f"{n} {long.label}"[:75]) for n in range(1, 12)))
    for told in (seen(customer_card(full, NOON)), seen(triage_card(full, NOON))):
        assert "6 LLL" in told
        assert "7 LLL" not in told


def test_a_line_without_a_number_is_asked_for_by_the_customer_and_reported_to_the_team() -> None:
    urgent = with_contacts(UNSET)
    assert "ask us here for the number" in seen(customer_card(urgent, NOON))
    triage = seen(triage_card(urgent, NOON))
    assert "its number isn't set" in triage
    assert TO_SET not in triage + seen(customer_card(urgent, NOON))


def test_other_cards_and_those_that_are_done_name_no_line() -> None:
    done = replace(
        with_contacts(LINE),
        state=State.CLOSED,
        solution=Solution("resolved", "Resolved", "Restarted.", ENG, NOON + timedelta(hours=1)),
    )
    for quiet in (with_contacts(LINE, priority=2), with_contacts(), done):
        for card in (customer_card(quiet, NOON), triage_card(quiet, NOON)):
            assert "855-243-9894" not in seen(card)
            assert "The customer also has" not in seen(card)


def test_the_forms_last_page_names_the_ways_to_people_and_leaves_reading_to_the_plan() -> None:
    told = page(opened_view(Opened(with_contacts(LINE, PORTAL, FORUM), existing=False), "UTC", NOON))
    assert "Besides this channel" in told
    assert "855-243-9894" in told
    assert "<https://support.okta.com|" in told
    assert "Forums" not in told
    assert "Besides" not in page(opened_view(Opened(case(), existing=False), "UTC", NOON))


def test_help_names_the_ways_of_the_channels_customers() -> None:
    alone = seen(help_for(support=False, here=[details()]))
    assert "Besides this channel" in alone
    assert "for \u2068Acme" not in alone
    assert "for \u2068Acme" in seen(help_for(support=True, here=[details(), details(plan="basic")]))
    assert "/case plan" in seen(help_for(support=True))
