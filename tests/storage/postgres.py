"""A PostgreSQL server of our own for the tests: in a temporary folder, on a Unix socket, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

SURVIVES = "-c fsync=off -c full_page_writes=off -c listen_addresses=''"
"""What was committed outlives the server, though not the machine."""
FAST = f"{SURVIVES} -c synchronous_commit=off"


def binaries() -> Path | None:
    """Where the newest installed server has its programs; None: it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


@contextmanager
def server(bin: Path, options: str = FAST) -> Iterator[str]:
    """Runs a server; gives the URL of its databases, with `{}` for the name."""
    home = Path(tempfile.mkdtemp(prefix="caseclock-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    data = str(home / "data")
    try:
        _run(bin / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        _run(bin / "pg_ctl", "-D", data, "-w", "-l", str(home / "log"), "-o", f"{options} -k {home}", "start")
        try:
            yield f"postgresql+psycopg://postgres@/{{}}?host={home}"
        finally:
            _run(bin / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def restart(url: str, mode: str) -> None:
    """End the server of such a URL and start it again; returns when it takes connections.

    `mode` is pg_ctl's: `fast` hangs up on everybody, `immediate` is a crash, with recovery at the start.
    """
    bin, home = binaries(), make_url(url).query["host"]
    assert bin is not None
    _run(bin / "pg_ctl", "-D", f"{home}/data", "-w", "-l", f"{home}/log", "-m", mode, "restart")


def administer(url: str, statement: str) -> None:
    """Run a statement that no transaction may hold, such as CREATE DATABASE."""
    engine = create_engine(url.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _run(*command: str | Path) -> None:
    """The server refuses to run as root."""
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, timeout=60, cwd="/")
