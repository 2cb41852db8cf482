"""`caseclock` in a process of its own, which ends with its test however that ends."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.test_stand_in import CASECLOCK


@contextmanager
def running(
    *arguments: str, env: Mapping[str, str], cwd: Path, command: Sequence[str | Path] = (CASECLOCK,)
) -> Iterator[subprocess.Popen[str]]:
    """What it logs can be read."""
    with subprocess.Popen(
        [*command, *arguments], env=env, cwd=cwd, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()
