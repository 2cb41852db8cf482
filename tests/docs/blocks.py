"""What stands in the documentation's fenced blocks: lines for a shell, and files that they work on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FENCE = re.compile(r"^```(?P<info>[a-z][^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r'title="(?P<name>[^"]+)"')
SYNOPSIS = "[OPTIONS]"
"""In the reference: how a command is called, not a call of it."""


@dataclass(frozen=True)
class Line:
    """One line for a shell, and what the page says that it prints; None: it doesn't say."""

    command: str
    prints: tuple[str, ...] | None = None


@dataclass(frozen=True)
class File:
    """What is written into a file, or added to it: a block with a title."""

    name: str
    text: str


@dataclass
class PageOfDocs:
    """All of a page that can be run, in its order."""

    name: str
    steps: list[Line | File] = field(default_factory=list)


def pages() -> list[PageOfDocs]:
    """Those that have lines for a shell."""
    files = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted(ROOT.glob("docs/**/*.md")))
    found = (PageOfDocs(file.relative_to(ROOT).as_posix(), list(_steps(file.read_text()))) for file in files)
    return [page for page in found if any(isinstance(step, Line) for step in page.steps)]


def _steps(text: str) -> Iterator[Line | File]:
    for block in FENCE.finditer(text):
        kind, titled = block["info"].split()[0], TITLE.search(block["info"])
        if titled:
            yield File(titled["name"], block["text"])
        elif kind == "sh":
            commands = block["text"].replace("\\\n", "").splitlines()
            yield from (Line(command) for command in commands if command.strip() and not command.startswith("#"))
        elif kind == "console":
            yield from _session(block["text"])


def _session(text: str) -> Iterator[Line]:
    for part in re.split(r"^\$ ", text.replace("\\\n", ""), flags=re.MULTILINE)[1:]:
        command, *printed = part.splitlines()
        if SYNOPSIS not in command:
            yield Line(command, tuple(printed))
