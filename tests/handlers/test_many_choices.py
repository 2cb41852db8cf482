"""More to choose from than one menu holds: all of it is there, in groups, and what was chosen stays chosen."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.setup_form import Setup, setup_view
from policies.loader import load_policies
from tests.faults.surfaces.open_forms import for_customers
from tests.handlers.looks import Body, modal
from workspace.forms import elements, options_of

MENU = 100
OKO = load_policies()["oko"]


def menu_of(number: int, wide: str, chosen: str = "") -> Body:
    """The programmes of `/case setup`, where there are so many policy files; Slack takes the form."""
    policies = {f"p{n}": replace(OKO, id=f"p{n}", name=f"{n:03} {wide * 75}"[:75]) for n in range(number)}
    body = modal(setup_view(policies, Setup("C0ACME", program=chosen)))
    return next(element for _, element in elements(body["blocks"]) if element["type"] == "static_select")


@settings(max_examples=5)
@given(number=st.integers(min_value=1, max_value=400), wide=st.sampled_from("x&<*😀ת"))
@example(number=MENU, wide="😀")
@example(number=MENU + 1, wide="😀")
@example(number=400, wide="ת")
def test_every_policy_file_can_be_chosen(number: int, wide: str) -> None:
    element = menu_of(number, wide, "p0")
    assert {each["value"] for each in options_of(element)} == {f"p{n}" for n in range(number)}
    assert element["initial_option"]["value"] == "p0"
    assert ("option_groups" in element) == (number > MENU)


def customers_of(number: int, wide: str) -> Body:
    """The menu of a channel's customers; Slack takes the form."""
    blocks = modal(for_customers(number, wide * 80))["blocks"]
    return next(element for block, element in elements(blocks) if block["block_id"] == "open:account")


@settings(max_examples=3)
@given(number=st.integers(min_value=2, max_value=600), wide=st.sampled_from("x&<*😀ת"))
@example(number=MENU, wide="😀")
@example(number=MENU + 1, wide="😀")
@example(number=600, wide="ת")
def test_every_customer_of_a_channel_can_be_chosen(number: int, wide: str) -> None:
    menu = customers_of(number, wide)
    assert [int(each["value"]) for each in options_of(menu)] == [*range(1, number + 1)]
    assert menu["initial_option"]["value"] == "1"
    assert len({each["text"]["text"] for each in options_of(menu)}) == number


def test_a_form_that_would_be_too_large_shortens_its_names_with_an_ellipsis() -> None:
    few, many = (options_of(customers_of(number, "ת"))[0] for number in (MENU, 600))
    assert len(few["text"]["text"]) > 60
    assert len(many["text"]["text"]) <= 40
    assert many["text"]["text"].startswith("\u20680001 ת")
    assert many["text"]["text"].endswith("ת…\u2069")


@pytest.mark.parametrize(("number", "groups"), [(101, 2), (200, 2), (201, 3)])
def test_a_group_says_from_where_to_where_it_goes(number: int, groups: int) -> None:
    shown = menu_of(number, "")["option_groups"]
    assert len(shown) == groups
    assert shown[0]["label"]["text"] == "\u2068000\u2069 – \u2068099\u2069"
