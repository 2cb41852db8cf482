"""Who is told of which plan."""

from dataclasses import replace

from cases.contacts import Contact, ContactKind
from cases.people import Actor, Person
from cases.promise import promise_for
from policies.loader import load_policies
from tests.builders import CUSTOMER, ENGINEER
from tests.desk.conftest import Office

BORIS = Actor(Person("U0BORIS", "T0BOLT"))
MAIL = Contact(ContactKind.EMAIL, "Emails and tickets", "help@oko.example")


def names(office: Office, actor: Actor, channel: str, name: str = "") -> list[str]:
    return [details.account.name for details in office.lookup.plans(actor, channel, name)]


def test_a_customer_is_told_of_their_own_account_in_its_channel(office: Office) -> None:
    (details,) = office.lookup.plans(CUSTOMER, "C0ACME")
    assert (details.account.name, details.plan.name) == ("Acme", "Premier")
    assert [(each.label, each.within) for each in details.allowed] == [
        ("Priority 1", "1h"),
        ("Priority 2", "2h"),
        ("Priority 3", "2h"),
        ("Priority 4", "8h"),
    ]


def test_where_two_customers_share_a_channel_each_is_told_of_their_own(office: Office) -> None:
    assert names(office, CUSTOMER, "C0BOTH") == ["Acme"]
    assert names(office, BORIS, "C0BOTH") == ["Bolt"]
    assert names(office, ENGINEER, "C0BOTH") == ["Acme", "Bolt"]


def test_no_name_opens_another_customers_plan(office: Office) -> None:
    assert names(office, CUSTOMER, "C0BOTH", "Bolt") == []
    assert names(office, CUSTOMER, "C0BOLT") == []
    assert names(office, CUSTOMER, "C0ACME", "acme") == ["Acme"]


def test_support_is_told_of_any_account_by_name_from_anywhere(office: Office) -> None:
    assert names(office, ENGINEER, "C0TRIAGE") == []
    assert names(office, ENGINEER, "C0TRIAGE", "oRCHARD") == ["Orchard"]
    assert names(office, ENGINEER, "C0TRIAGE", "Orch") == []


def test_times_run_as_they_do_for_this_account(office: Office) -> None:
    (details,) = office.lookup.plans(BORIS, "C0BOLT")
    assert [each.calendar.always for each in details.allowed] == [True, False, False, False]
    assert details.allowed[1].calendar.timezone == "Asia/Jerusalem"


def test_an_accounts_own_ways_are_told_and_stamped_on_its_cases(office: Office) -> None:
    (before,) = office.lookup.plans(ENGINEER, "C0ORCHARD")
    orchard = office.link(replace(before.account, contact_methods=(MAIL,)))
    (after,) = office.lookup.plans(ENGINEER, "C0ORCHARD")
    assert before.contacts[0].kind is ContactKind.CONTRACT
    assert MAIL in after.contacts
    assert all(contact.kind is not ContactKind.CONTRACT for contact in after.contacts)
    promise = promise_for(load_policies()["oko"], orchard, "oko", None, "bug")
    assert promise.contacts == after.contacts
