"""A peer: a process of another library's, in an environment of its own, that answers questions one at a time."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.peers.loop import Answer

HOME = Path(__file__).parents[1]
PYTHON = HOME / ".bench" / "bin" / "python"
"""`make bench` installs `benchmarks/peers/requirements.txt` there."""


class PeerIsGone(Exception):
    """It died instead of answering."""


class Peer:
    """`python -m benchmarks.peers.<module> words…`, from `with` to its end."""

    def __init__(self, module: str, *words: str, python: Path | str = PYTHON) -> None:
        self._command = [str(python), "-m", f"benchmarks.peers.{module}", *words]

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOME, env=clean_environment()
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    @property
    def pid(self) -> int:
        """To look at its memory."""
        return self._process.pid

    def ask(self, **words: str | int | float) -> Answer:
        """Its answer. Raises PeerIsGone."""
        assert self._process.stdin  # noqa: S101 - a pipe
        self._process.stdin.write(json.dumps({name: str(word) for name, word in words.items()}) + "\n")
        self._process.stdin.flush()
        return self.answer()

    def answer(self) -> Answer:
        """Of the question asked before, or what it says by itself. Raises PeerIsGone."""
        assert self._process.stdout  # noqa: S101 - a pipe
        line = self._process.stdout.readline()
        if not line:
            raise PeerIsGone(" ".join(self._command))
        answer: Answer = json.loads(line)
        return answer


def installed(python: Path = PYTHON) -> Sequence[str]:
    """Names and versions of what the peers' environment holds."""
    listed = [str(python), "-m", "pip", "freeze", "--disable-pip-version-check"]
    return subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()


def clean_environment() -> dict[str, str]:
    """Nothing of Slack's or the product's settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
