"""What an edited policy changes, in words: nothing that it states can change unsaid."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest

from cases.hours import Duration, Window
from cases.policy import Audience, Ladder, Plan, Program, Rung, Target
from cases.policy_changes import changes
from policies.loader import load_policies

SHIPPED = load_policies()
OKTA = SHIPPED["okta"]


def words(after: Program, before: Program = OKTA) -> list[tuple[str, str | None, str | None]]:
    (found,) = changes({before.id: before}, {before.id: replace(after, version="new")})
    return [(each.where, each.before, each.after) for each in found.changes]


def plan(id: str, **changed: Any) -> Program:  # noqa: ANN401 - any field of a plan
    return replace(OKTA, plans={**OKTA.plans, id: replace(OKTA.plans[id], **changed)})


def test_a_target_in_words() -> None:
    targets = {**OKTA.plans["premier"].targets, 1: Target(Duration(30, "m"), "always")}
    assert words(plan("premier", targets=targets)) == [
        ("plan Premier · priority 1 · first answer within", "1h", "30m"),
    ]


def test_hours_and_holidays_in_words() -> None:
    oko = SHIPPED["oko"]
    spec = oko.calendars["support"]
    edited = replace(oko, calendars={"support": replace(spec, holidays="US-CA", windows=spec.windows[:4])})
    assert words(edited, oko)[:1] == [
        (
            "calendar support hours",
            "Mon–Fri 09:00–18:00 in America/New_York, except US holidays",
            "Mon–Thu 09:00–18:00 in America/New_York, except US-CA holidays",
        )
    ]


def test_a_rung_that_is_new_says_whom_it_tells() -> None:
    rungs = (*OKTA.ladder.rungs[:2], Rung(80, frozenset({Audience.MANAGERS})), *OKTA.ladder.rungs[2:])
    assert words(replace(OKTA, ladder=Ladder(rungs, 15 * 60))) == [
        ("ladder · told again after", "30m", "15m"),
        ("ladder · at 80 %", None, "tells managers"),
    ]


def test_a_plan_that_is_new_or_gone_is_one_line() -> None:
    gold = Plan("gold", "Gold", OKTA.plans["premier"].targets)
    assert words(replace(OKTA, plans={**OKTA.plans, "gold": gold})) == [("plan Gold", None, "")]
    gone = {id: each for id, each in OKTA.plans.items() if id != "basic"}
    assert words(replace(OKTA, plans=gone)) == [("plan Basic", "", None)]


def test_a_text_before_and_after_and_a_sentence_that_came_or_went() -> None:
    assert words(replace(OKTA, resolution="Soon.")) == [("resolution", OKTA.resolution, "Soon.")]
    assert words(replace(OKTA, notes=(*OKTA.notes[1:], "And this."))) == [
        (f"notes · “{OKTA.notes[0]}”", "", None),
        ("notes · “And this.”", None, ""),
    ]


def test_a_plan_that_is_only_called_otherwise_is_the_same_plan() -> None:
    assert words(plan("premier", name="Premium")) == [("plan Premium · name", "Premier", "Premium")]


def test_whole_programmes_come_and_go() -> None:
    (found,) = changes({}, {"okta": OKTA})
    assert (found.name, found.before, found.after, found.changes) == ("Okta", None, OKTA.version, ())
    assert changes(SHIPPED, SHIPPED) == ()


def edits(value: object) -> Iterator[tuple[str, object]]:
    """The value with each of its leaves changed, one at a time; and in what kind of place that stands."""
    match value:
        case bool():
            yield "", not value
        case Enum():
            yield from (("", each) for each in type(value) if each is not value)
        case str():
            yield "", f"{value} other"
        case int():
            yield "", value + 60
        case Mapping():
            for key, each in value.items():
                yield from ((f"{{}}{where}", {**value, key: new}) for where, new in edits(each))
        case tuple() if value:
            yield "[less]", value[:-1]
            if len(value) > 1 and is_dataclass(value[0]) and not isinstance(value[0], Window):
                yield "[turned]", (value[1], value[0], *value[2:])
            for n, each in enumerate(value):
                yield from ((f"[]{where}", (*value[:n], new, *value[n + 1 :])) for where, new in edits(each))
        case _ if is_dataclass(value) and not isinstance(value, type):
            for each in fields(value):
                found = edits(getattr(value, each.name))
                yield from ((f".{each.name}{where}", replace(value, **{each.name: new})) for where, new in found)


@pytest.mark.parametrize("id", sorted(SHIPPED))
def test_no_field_changes_unsaid(id: str) -> None:
    unsaid, tried = [], {".version", ".id"}
    for where, edited in edits(SHIPPED[id]):
        if where in tried:
            continue
        assert isinstance(edited, Program)
        tried.add(where)
        (found,) = changes({id: SHIPPED[id]}, {id: replace(edited, version="new")})
        if not found.changes:
            unsaid.append(where)
    assert len(tried) > 40
    assert unsaid == []
