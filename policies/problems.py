"""What is wrong with policy files, in words that say where and what was expected."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic_core import ErrorDetails

from cases.errors import CaseclockError

EXPECTED = {
    "missing": "is missing",
    "string_type": "expected text",
    "invalid_key": "expected the name of a field",
    "string_too_short": "expected some text, found none",
    "int_type": "expected a whole number",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "model_type": "expected a group of fields",
    "dict_type": "expected a group of fields",
    "tuple_type": "expected a list",
    "frozen_set_type": "expected a list",
    "too_short": "expected at least one",
    "greater_than_equal": "expected 1 or more",
}
NUMBERS = (int, float)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to put right."""

    file: Path
    field: str
    """As a person would say it: `plans.basic.targets.2.within`, or `line 12`."""
    what: str

    def __str__(self) -> str:
        return f"{self.file.name}: {self.field}: {self.what}"


class PolicyErrors(CaseclockError):
    """Every problem in the policy files, all at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def field_of(error: ErrorDetails) -> str:
    """The dotted path of a field that pydantic complains about."""
    return ".".join(str(step) for step in error["loc"] if step != "[key]") or "the file"


def expectation(error: ErrorDetails, known: Iterable[str]) -> str:
    """What was expected there; `known` are the fields there are, for a hint at a slip of the pen."""
    kind, found, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(str(error["loc"][-1]), list(known), 1)
        return "is not a known field here" + (f"; did you mean {close[0]}?" if close else "; remove it")
    if kind in ("enum", "literal_error"):
        return f"expected {context['expected']}, found {_shown(found)}"
    if kind == "string_too_long":
        return f"expected at most {context['max_length']} characters, found {len(found)}"
    if kind == "too_long":
        return f"expected at most {context['max_length']}, found {context['actual_length']}"
    if kind == "string_type" and isinstance(found, NUMBERS):
        return f'expected text, found {found!r}; put it in quotes: "{found}"'
    expected = EXPECTED.get(kind, error["msg"])
    return expected if expected.startswith("is ") or "found" in expected else f"{expected}, found {_shown(found)}"


def _shown(found: object) -> str:
    if found is None:
        return "nothing"
    if isinstance(found, dict):
        return "a group of fields" if found else "none"
    if isinstance(found, (list, tuple)):
        return "a list" if found else "none"
    return repr(found) if len(repr(found)) <= 60 else f"{repr(found)[:57]}..."
