"""A designated team in a policy file: what can't be meant is told by its field, what is left to set is listed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli_policy import policy_app
from bot.policy_pages import assumed, left_to_set
from cases.contacts import TO_SET
from policies.loader import SHIPPED, load_policies

AUTH0 = load_policies()["auth0"]
TEXT = (SHIPPED / "auth0.yml").read_text()
FIRST = f"mention: {TO_SET} # the Slack id of the region's user group, S…, or of its people, U…"
REGION = "plans.premier.team.regions.0"


def problems(tmp_path: Path, old: str, new: str) -> dict[str, str]:
    assert TEXT.count(old) >= 1
    (tmp_path / "auth0.yml").write_text(TEXT.replace(old, new, 1))
    checked = CliRunner().invoke(policy_app, ["check", str(tmp_path), "--json"])
    return {problem["field"]: problem["what"] for problem in json.loads(checked.stdout)["problems"]}


def test_auth0_premier_has_three_regions_read_into_the_policy_and_reviews() -> None:
    premier, enterprise = AUTH0.plans["premier"], AUTH0.plans["enterprise"]
    assert [region.label for region in premier.team] == ["EMEA", "APAC", "Americas"]
    assert premier.ticket_reviews
    assert (enterprise.team, enterprise.ticket_reviews) == ((), False)
    assert any("neither their hours nor their people" in words for words in assumed(AUTH0))


def test_whom_to_mention_is_left_to_set_until_it_is_set(tmp_path: Path) -> None:
    unset = [f"Premier: whom to mention in {label}" for label in ("EMEA", "APAC", "Americas")]
    assert list(left_to_set(AUTH0))[-3:] == unset
    (tmp_path / "auth0.yml").write_text(TEXT.replace(FIRST, "mention: [S0123456789, U0123456789]"))
    set_for_one = load_policies(tmp_path)["auth0"]
    assert set_for_one.plans["premier"].team[0].mention == ("S0123456789", "U0123456789")
    assert list(left_to_set(set_for_one))[-2:] == unset[1:]
    assert unset[0] not in left_to_set(set_for_one)


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ("timezone: Europe/London", "timezone: Europe/Atlantis", f"{REGION}.timezone", "no time zone is called"),
        (FIRST, "mention: '@emea'", f"{REGION}.mention", "expected a Slack id such as S0123456789"),
        (FIRST, "mention: [S0123456789, S0123456789]", f"{REGION}.mention", "is there twice"),
        (FIRST, "mention: []", f"{REGION}.mention", "expected a user group's"),
        ("id: apac", "id: emea", "plans.premier.team", "expected each id once, found twice: emea"),
        ("label: APAC", "label: EMEA", "plans.premier.team", "expected each label once, found twice: EMEA"),
        (
            '{days: mon-fri, from: "09:00", to: "18:00"}',
            '{days: mon-fri, from: "09:00", to: "09:00"}',
            f"{REGION}.hours.0",
            "never opens",
        ),
        (
            "timezone: Europe/London\n          hours:",
            "timezone: Europe/London\n          days:",
            f"{REGION}.hours",
            "",
        ),
        (
            '- {days: mon-fri, from: "09:00", to: "18:00"}',
            '- {days: mon-fri, from: "09:00", to: "18:00"}\n            - {days: fri, from: "17:00", to: "19:00"}',
            f"{REGION}.hours",
            "overlap",
        ),
        ("ticket_reviews: true", "ticket_reviews: often", "plans.premier.ticket_reviews", "expected true or false"),
    ],
    ids=["zone", "no id", "twice", "nobody", "id", "label", "hours", "no hours", "overlap", "reviews"],
)
def test_what_can_not_be_meant_is_told_by_its_field(tmp_path: Path, old: str, new: str, field: str, said: str) -> None:
    found = problems(tmp_path, old, new)
    assert field in found
    assert said in found[field]
