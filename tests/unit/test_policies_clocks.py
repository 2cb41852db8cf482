"""The clocks that a programme may add: as its file says them, as the check reads them, as the commands tell them."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from cases.policy import ClockKind, Target
from policies.loader import SHIPPED, load_policies
from policies.problems import PolicyErrors
from tests.journeys.harbour import FOLDER
from tests.unit.test_policy_cli import narrow, run

FIELD = "plans.basic.targets.2"
DUE = "due --program harbour --plan care --product service --opened-at 2026-07-02T13:00:00Z --timezone UTC"

__all__ = ["narrow"]


def okta(tmp_path: Path, clocks: str) -> Path:
    """A folder with Okta's programme, its Basic plan's priority 2 with these fields more."""
    text = (SHIPPED / "okta.yml").read_text()
    assert "2: {within: 12h," in text
    (tmp_path / "okta.yml").write_text(text.replace("2: {within: 12h,", f"2: {{{clocks}, within: 12h,", 1))
    return tmp_path


def problems(tmp_path: Path, clocks: str) -> dict[str, str]:
    with pytest.raises(PolicyErrors) as caught:
        load_policies(okta(tmp_path, clocks), strict=True)
    return {problem.field: problem.what for problem in caught.value.problems}


def said(target: Target) -> dict[ClockKind, tuple[str, bool]]:
    return {clock.kind: (str(clock.within), clock.pauses) for clock in target.clocks}


def test_the_shipped_programmes_add_none() -> None:
    targets = [t for p in load_policies().values() for plan in p.plans.values() for t in plan.targets.values()]
    assert targets
    assert all(target.clocks == () for target in targets)


def test_all_three_rest_while_the_case_waits_unless_the_file_names_those_that_do(tmp_path: Path) -> None:
    care = load_policies(FOLDER)["harbour"].plans["care"].targets
    assert said(care[2]) == {
        ClockKind.NEXT_RESPONSE: ("4h", True),
        ClockKind.UPDATE: ("8h", True),
        ClockKind.SOLUTION: ("24h", True),
    }
    assert {kind for kind, (_, pauses) in said(care[1]).items() if pauses} == {ClockKind.UPDATE, ClockKind.SOLUTION}
    assert said(care[3]) == {ClockKind.SOLUTION: ("5d", False)}


def test_the_example_of_the_guide_can_be_copied(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs/guides/policy-authors.md").read_text()
    example = guide.split("### More clocks")[1].split("Each is optional")[0]
    target = yaml.safe_load(dedent(example))["plans"]["care"]["targets"][1]
    whole = yaml.safe_load((FOLDER / "harbour.yml").read_text())
    whole["plans"]["care"]["targets"][1] = target
    (tmp_path / "copied.yml").write_text(yaml.safe_dump(whole))
    assert said(load_policies(tmp_path, strict=True)["harbour"].plans["care"].targets[1]) == {
        ClockKind.NEXT_RESPONSE: ("4h", False),
        ClockKind.UPDATE: ("8h", True),
        ClockKind.SOLUTION: ("5d", True),
    }


@pytest.mark.parametrize(
    ("clocks", "field", "what"),
    [
        ("next_response: 4 hours", "next_response", "expected a length such as"),
        ("solution: 12h", "solution", "expected more than 12h, the time to the first answer"),
        ("update_every: 1d, paused_by_waiting: [updates]", "paused_by_waiting.0", "'update' or 'solution', found"),
        ("update_every: 8h, paused_by_waiting: [solution]", "paused_by_waiting", "this target has no solution"),
        ("update_every: 8h, paused_by_waiting: [update, update]", "paused_by_waiting", "names update twice"),
        ("paused_by_waiting: [update]", "paused_by_waiting", "this target has no update_every"),
        ("update: 8h", "update", "did you mean update_every?"),
        ("next_response: 2m", "next_response", "rungs at 90 and 100 fall in the same minute"),
    ],
)
def test_nonsense_is_told_by_field(tmp_path: Path, clocks: str, field: str, what: str) -> None:
    assert what in problems(tmp_path, clocks)[f"{FIELD}.{field}"]


def test_what_is_wrong_with_a_clock_is_said_once(tmp_path: Path) -> None:
    assert list(problems(tmp_path, "solution: 5x, paused_by_waiting: [solution]")) == [f"{FIELD}.solution"]


def test_show_and_due_tell_them_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_DIR", str(FOLDER))
    monkeypatch.setenv("COLUMNS", "200")
    code, out, _ = run("show harbour")
    assert code == 0
    assert "Priority 1: next response within 1h, running on while the case waits on the customer" in out
    assert "Priority 2: update at least every 8h, resting while the case waits on the customer" in out
    assert "Priority 3: solution within 5d (40h), running on while" in out

    code, out, _ = run(f"{DUE} --priority 3")
    assert code == 0
    assert "solution within 5d (40h), running on while the case waits on the customer; due" in out
    assert "Thu 9 Jul 13:00" in out
    _, out, _ = run(f"{DUE} --priority 2 --json")
    assert json.loads(out)["clocks"][0] == {
        "kind": "next-response",
        "target": "4h",
        "target_seconds": 14400,
        "paused_by_waiting": True,
        "due_at": None,
    }
    _, out, _ = run(f"{DUE} --priority 4 --json")
    assert "clocks" not in json.loads(out)
