"""What `policy diff` prints: what an edited policy changes, and which cases keep what they were promised."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.policy_due import Json
from cases.policy_changes import PolicyChange, ProgramChanges

Pinned = Mapping[tuple[str, str], Sequence[int]]
"""Numbers of open cases, by program and the version that is stamped on them."""
SHOWN = 12


def diff_page(found: Sequence[ProgramChanges], pinned: Pinned) -> RenderableType:
    """For people, within 80 columns."""
    parts: list[RenderableType] = []
    for program in found:
        parts += [Text(f"{program.name}: {_versions(program)}", style="bold"), *map(_change, program.changes), Text()]
        if program.before and program.after and not program.changes:
            parts.insert(-1, _indented(Text("Nothing that anybody is promised: comments, or how it is written.")))
    if not found:
        parts.append(Text("Nothing changes."))
    for (id, version), numbers in pinned.items():
        count = f"{len(numbers)} open case{'' if len(numbers) == 1 else 's'}"
        keep = "keeps" if len(numbers) == 1 else "keep"
        parts.append(Text(f"{count} {keep} {id} {version}: {_numbers(numbers)}"))
    if pinned:
        parts.append(Text("To move one on purpose: caseclock policy adopt C-…, once the new files are in force."))
    return Group(*parts)


def diff_json(found: Sequence[ProgramChanges], pinned: Pinned) -> Json:
    """The same as plain values."""
    keep = [
        {"program": program, "version": version, "cases": [f"C-{number}" for number in numbers]}
        for (program, version), numbers in pinned.items()
    ]
    return {"programs": [asdict(program) for program in found], "pinned": keep}


def _versions(program: ProgramChanges) -> str:
    if program.before is None:
        return f"new, {program.after}"
    return f"{program.before} → {program.after}" if program.after else f"gone, was {program.before}"


def _change(change: PolicyChange) -> RenderableType:
    if change.before is None:
        return _line("+", change.where, change.after, "green")
    if change.after is None:
        return _line("−", change.where, change.before, "red")
    words = Text.assemble("~ ", (f"{change.where}: ", ""), (change.before, "red"), " → ", (change.after, "green"))
    return _indented(words)


def _line(sign: str, where: str, said: str | None, style: str) -> RenderableType:
    return _indented(Text.assemble((f"{sign} ", style), where, (f": {said}" if said else "", style)))


def _indented(words: Text) -> RenderableType:
    return Padding(words, (0, 0, 0, 2))


def _numbers(numbers: Sequence[int]) -> str:
    shown = ", ".join(f"C-{number}" for number in numbers[:SHOWN])
    return shown if len(numbers) <= SHOWN else f"{shown} and {len(numbers) - SHOWN:,} more"
