"""Whether each priority ends in solutions that its programme defines, and each defined one is offered somewhere."""

from collections.abc import Collection, Iterator

from cases.policy import Priority, Program

Finding = tuple[str, str]


def lint_solutions(program: Program, removed: Collection[str] = ()) -> Iterator[Finding]:
    """Field and what was expected; `removed` are paths with problems of their own, as in `policies.lint.lint`."""
    for product in program.products.values():
        for priority in product.priorities:
            field = f"products.{product.id}.priorities.{priority.number}.solutions"
            yield from _unknown(program, field, priority, removed)
    if not any(path.startswith("products.") for path in removed):
        yield from _unused(program)


def _unknown(program: Program, field: str, priority: Priority, removed: Collection[str]) -> Iterator[Finding]:
    known = ", ".join(kind.id for kind in program.solutions) or "none are defined"
    ids = [kind.id for kind in priority.solutions]
    for index, kind in enumerate(priority.solutions):
        if not kind.label and f"solutions.{kind.id}" not in removed:
            yield f"{field}.{index}", f"expected one of the solutions ({known}), found {kind.id!r}"
        elif kind.id in ids[:index]:
            yield f"{field}.{index}", f"names {kind.id!r} twice"


def _unused(program: Program) -> Iterator[Finding]:
    priorities = [priority for product in program.products.values() for priority in product.priorities]
    used = {kind.id for priority in priorities for kind in priority.solutions}
    for kind in program.solutions:
        if kind.id not in used:
            yield f"solutions.{kind.id}", "no priority ends in it: name it in the solutions of one, or remove it"
