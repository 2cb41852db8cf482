"""`docs/programmes.md` names only what is there: each path in YAML, each name in code, each test."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from pkgutil import resolve_name

import pytest
import yaml

from policies.loader import SHIPPED

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "programmes.md"
PACKAGES = {"cases", "handlers", "policies", "bot", "storage", "scheduling"}
STATES = {"held", "contract"}


@dataclass(frozen=True)
class Row:
    """One sentence, and where it lives."""

    says: str
    state: str
    paths: tuple[str, ...]
    names: tuple[str, ...]
    tests: tuple[str, ...]


def rows_of(text: str) -> list[Row]:
    lines = (line for line in text.splitlines() if line.startswith("|"))
    cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [
        Row(says, state, quoted(paths), quoted(names), quoted(tests))
        for says, state, paths, names, tests in cells
        if state != "state" and not says.startswith("---")
    ]


def quoted(cell: str) -> tuple[str, ...]:
    assert re.fullmatch(r"(`[^`]+`(, )?)*", cell), cell
    return tuple(re.findall(r"`([^`]+)`", cell))


@cache
def policy(program: str) -> object:
    return yaml.safe_load((SHIPPED / f"{program}.yml").read_text())


def in_yaml(path: str) -> object:
    """What stands there. Raises LookupError, OSError."""
    program, _, steps = path.partition(":")
    found = policy(program)
    for step in steps.split("."):
        keys = {str(key): value for key, value in found.items()} if isinstance(found, dict) else found
        found = keys[int(step)] if isinstance(keys, list) else keys[step]  # type: ignore[index]
    return found


@cache
def names_of_tests(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / f"{file}.py").read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


ROWS = rows_of(PAGE.read_text())


def test_the_table_is_there_for_all_three_programmes() -> None:
    assert {path.partition(":")[0] for row in ROWS for path in row.paths} == {"oko", "okta", "auth0"}
    assert {row.state for row in ROWS} == STATES
    assert len({row.says for row in ROWS}) == len(ROWS), "a sentence stands there twice"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.says[:60])
def test_what_a_row_names_is_there(row: Row) -> None:
    for path in row.paths:
        assert in_yaml(path) is not None, path
    for name in row.names:
        assert name.partition(".")[0] in PACKAGES
        assert resolve_name(name) is not None
    for test in row.tests:
        file, _, name = test.partition("::")
        assert name.startswith("test_")
        assert name in names_of_tests(file), test


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.says[:60])
def test_what_is_held_is_held_by_a_test_and_what_is_not_claims_none(row: Row) -> None:
    if row.state == "held":
        assert row.names
        assert row.tests
    else:
        assert not row.names
        assert not row.tests


@pytest.mark.parametrize(
    "wrong",
    [
        "`okta:plans.gold`",
        "`okta:plans.premier.contacts.9`",
        "`oko:notes.first`",
        "`nowhere:plans`",
    ],
)
def test_a_path_that_leads_nowhere_is_noticed(wrong: str) -> None:
    (row,) = rows_of(f"| A sentence | held | {wrong} | | |")
    with pytest.raises((LookupError, OSError, ValueError)):
        in_yaml(row.paths[0])
