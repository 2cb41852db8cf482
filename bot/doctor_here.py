"""What the machine brings: the policies' files, time zones, disk."""

import importlib.metadata
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.diagnosis import Finding, error, ok, warning
from cases.accounts import Account
from policies.lines import where
from policies.loader import load_policies
from policies.problems import PolicyErrors

LITTLE = 1_000_000_000
"""Bytes."""
TOO_LITTLE = 100_000_000
VERSION = re.compile(r"# version (\d{4})([a-z]*)")


def policies(folder: Path, accounts: Sequence[Account]) -> Iterator[Finding]:
    """Whether they can be loaded, as `caseclock policy check` would say, and state every account's plan."""
    try:
        programs = load_policies(folder)
    except PolicyErrors as errors:
        for problem in errors.problems:
            yield error("policies", f"{where(problem)}: {problem.what}", "Correct it; see caseclock policy check.")
        return
    try:
        load_policies(folder, strict=True)
    except PolicyErrors as errors:
        for problem in errors.problems:
            yield warning("policies", f"{where(problem)}: {problem.what}", "See caseclock policy check.")
    else:
        yield ok("policies", ", ".join(f"{program.name} {program.version}" for program in programs.values()))
    for account in accounts:
        program = programs.get(account.program)
        if program is None or account.plan not in program.plans:
            said = f"{account.name} has {account.program} with the plan {account.plan}, which no file states"
            yield error("accounts", said, "Add the policy, or type /case setup in the customer's channel.")


def zones(folders: Sequence[str], named: Sequence[str], now: datetime) -> Iterator[Finding]:
    """Whether clocks change here as governments say now, and whether accounts' zones are known."""
    for zone in sorted(set(named)):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield error("time zones", f"{zone} is not known here", "Update tzdata, or correct the account.")
    system, package = _of_system(folders), _of_package()
    used = system or package
    update = "apt-get install --only-upgrade tzdata; or set PYTHONTZPATH= (empty) to use the bot's own."
    if system and package and system < package:
        yield warning("time zones", f"the system's are of {system}, older than the bot's own of {package}", update)
    elif used and int(used[:4]) < now.year - 1:
        yield warning("time zones", f"they are of {used}; clocks may change otherwise now", "Update tzdata.")
    else:
        yield ok("time zones", f"of {used}" if used else "their version is not stated")


def disk(folder: Path, free: Callable[[Path], int]) -> Iterator[Finding]:
    """Room for the database to grow, and for its journal."""
    try:
        left = free(folder)
    except OSError as problem:
        yield error("disk", f"{folder} can't be looked at: {problem.strerror}", "Check the folder.")
        return
    said = f"{left / 1_000_000:,.0f} MB free at {folder}"
    if left >= LITTLE:
        yield ok("disk", said)
        return
    to_do = "Make room: a full disk stops the bot from remembering anything."
    yield error("disk", said, to_do) if left < TOO_LITTLE else warning("disk", said, to_do)


def _of_system(folders: Sequence[str]) -> str:
    """Such as `2026a`; empty: there are none, or they don't say."""
    for folder in folders:
        try:
            with (Path(folder) / "tzdata.zi").open() as file:
                found = VERSION.match(file.readline())
        except OSError:
            continue
        return "".join(found.groups()) if found else ""
    return ""


def _of_package() -> str:
    """`2026.6` of the package is `2026f` of the zones."""
    try:
        year, _, number = importlib.metadata.version("tzdata").partition(".")
    except importlib.metadata.PackageNotFoundError:
        return ""
    return year + chr(ord("a") + int(number.partition(".")[0] or 1) - 1)
