"""A file with mistakes, without them: so that the rest of it is looked at in the same go."""

from collections.abc import Mapping
from copy import deepcopy

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from policies.schema import ProgramModel

ROUNDS = 8
"""Taking out a part may leave its surroundings incomplete, which then go too: at most the depth of a file."""

PLACEHOLDERS = {"program": "unnamed", "name": "?", "version": "?", "source": "?"}

Data = dict[object, object]


def sound_parts(data: Mapping[object, object]) -> tuple[ProgramModel | None, frozenset[str], list[ErrorDetails]]:
    """The programme as far as it is well-formed (None: not at all), the paths taken out of it, and the errors in it."""
    sound: Data = deepcopy(dict(data))
    first: list[ErrorDetails] = []
    removed: set[str] = set()
    for _ in range(ROUNDS):
        try:
            return ProgramModel.model_validate(sound), frozenset(removed), first
        except ValidationError as error:
            errors = error.errors()
        first = first or errors
        removed.update(_take_out(sound, error) for error in errors)
    return None, frozenset(removed), first


def _take_out(sound: Data, error: ErrorDetails) -> str:
    """Remove the smallest named part that holds the error; its path."""
    path = [str(step) for step in error["loc"] if step != "[key]"]
    if error["type"] == "missing":
        name = path.pop()
        if not path:
            sound[name] = PLACEHOLDERS.get(name)
            return name
    group, taken = sound, 0
    for depth, step in enumerate(path[:-1], 1):
        inner = group.get(_key(group, step))
        if not isinstance(inner, dict):
            break
        group, taken = inner, depth
    group.pop(_key(group, path[taken]), None)
    return ".".join(path[: taken + 1])


def _key(group: Data, step: str) -> object:
    """The key itself, where pydantic names it as text: 1 for `1`."""
    return next((key for key in group if str(key) == step), step)
