"""Contacts and benefits: what the shipped programmes say, what can't be a number or a link, and what is left to set."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from bot.cli_policy import policy_app
from bot.policy_pages import left_to_set
from cases.contacts import TO_SET, Contact, ContactKind, ways
from policies.contacts import ContactModel
from policies.loader import SHIPPED, load_policies

POLICIES = load_policies()
OKTA, AUTH0, OKO = POLICIES["okta"], POLICIES["auth0"], POLICIES["oko"]
PAID = ("premier", "premier-access", "premier-plus")
BY_CONTRACT = Contact(ContactKind.CONTRACT, "As your contract lists them")
DESK_PHONE = Contact(ContactKind.PHONE, "Desk", "+1 555 010 0100")
MAIL = Contact(ContactKind.EMAIL, "Mail", "help@oko.example")


def of_kind(kind: ContactKind, *contacts: Contact) -> Contact:
    (found,) = (contact for contact in contacts if contact.kind is kind)
    return found


@pytest.mark.parametrize("plan", PAID)
def test_okta_premier_plans_have_a_line_around_the_clock_whose_number_the_operator_sets(plan: str) -> None:
    line = of_kind(ContactKind.PHONE, *OKTA.plans[plan].contacts)
    assert (line.value, line.is_set, line.hours) == (TO_SET, False, "24x7")
    assert "toll-free" in line.note
    assert ("Premier Plus customers only" in line.note) == (plan == "premier-plus")
    assert of_kind(ContactKind.PORTAL, *OKTA.plans[plan].contacts).value == "https://support.okta.com"


@pytest.mark.parametrize("plan", PAID)
def test_okta_premier_plans_take_twenty_percent_off_training(plan: str) -> None:
    education = OKTA.plans[plan].benefits[0].text
    assert "20% off" in education
    assert "Learning Pass" in education
    assert "instructor-led" in education


def test_okta_basic_has_neither_and_everybody_has_the_trust_page() -> None:
    assert (OKTA.plans["basic"].contacts, OKTA.plans["basic"].benefits) == ((), ())
    assert of_kind(ContactKind.STATUS, *OKTA.contacts).value == "https://www.okta.com/trust"


def test_a_success_manager_comes_with_premier_access_and_premier_plus() -> None:
    with_one = [plan for plan in PAID if any("Success Manager" in b.label for b in OKTA.plans[plan].benefits)]
    assert with_one == ["premier-access", "premier-plus"]


def test_auth0_premier_may_telephone_and_enterprise_may_not() -> None:
    line = of_kind(ContactKind.PHONE, *AUTH0.plans["premier"].contacts)
    assert line.value == "855-243-9894"
    assert line.hours.startswith("24x7")
    assert "US" in line.note
    assert AUTH0.plans["enterprise"].contacts == ()


def test_auth0_has_its_portal_english_and_places_to_read() -> None:
    assert of_kind(ContactKind.PORTAL, *AUTH0.contacts).value == "https://support.auth0.com"
    assert of_kind(ContactKind.LANGUAGE, *AUTH0.contacts).value == "English"
    kinds = {contact.kind for contact in AUTH0.contacts}
    assert kinds >= {ContactKind.KNOWLEDGE_BASE, ContactKind.COMMUNITY, ContactKind.RELEASE_NOTES}


def test_auth0_premier_adds_a_designated_team_and_ticket_reviews_to_what_enterprise_has() -> None:
    enterprise, premier = ({b.label for b in AUTH0.plans[plan].benefits} for plan in ("enterprise", "premier"))
    assert premier - enterprise == {"A designated team", "Ticket reviews"}
    assert enterprise < premier


def test_oko_leaves_its_ways_to_the_contract_and_has_a_knowledge_base() -> None:
    assert [contact.kind for contact in OKO.contacts] == [ContactKind.CONTRACT, ContactKind.KNOWLEDGE_BASE]


def test_an_accounts_own_ways_stand_in_place_of_what_is_left_to_its_contract() -> None:
    assert ways([DESK_PHONE], [BY_CONTRACT], ()) == [DESK_PHONE, BY_CONTRACT]
    assert ways([DESK_PHONE], [BY_CONTRACT], (MAIL,)) == [DESK_PHONE, MAIL]


@pytest.mark.parametrize("number", ["855-243-9894", "+1 555 010 0100", "(02) 555 0100", "112", "1.800.555.0100"])
def test_a_number_may_be_written_as_people_write_it(number: str) -> None:
    assert ContactModel(kind=ContactKind.PHONE, label="Phone", value=number).to_contact().value == number


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("phone", "call us", "expected a telephone number"),
        ("phone", "12", "expected a telephone number"),
        ("phone", "855-CALL-NOW", "expected a telephone number"),
        ("email", "help at oko", "expected an address"),
        ("portal", "support.okta.com", "expected a link"),
        ("portal", "javascript://x.y", "expected a link"),
        ("status", "https://trust", "expected a link"),
        ("community", "https://a.b/<x>", "expected a link"),
        ("phone", "", "is missing; write to-be-set"),
        ("portal", "", "is missing; write to-be-set"),
    ],
)
def test_what_is_no_number_address_or_link_is_told(kind: str, value: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        ContactModel.model_validate({"kind": kind, "label": "L", "value": value})


def test_a_wrong_number_is_told_by_its_field_and_stops_the_check(tmp_path: Path) -> None:
    text = (SHIPPED / "auth0.yml").read_text().replace("855-243-9894", "ring twice")
    (tmp_path / "auth0.yml").write_text(text)
    result = CliRunner().invoke(policy_app, ["check", str(tmp_path), "--json"])
    (problem,) = json.loads(result.stdout)["problems"]
    assert result.exit_code == 1
    assert problem["field"] == "plans.premier.contacts.0.value"
    assert problem["what"].startswith("expected a telephone number")


def test_the_check_lists_what_is_left_to_set_until_it_is_set(tmp_path: Path) -> None:
    assert left_to_set(OKTA) == (
        "Premier: Priority phone line",
        "Premier Access: Priority phone line",
        "Premier Plus: Premier Plus phone line",
    )
    said = " ".join(CliRunner().invoke(policy_app, ["check"], env={"COLUMNS": "80"}).stdout.split())
    assert "Left to set" in said
    assert "Premier Plus: Premier Plus phone line" in said
    (tmp_path / "okta.yml").write_text((SHIPPED / "okta.yml").read_text().replace(TO_SET, "+1 555 010 0100"))
    checked = CliRunner().invoke(policy_app, ["check", str(tmp_path), "--json"])
    assert json.loads(checked.stdout)["programs"][0]["left_to_set"] == []


def test_show_prints_contacts_and_benefits_of_the_plan_asked_for() -> None:
    said = " ".join(CliRunner().invoke(policy_app, ["show", "auth0", "--plan", "premier"]).stdout.split())
    assert "Phone: 855-243-9894 (24x7, every day of the year, toll-free in the US)" in said
    assert "Language of support: English" in said
    assert "Ticket reviews:" in said
    enterprise = CliRunner().invoke(policy_app, ["show", "auth0", "--plan", "enterprise"]).stdout
    assert "855-243-9894" not in enterprise
