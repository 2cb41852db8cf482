"""The modals about one case, and the one that links a channel."""

from dataclasses import replace

from cases.policy import Plan
from handlers.case_forms import hand_over_view, priority_view, read_hand_over, read_priority, read_resolve, resolve_view
from handlers.errors import field_errors
from handlers.setup_form import Setup, read_setup, setup_view
from tests.builders import case, program
from tests.handlers.looks import fields, filled, modal, page

OKTA = program()
OKO = replace(OKTA, id="oko", name="Oko", plans={"standard": Plan("standard", "Standard", {})})
POLICIES = {"okta": OKTA, "oko": OKO}


def test_another_priority_needs_a_reason_that_the_customer_reads() -> None:
    view = priority_view(case(), OKTA.products["service"])
    assert "*Priority 3*: meaning 3" in page(view)
    assert "The customer reads this" in page(view)
    read = read_priority(filled(view, priority="3", reason="One app only"))
    assert (read.case, read.priority, read.reason) == (1, 3, "One app only")


def test_the_priority_form_starts_at_the_one_in_force_or_the_one_proposed() -> None:
    product = OKTA.products["service"]
    assert read_priority(filled(priority_view(case(2), product))).priority == 2
    assert read_priority(filled(priority_view(case(2), product, 3, "smaller now"))).reason == "smaller now"
    assert read_priority(filled(priority_view(case(2), product, 3))).priority == 3


def test_a_case_is_resolved_with_a_line_for_the_customer() -> None:
    read = read_resolve(filled(resolve_view(case()), note="A certificate had expired."))
    assert (read.case, read.note) == (1, "A certificate had expired.")


def test_the_commitment_is_handed_to_a_person() -> None:
    view = hand_over_view(case(committed=True))
    assert "Now it is <@U0DANA>." in page(view)
    read = read_hand_over(filled(view, to="U0BOB"))
    assert (read.case, read.to) == (1, "U0BOB")
    assert read_hand_over(filled(view)).to is None


def test_a_view_that_names_no_case_reads_as_none() -> None:
    assert read_resolve({}).case == 0
    assert read_resolve({"private_metadata": "C-1"}).case == 0


def test_plans_follow_the_programme() -> None:
    first = setup_view(POLICIES, Setup("C0ACME", timezone="Europe/Berlin"))
    assert "plan" not in fields(first)
    before = filled(first, name="Acme", program="okta")
    second = setup_view(POLICIES, read_setup(before))
    after = filled(second, before, plan="premier")
    assert read_setup(after) == Setup("C0ACME", "Acme", "okta", "premier", "Europe/Berlin")


def test_a_plan_of_another_programme_is_not_carried_over() -> None:
    chosen = filled(setup_view(POLICIES, Setup("C0ACME", program="okta")), plan="premier")
    changed = filled(setup_view(POLICIES, read_setup(chosen)), chosen, program="oko")
    assert read_setup(changed).plan == ""
    assert read_setup(filled(setup_view(POLICIES, read_setup(changed)), changed)).plan == "standard"


def test_an_account_can_be_edited_and_comes_back_whole() -> None:
    whole = Setup(
        "C0ACME",
        "Acme",
        "okta",
        "premier",
        "America/New_York",
        ("T0ACME", "T0EU"),
        ("U0DANA", "U0BOB"),
        ("U0MAX",),
        "mon-fri",
        "09:00",
        "18:00",
        "US",
    )
    assert read_setup(filled(setup_view(POLICIES, whole))) == whole


def test_team_ids_may_be_separated_in_any_way() -> None:
    view = setup_view(POLICIES, Setup("C0ACME", program="okta"))
    assert read_setup(filled(view, teams=" T0ACME,T0EU  T0US,")).teams == ("T0ACME", "T0EU", "T0US")


def test_a_wrong_time_zone_is_pointed_at() -> None:
    view = modal(setup_view(POLICIES, Setup("C0ACME")))
    assert field_errors({"timezone": "No zone is called that."}, view) == {"setup:timezone": "No zone is called that."}


def test_without_programmes_there_is_nothing_to_choose_and_nothing_breaks() -> None:
    assert "program" not in fields(setup_view({}, Setup("C0ACME")))
