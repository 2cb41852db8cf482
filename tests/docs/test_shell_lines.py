"""Every shell line of the documentation is run, in a scratch copy, and does what its page says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT, File, Line, PageOfDocs, pages

NOT_RUN = {
    "make test": "runs this test",
    "make run": "stays in the foreground; tests/workspace/test_house.py starts it",
    "pg_dump": "needs a PostgreSQL server; tests/storage/test_backup.py runs it, as the command prints it",
    "pg_restore": "as pg_dump",
    "psql": "as pg_dump",
    "systemctl": "needs a machine with the service installed",
    "cd /opt/caseclock": "as systemctl",
    "journalctl": "as systemctl",
    "install -m 0755 /opt/caseclock": "as systemctl; tests/unit/test_beside_the_service.py runs what it installs",
    "caseclock doctor": "asks Slack itself; its own tests run it against the local one",
}
"""Beginnings of lines, and why they can't be run here."""
ENDS = {"caseclock webhooks retry 17": "1"}
"""Beginnings of lines that rightly fail here, and how: nothing was given up under this number."""
ELSEWHERE = {"/var/backups": "backups", "/var/lib/caseclock": "."}
"""Folders of a real machine, and where they are in the scratch copy."""
MARK = "\x1e"


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A folder as an operator has it: policies and their edited copy, settings, and a database with a customer."""
    _copied(tmp_path / "policies")
    (tmp_path / "backups").mkdir()
    settings = (ROOT / ".env.example").read_text()
    given = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "TRIAGE_CHANNEL": "C0TRIAGE",
        "MANAGERS_CHANNEL": "C0MANAGERS",
        "SUPPORT_ENGINEERS": "U0ERIN",
        "SUPPORT_MANAGERS": "U0MAX",
    }
    for name, value in given.items():
        settings = settings.replace(f"\n{name}=\n", f"\n{name}={value}\n")
    (tmp_path / ".env").write_text(settings)
    return tmp_path


def _copied(to: Path) -> None:
    shutil.copytree(ROOT / "policies", to, ignore=shutil.ignore_patterns("*.py", "__pycache__"))


def is_run(line: Line) -> bool:
    return not line.command.startswith(tuple(NOT_RUN))


def script_of(page: PageOfDocs, scratch: Path) -> tuple[str, list[Line]]:
    """The page as one script, so that what one line sets the next one has; each line's end is marked."""
    words, lines, written = ["set -o pipefail"], list[Line](), set[str]()
    for step in page.steps:
        if isinstance(step, File):
            (scratch / step.name).parent.mkdir(exist_ok=True)
            source = scratch / f".part-{len(words)}"
            source.write_text(step.text)
            words.append(f"cat {source} {'>>' if step.name in written else '>'} {step.name}")
            written.add(step.name)
        elif is_run(step):
            command = step.command
            for there, here in ELSEWHERE.items():
                command = command.replace(there, here)
            words.append(f"{{ {command}\n}} <<< y\nprintf '{MARK}%d{MARK}' $?")
            lines.append(step)
    return "\n".join(words), lines


def with_lines_to_run() -> list[PageOfDocs]:
    return [page for page in pages() if any(isinstance(step, Line) and is_run(step) for step in page.steps)]


@pytest.mark.parametrize("page", with_lines_to_run(), ids=lambda page: page.name)
def test_every_line_does_what_its_page_says(page: PageOfDocs, scratch: Path) -> None:
    prepare(page, scratch)
    script, lines = script_of(page, scratch)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    plain = {"PATH": path, "HOME": str(scratch), "LANG": "C.UTF-8", "COLUMNS": "80", "NO_COLOR": "1"}
    run = subprocess.run(["bash", "-c", script], cwd=scratch, env=plain, capture_output=True, text=True, check=False)
    ends = run.stdout.split(MARK)
    for line, printed, code in zip(lines, ends[0::2], ends[1::2], strict=False):
        expected = next((end for start, end in ENDS.items() if line.command.startswith(start)), "0")
        assert code == expected, f"{line.command}\n{printed}\n{run.stderr}"
        if line.prints is not None:
            assert shown(printed) == shown("\n".join(line.prints)), line.command
    assert len(ends) == 2 * len(lines) + 1, run.stderr


def prepare(page: PageOfDocs, scratch: Path) -> None:
    """What its lines take for granted: folders that they don't make themselves, a customer with an open case."""
    made = {step.name.split("/")[0] for step in page.steps if isinstance(step, File)}
    made |= {step.command.split()[-1] for step in page.steps if isinstance(step, Line) and step.command[:3] == "cp "}
    for folder in {"my-policies", "next-policies"} - made:
        _copied(scratch / folder)
    if page.name.startswith("docs/guides/"):
        subprocess.run([sys.executable, "-m", "tests.docs.given", str(scratch)], cwd=ROOT, check=True)


def shown(text: str) -> list[str]:
    """Without what nobody sees."""
    lines = [line.rstrip() for line in text.strip("\n").splitlines()]
    return lines[: max((n for n, line in enumerate(lines, 1) if line), default=0)]


def test_what_is_not_run_is_little_and_still_there() -> None:
    lines = [step.command for page in pages() for step in page.steps if isinstance(step, Line)]
    skipped = [line for line in lines if line.startswith(tuple(NOT_RUN))]
    unused = [start for start in (*NOT_RUN, *ENDS) if not any(line.startswith(start) for line in lines)]
    assert unused == [], "take them out of NOT_RUN: no page has them any more"
    assert len(skipped) < len(lines) / 3
    assert [there for there in ELSEWHERE if not any(there in line for line in lines)] == []


def test_no_command_hides_in_an_indented_block() -> None:
    hidden = [
        f"{file.name}: {line.strip()}"
        for file in (ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md")))
        for line in file.read_text().splitlines()
        if re.match(r"(\t| {4,})\$? ?(caseclock|make|pip|python) \S", line) and "```" not in line
    ]
    assert [line for line in hidden if "--opened-at" not in line] == []
