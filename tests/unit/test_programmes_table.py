"""`docs/programmes.md` names only what is there: each path in YAML, each name in code, each test."""

import ast
import re
from collections.abc import Iterator
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
FINE = 2
"""Steps of a path that names something of its own: `plans.premier` is a whole plan, and stands for nothing in it."""


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
    """Of those that are collected. Raises OSError."""
    tree = ast.parse((ROOT / "tests" / f"{file}.py").read_text())
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    return frozenset(node.name for body in bodies for node in body if isinstance(node, ast.FunctionDef))


def check(row: Row) -> None:
    """Raises LookupError, OSError, ValueError, AttributeError, ImportError or AssertionError: something isn't there."""
    for path in row.paths:
        assert in_yaml(path) is not None, path
    for name in row.names:
        assert name.partition(".")[0] in PACKAGES, name
        assert resolve_name(name) is not None
    for test in row.tests:
        file, _, name = test.partition("::")
        assert file.rpartition("/")[2].startswith("test_"), test
        assert name.startswith("test_"), test
        assert name in names_of_tests(file), test


def promised(program: str) -> Iterator[str]:
    """Paths of all that a policy file says to a customer, as finely as a row may name it."""
    whole = policy(program)
    assert isinstance(whole, dict)
    for key in ("notes", "contacts"):
        yield from (f"{key}.{index}" for index, _ in enumerate(whole.get(key, ())))
    yield from (f"calendars.{name}" for name in whole["calendars"])
    for name, plan in whole["plans"].items():
        yield from (f"plans.{name}.{path}" for path in parts(plan))
    for name, product in whole["products"].items():
        yield from (f"products.{name}.{path}" for path in parts(product))


def parts(of: dict[str, object]) -> Iterator[str]:
    for key, value in of.items():
        if isinstance(value, list):
            yield from (f"{key}.{index}" for index, _ in enumerate(value))
        elif key in {"success", "kinds"} and isinstance(value, dict):
            yield from (f"{key}.{name}" for name in value if name != "assumed")
        elif key != "name":
            yield key


ROWS = rows_of(PAGE.read_text())


def test_the_table_is_there_for_all_three_programmes() -> None:
    assert {path.partition(":")[0] for row in ROWS for path in row.paths} == {"oko", "okta", "auth0"}
    assert {row.state for row in ROWS} == STATES
    assert len({row.says for row in ROWS}) == len(ROWS), "a sentence stands there twice"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.says[:60])
def test_what_a_row_names_is_there(row: Row) -> None:
    check(row)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.says[:60])
def test_what_is_held_is_held_by_a_test_and_what_is_not_claims_none(row: Row) -> None:
    if row.state == "held":
        assert row.names
        assert row.tests
    else:
        assert not row.names
        assert not row.tests


@pytest.mark.parametrize("program", ["oko", "okta", "auth0"])
def test_all_that_a_policy_file_says_stands_in_the_table(program: str) -> None:
    named = [path.partition(":")[2] for row in ROWS for path in row.paths if path.startswith(f"{program}:")]
    fine = [path for path in named if path.count(".") >= FINE]
    left_out = [
        path
        for path in promised(program)
        if not any(f"{each}.".startswith(f"{path}.") for each in named)
        and not any(path.startswith(f"{each}.") for each in fine)
    ]
    assert left_out == []


@pytest.mark.parametrize(
    "cells",
    [
        "`okta:plans.gold` | | |",
        "`okta:plans.premier.contacts.9` | | |",
        "`oko:notes.first` | | |",
        "`nowhere:plans` | | |",
        "| `cases.promise.promise_against` | |",
        "| `cases.promises.promise_for` | |",
        "| `json.dumps` | |",
        "| | `unit/test_contacts::test_nothing_of_the_kind` |",
        "| | `unit/test_nowhere::test_every_row` |",
        "| | `unit/test_contacts::of_kind` |",
        "| | `builders::account` |",
        "| | `handlers/looks::seen` |",
    ],
)
def test_what_is_not_there_is_noticed(cells: str) -> None:
    (row,) = rows_of(f"| A sentence | held | {cells}")
    with pytest.raises((LookupError, OSError, ValueError, AttributeError, ImportError, AssertionError)):
        check(row)


@pytest.mark.parametrize("line", ["| A sentence | held | a word of no kind | | |", "| A sentence | held | | |"])
def test_a_row_that_is_none_is_noticed(line: str) -> None:
    with pytest.raises((AssertionError, ValueError)):
        rows_of(line)
