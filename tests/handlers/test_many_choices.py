"""More to choose from than one menu holds: all of it is there, in groups, and what was chosen stays chosen."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.setup_form import Setup, setup_view
from policies.loader import load_policies
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


@pytest.mark.parametrize(("number", "groups"), [(101, 2), (200, 2), (201, 3)])
def test_a_group_says_from_where_to_where_it_goes(number: int, groups: int) -> None:
    shown = menu_of(number, "")["option_groups"]
    assert len(shown) == groups
    assert shown[0]["label"]["text"] == "\u2068000\u2069 – \u2068099\u2069"
