"""The machine that a row was measured on, and what else was at work."""

import os
import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path


def machine() -> str:
    """One line: cores, memory, versions."""
    kib = next(int(line.split()[1]) for line in Path("/proc/meminfo").read_text().splitlines() if "MemTotal" in line)
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{os.cpu_count()} × {_processor()}, {kib / 2**20:.0f} GiB, Linux {platform.release()}, {versions}"


def load() -> float:
    """Processes that ran or wanted to, at the mean of the last minute: 0 means that nothing else was at work."""
    return os.getloadavg()[0]


def today() -> str:
    """`2026-03-02 12:00 UTC`."""
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


def resident_mib(pid: int) -> float:
    """Memory that a process holds now."""
    return _status(pid, "VmRSS") / 1024


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _status(pid: int, field: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))
