"""Writes docs/reference: settings from the class that reads them, commands from the command line itself.

`python -m bot.reference`; a test holds that both are current.
"""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / ".env.example"
FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Made by `make reference`. Change the source, not this page. -->\n"
SOURCES = "Settings come from the environment and from `.env` in the folder that the bot is started in; the first wins."


def explained(example: str) -> dict[str, str]:
    """By name: the comment above it, and above those that follow at once without one of their own."""
    found, comment, fresh = dict[str, str](), list[str](), True
    for line in example.splitlines():
        if line.startswith("# "):
            comment = [*comment, line[2:]] if not fresh else [line[2:]]
            fresh = False
        elif name := re.match(r"([A-Z_]+)=", line):
            found[name[1]] = " ".join(comment)
            fresh = True
        else:
            comment, fresh = [], True
    return found


def configuration() -> str:
    """The page of settings."""
    words = explained(EXAMPLE.read_text(encoding="utf-8"))
    lines = [MADE, "# Configuration\n", f"{SOURCES}\n"]
    for name, field in Settings.model_fields.items():
        lines += [f"## `{name.upper()}`\n", f"{_facts(name, field)}\n", f"{words[name.upper()]}\n"]
    return "\n".join(lines)


def commands() -> str:
    """The page of commands, as Typer tells of them."""
    command = [sys.executable, "-m", "typer", "bot.cli", "utils", "docs", "--name", "caseclock", "--title", "Commands"]
    made = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    lines = (unescape(line).rstrip() for line in made.stdout.rstrip().splitlines())
    return "\n".join((MADE, *lines)) + "\n"


def pages() -> dict[Path, str]:
    return {FOLDER / "configuration.md": configuration(), FOLDER / "commands.md": commands()}


def _facts(name: str, field: FieldInfo) -> str:
    if field.is_required():
        return f"Required. {_kind(field.annotation)}"
    default = field.default
    if name == "policy_dir":
        return "Default: the shipped ones. A folder."
    return f"{_kind(field.annotation)} {'Optional.' if default is None else f'Default: `{default}`.'}".strip()


def _kind(annotation: object) -> str:
    parts = [each for each in (annotation, *get_args(annotation)) if each is not type(None)]
    if any(each is SecretStr for each in parts) or any(SecretStr in get_args(each) for each in parts):
        return "A secret."
    for each in parts:
        if get_origin(each) is Literal:
            return f"One of {', '.join(f'`{value}`' for value in get_args(each))}."
        if get_origin(each) is tuple:
            return "Several, separated by commas."
    return "A number." if int in parts else "A file." if Path in parts else ""


if __name__ == "__main__":
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
