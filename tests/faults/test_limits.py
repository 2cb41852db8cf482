"""At the longest and the most of everything that anybody may write, choose or state: Slack takes all that is shown."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cases.linking import NAME_LENGTH
from policies.schema import ProductModel
from tests.builders import NOON
from tests.faults.rights.counter import counter
from tests.faults.rights.morning import set_out
from tests.faults.seeds import runs
from tests.faults.surfaces.forms import FORMS
from tests.faults.surfaces.homes import homes
from tests.faults.surfaces.largest import MANY, largest, largest_cases
from tests.faults.surfaces.messages import BUTTONLESS, messages
from tests.faults.surfaces.private import answered, commands
from tests.faults.test_hostile_fields import show_all
from tests.handlers.looks import modal, seen
from workspace.check_payloads import accept_view
from workspace.state import State

WIDE = ("x", "&", "<", ">", "*", "😀", "\n", "ת", "👩‍👩‍👧‍👦", "a\u0301\u0302", "<&>*😀ת\u0301 ")
"""As it is; escaped to five; escaped to four, twice; with a character before it; two units; lines; right to left;
joined; combining; some of each."""
EDGES = (1, 24, 75, 80, 150, 255, 300, 1000, 1500, 2000, 3000, 12_000, 40_000)
LENGTHS = tuple(edge + more for edge in EDGES for more in (-1, 0, 1) if edge + more > 0)


@settings(max_examples=4)
@given(st.sampled_from(WIDE), st.sampled_from(LENGTHS))
def test_no_message_passes_a_limit(wide: str, length: int) -> None:
    messages_accepted(typed(wide, length))


@pytest.mark.faults
@pytest.mark.parametrize("wide", WIDE)
@pytest.mark.parametrize("length", LENGTHS)
def test_no_message_passes_any_limit(wide: str, length: int) -> None:
    messages_accepted(typed(wide, length))


@settings(max_examples=1)
@given(st.sampled_from(WIDE), st.sampled_from(LENGTHS))
def test_nothing_passes_a_limit_where_there_is_very_much_of_everything(wide: str, length: int) -> None:
    everything_accepted(typed(wide, length))


@pytest.mark.parametrize("seed", runs(0, 60))
def test_nothing_passes_any_limit_where_there_is_very_much_of_everything(seed: int) -> None:
    dice = random.Random(seed)
    everything_accepted(typed(dice.choice(WIDE), dice.choice(LENGTHS)))


def typed(wide: str, length: int) -> str:
    return (wide * length)[:length]


def messages_accepted(typed: str) -> None:
    for kind, drawn in messages(typed):
        if kind not in BUTTONLESS:
            seen(drawn)
    for drawn in commands(typed):
        seen(drawn)


def everything_accepted(typed: str) -> None:
    """Every message, answer, form and Home about the fullest cases, of the largest policy, for the most customers."""
    for kind, drawn in messages(typed, largest_cases):
        if kind not in BUTTONLESS:
            seen(drawn)
    for drawn in answered(typed):
        seen(drawn)
    for views in FORMS.values():
        for view in views(typed):
            modal(view)
    for home in homes(typed):
        accept_view(State(lambda: NOON), home.to_dict(), "home")


@pytest.mark.parametrize("wide", ["x", pytest.param("😀", marks=pytest.mark.faults)])
def test_every_surface_of_the_largest_policy_is_shown(wide: str, tmp_path: Path) -> None:
    """As many of everything as `policy check` lets pass, each as long as it may be."""
    with counter(tmp_path, largest(wide)) as at:
        desk = set_out(at)["Acme"]
        at.rewrite((wide * NAME_LENGTH)[:NAME_LENGTH])
        show_all(at, desk)


@pytest.mark.parametrize("part", ["kinds", "priorities"])
def test_no_policy_states_more_than_a_menu_holds(part: str) -> None:
    stated = {"label": "x", "meaning": "x"} | ({"question": "x"} if part == "priorities" else {})

    def product(count: int) -> ProductModel:
        return ProductModel.model_validate(
            {"name": "x", part: {n if part == "priorities" else f"k{n}": stated for n in range(1, count + 1)}}
        )

    assert len(getattr(product(MANY), part)) == MANY
    with pytest.raises(ValidationError, match="too_long"):
        product(MANY + 1)
