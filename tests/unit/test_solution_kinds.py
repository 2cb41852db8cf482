"""The kinds of solution that a programme defines: offered by priority, checked, and shown by the command line."""

from pathlib import Path

import pytest

from bot.policy_pages import program_json
from cases.accounts import Account
from cases.policy import RESOLVED
from cases.promise import promise_for
from policies.loader import SHIPPED, load_policies
from policies.problems import PolicyErrors
from tests.unit.test_policies_loading import edit, folder, problems
from tests.unit.test_policy_cli import run

__all__ = ["folder"]

POLICIES = load_policies()


def kinds(program: str, plan: str, product: str, priority: int | None) -> list[str]:
    account = Account(1, "A", program, plan, "UTC", ())
    return [kind.id for kind in promise_for(POLICIES[program], account, product, priority).solutions]


@pytest.mark.parametrize("plan", ["enterprise", "premier"])
def test_auth0_ends_each_severity_in_the_kinds_that_its_programme_defines(plan: str) -> None:
    assert [kinds("auth0", plan, "platform", severity) for severity in (1, 2, 3, 4)] == [
        ["resolved", "workaround", "fix", "future-fix"],
        ["resolved", "workaround", "fix", "future-fix"],
        ["resolved", "workaround", "future-fix", "answer"],
        ["answer", "enhancement"],
    ]


def test_programmes_that_define_none_have_the_one_kind() -> None:
    for priority in (1, 2, 3, 4):
        assert kinds("okta", "premier", "service", priority) == [RESOLVED.id]
        assert kinds("okta", "premier", "access-gateway", priority) == [RESOLVED.id]
    assert kinds("oko", "standard", "oko", None) == [RESOLVED.id]


def test_an_unknown_kind_is_named_with_its_file_and_field(folder: Path) -> None:
    edit(folder / "auth0.yml", ("solutions: [answer, enhancement]", "solutions: [answer, enhancment]"))
    assert problems(folder) == {
        "auth0.yml: products.platform.priorities.4.solutions.1": (
            "expected one of the solutions (resolved, workaround, fix, future-fix, answer, enhancement), "
            "found 'enhancment'"
        ),
        "auth0.yml: solutions.enhancement": "no priority ends in it: name it in the solutions of one, or remove it",
    }


def test_a_kind_that_nothing_defines_says_so(folder: Path) -> None:
    lines = (folder / "okta.yml").read_text().splitlines()
    question = next(line for line in lines if line.strip().startswith("question:"))
    solutions = question[: question.index("question:")] + "solutions: [resolved]"
    edit(folder / "okta.yml", (question, f"{solutions}\n{question}"))
    assert problems(folder) == {
        "okta.yml: products.service.priorities.1.solutions.0": (
            "expected one of the solutions (none are defined), found 'resolved'"
        )
    }


def test_a_kind_named_twice_is_found(folder: Path) -> None:
    edit(folder / "auth0.yml", ("solutions: [answer, enhancement]", "solutions: [answer, enhancement, answer]"))
    assert problems(folder) == {"auth0.yml: products.platform.priorities.4.solutions.2": "names 'answer' twice"}


def test_more_kinds_than_a_form_shows_are_too_many(folder: Path) -> None:
    edit(folder / "auth0.yml", ("[answer, enhancement]", f"[{', '.join(f'kind-{n}' for n in range(11))}]"))
    found = problems(folder)
    assert found["auth0.yml: products.platform.priorities.4.solutions"] == "expected at most 10, found 11"


def test_a_kind_with_a_problem_of_its_own_is_not_called_unknown_too(folder: Path) -> None:
    edit(folder / "auth0.yml", ("fix: It is fixed", f"fix: {'x' * 80}"))
    assert problems(folder) == {"auth0.yml: solutions.fix": "expected at most 75 characters, found 80"}


@pytest.mark.parametrize("days", ["0", "91", "soon"])
def test_the_days_to_confirm_are_a_number_of_days(folder: Path, days: str) -> None:
    edit(folder / "oko.yml", ("confirm_within_days: 7", f"confirm_within_days: {days}"))
    assert list(problems(folder)) == ["oko.yml: closing.confirm_within_days"]


def test_the_command_line_shows_the_kinds_and_the_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run("show auth0")
    page = " ".join(out.split())
    assert code == 0
    assert "Ends as: Your question is answered; Your wish for an enhancement is on record" in page
    assert "confirms or reopens within 7 days" in page
    shown = str(program_json(POLICIES["auth0"], (), list(POLICIES["auth0"].products.values())))
    assert "A later release will bring the fix" in shown


def test_what_is_shipped_loads_even_when_it_is_checked_strictly() -> None:
    try:
        load_policies(SHIPPED, strict=True)
    except PolicyErrors as error:  # pragma: no cover
        pytest.fail(str(error))
