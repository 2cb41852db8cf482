"""The modals about one case, and the one that links a channel."""

from dataclasses import replace

from cases.policy import Plan
from handlers.case_forms import hand_over_view, read_hand_over
from handlers.errors import field_errors
from handlers.setup_form import Setup, read_setup, setup_view
from tests.builders import case, program
from tests.handlers.looks import fields, filled, modal, page

OKTA = program()
OKO = replace(OKTA, id="oko", name="Oko", plans={"standard": Plan("standard", "Standard", {})})
POLICIES = {"okta": OKTA, "oko": OKO}


def test_the_commitment_is_handed_to_a_person() -> None:
    view = hand_over_view(case(committed=True))
    assert "Now it is <@U0DANA>." in page(view)
    read = read_hand_over(filled(view, to="U0BOB"))
    assert (read.case, read.to) == (1, "U0BOB")
    assert read_hand_over(filled(view)).to is None


def test_a_view_that_names_no_case_reads_as_none() -> None:
    assert read_hand_over({}).case == 0
    assert read_hand_over({"private_metadata": "C-1"}).case == 0


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
