"""Databases of the rows: SQLite in a file and a PostgreSQL server of our own, both as durable as they come."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, make_url

from benchmarks.filling import Filling, fill
from storage.database import make_engine
from storage.migrate import upgrade
from tests.storage import postgres

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
DURABLE = "-c listen_addresses=''"
"""Nothing is switched off; only nobody connects from elsewhere."""
PATIENCE_SECONDS = 30


class Databases:
    """Made anew for each that asks, gone at the end."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._filled: dict[tuple[str, Filling], str] = {}
        self._end = ExitStack()

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="caseclock-bench-"))
        self._end.callback(shutil.rmtree, self.folder, ignore_errors=True)
        bin = postgres.binaries()
        self._server = self._end.enter_context(postgres.server(bin, DURABLE)) if bin else None
        self.kinds = (SQLITE, POSTGRESQL) if self._server else (SQLITE,)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.close()

    def empty(self, kind: str) -> str:
        """URL of one without tables."""
        return self._made(kind, "template0")

    def filled(self, kind: str, filling: Filling) -> str:
        """URL of a migrated one with open cases: a copy of the one that was filled so first, which takes a while."""
        if (kind, filling) not in self._filled:
            url = self._made(kind, "template0")
            upgrade(url)
            fill(url, filling)
            self._filled[kind, filling] = url
        return self._copy(kind, self._filled[kind, filling])

    def _made(self, kind: str, template: str) -> str:
        name = f"bench_{next(self._numbers)}"
        if kind == SQLITE:
            return f"sqlite:///{self.folder / name}.db"
        assert self._server  # noqa: S101 - the kind is one of `kinds`
        postgres.administer(self._server, f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._server.format(name)

    def _copy(self, kind: str, url: str) -> str:
        if kind == POSTGRESQL:
            return self._made(kind, str(make_url(url).database))
        copy = self._made(kind, "")
        shutil.copy(_path(url), _path(copy))
        return copy


@contextmanager
def engine_on(url: str) -> Iterator[Engine]:
    """Patient, closed afterwards."""
    engine = make_engine(url, PATIENCE_SECONDS)
    try:
        yield engine
    finally:
        engine.dispose()


def _path(url: str) -> str:
    return url.removeprefix("sqlite:///")
