"""Policy files in, programs out; or every problem in all of them at once."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from cases.policy import Program
from policies import add_ons, hours, schema, success, teams
from policies.lint import crowded_rungs, lint
from policies.problems import PolicyErrors, Problem, expectation, field_of
from policies.salvage import sound_parts
from policies.yaml_text import read_yaml

SHIPPED = Path(__file__).parent
KNOWN_FIELDS = sorted(
    {
        field.alias or name
        for module in (schema, hours, success, teams, add_ons)
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
        for name, field in model.model_fields.items()
    }
)


def load_policies(folder: Path = SHIPPED, strict: bool = False) -> Mapping[str, Program]:
    """The programs of every `.yml` and `.yaml` file of a folder, by id.

    `strict`, as `policy check` has it: what the bot can live with is a problem too.

    Raises:
        PolicyErrors: anything is wrong with any of them; it carries every problem.
    """
    programs: dict[str, Program] = {}
    problems: list[Problem] = []
    for file in _files(folder):
        program, found = _load(file, strict)
        problems.extend(Problem(file, field, what) for field, what in found)
        if program is not None and program.id in programs:
            problems.append(Problem(file, "program", f"another file is the program {program.id!r} already"))
        elif program is not None:
            programs[program.id] = program
    if problems:
        raise PolicyErrors(problems)
    return programs


def _files(folder: Path) -> list[Path]:
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix in (".yml", ".yaml"))
    except OSError as error:
        raise PolicyErrors([Problem(folder, "the folder", f"can't be read: {error.strerror}")]) from None
    if not files:
        raise PolicyErrors([Problem(folder, "the folder", "expected at least one policy file, name.yml")])
    return files


def _load(file: Path, strict: bool) -> tuple[Program | None, list[tuple[str, str]]]:
    """A file's program as far as it can be told, and what is wrong with it."""
    try:
        content = file.read_bytes()
    except OSError as error:
        return None, [("the file", f"can't be read: {error.strerror}")]
    data, found = read_yaml(content)
    if not isinstance(data, dict):
        return None, found or [("the file", "expected fields such as program: and plans:")]
    digest = hashlib.sha256(content).hexdigest()[:8]
    model, removed, errors = sound_parts(data)
    found += [(field_of(error), expectation(error, KNOWN_FIELDS)) for error in errors]
    if model is None:
        return None, found
    program = model.value(digest)
    return program, [*found, *lint(program, removed), *(crowded_rungs(program) if strict else ())]
