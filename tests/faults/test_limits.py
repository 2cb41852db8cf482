"""At the longest and the most of everything that anybody may write, choose or state: Slack takes all that is shown."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cases.contacts import Contact
from cases.linking import NAME_LENGTH
from cases.policy import Answer, Plan, Priority, Product, Program, Question, RequestKind, Target
from cases.ports import Policies
from policies.loader import load_policies
from policies.schema import ProductModel
from tests.faults.rights import people
from tests.faults.rights.counter import counter
from tests.faults.rights.morning import set_out
from tests.faults.surfaces import BUTTONLESS, commands, messages
from tests.faults.test_hostile_fields import show_all
from tests.handlers.looks import seen

WIDE = ("x", "&", "<", "*", "😀", "\n", "ת", "👩‍👩‍👧‍👦")
"""As it is; escaped to five; escaped to four; with a character before it; two units; lines; right to left; joined."""
EDGES = (1, 24, 75, 80, 150, 255, 300, 1000, 1500, 2000, 3000, 12_000, 40_000)
LENGTHS = tuple(edge + more for edge in EDGES for more in (-1, 0, 1) if edge + more > 0)
LABEL, TEXT = 75, 1500
"""The longest that a policy may state (`policies.fields`)."""
MANY = 100
"""As many as `policy check` lets pass, so many as a menu holds."""


@settings(max_examples=4)
@given(st.sampled_from(WIDE), st.sampled_from(LENGTHS))
def test_no_message_passes_a_limit(wide: str, length: int) -> None:
    accepted(wide, length)


@pytest.mark.faults
@pytest.mark.parametrize("wide", WIDE)
@pytest.mark.parametrize("length", LENGTHS)
def test_no_message_passes_any_limit(wide: str, length: int) -> None:
    accepted(wide, length)


def accepted(wide: str, length: int) -> None:
    typed = (wide * length)[:length]
    for kind, drawn in messages(typed):
        if kind not in BUTTONLESS:
            seen(drawn)
    for drawn in commands(typed):
        seen(drawn)


@pytest.mark.parametrize("wide", ["x", pytest.param("😀", marks=pytest.mark.faults)])
def test_every_surface_of_the_largest_policy_is_shown(wide: str, tmp_path: Path) -> None:
    """As many of everything as `policy check` lets pass, each as long as it may be."""
    with counter(tmp_path, largest(wide)) as at:
        desk = set_out(at)["Acme"]
        at.rewrite((wide * NAME_LENGTH)[:NAME_LENGTH])
        show_all(at, desk)


def largest(wide: str) -> Policies:
    """Okta's, with its ids: the morning goes by them."""
    shipped = people.policies()
    okta = shipped["okta"]
    service = _product(okta.products["service"], wide)
    others = {f"p{n}": replace(service, id=f"p{n}") for n in range(MANY - 1)}
    plans = {id: _plan(plan, wide) for id, plan in okta.plans.items()}
    more = {f"plan-{n}": replace(plans[people.ACME.plan], id=f"plan-{n}") for n in range(MANY - len(plans))}
    whole = replace(
        okta,
        name=wide * LABEL,
        products={"service": service, **others},
        plans={**plans, **more},
        contacts=tuple(_contact(wide, n) for n in range(MANY)),
        resolution=wide * TEXT,
    )
    programs: dict[str, Program] = {
        f"program-{n}": replace(whole, id=f"program-{n}") for n in range(MANY - len(shipped))
    }
    return {**shipped, "okta": whole, **programs}


def _product(product: Product, wide: str) -> Product:
    text, label = wide * TEXT, wide * LABEL
    examples = (text,) * 20
    known = [replace(each, label=label, meaning=text, examples=examples) for each in product.priorities]
    more = [replace(known[-1], number=number) for number in range(5, MANY + 1)]
    priorities: tuple[Priority, ...] = (*known, *more)
    questions: tuple[Question, ...] = tuple(_question(each, text, label) for each in product.questions)
    kinds: tuple[RequestKind, ...] = product.kinds
    return replace(product, name=label, priorities=priorities, questions=questions, kinds=kinds)


def _question(question: Question, text: str, label: str) -> Question:
    known = tuple(replace(each, label=label, because=text) for each in question.answers)
    more = tuple(replace(known[0], id=f"a{n}") for n in range(MANY - len(known)))
    answers: tuple[Answer, ...] = (*known, *more)
    return replace(question, ask=text, answers=answers)


def _plan(plan: Plan, wide: str) -> Plan:
    targets: dict[int | None, Target] = {**plan.targets, **dict.fromkeys(range(5, MANY + 1), plan.targets[4])}
    promise = replace(plan.commitment, promise=wide * TEXT) if plan.commitment else None
    benefits = tuple(plan.benefits) * MANY
    return replace(plan, name=wide * LABEL, targets=targets, commitment=promise, benefits=benefits)


def _contact(wide: str, number: int) -> Contact:
    shipped = load_policies()["okta"].contacts[0]
    return replace(shipped, label=f"{number}{wide * LABEL}"[:LABEL])


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
