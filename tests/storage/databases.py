"""Fixtures: real databases, migrated, a fresh one for each test that asks."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.storage import postgres
from tests.storage.given import engine_on

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A running server's URL with `{}` for the database; it has a migrated one named `migrated`."""
    with postgres.server(_binaries()) as url:
        postgres.administer(url, "CREATE DATABASE migrated")
        upgrade(url.format("migrated"))
        yield url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def database_names() -> Iterator[str]:
    """Names that no test has used."""
    return (f"test_{number}" for number in count(1))


@pytest.fixture(params=BOTH)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path, database_names: Iterator[str]) -> str:
    """URL of a database without tables; the test runs once on each kind."""
    return _fresh(request, tmp_path, next(database_names), template=None)


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path, database_names: Iterator[str]) -> str:
    """URL of a migrated, empty database; the test runs once on each kind."""
    return _fresh(request, tmp_path, next(database_names), template="migrated")


@pytest.fixture
def sqlite_database(tmp_path: Path, migrated_file: Path) -> str:
    """URL of a migrated, empty SQLite database."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'caseclock.db')}"


@pytest.fixture
def postgres_database(postgres_url: str, database_names: Iterator[str]) -> str:
    """URL of a migrated, empty PostgreSQL database."""
    return _copied(postgres_url, next(database_names), "migrated")


@pytest.fixture
def restartable_database() -> Iterator[str]:
    """URL of a migrated, empty PostgreSQL database on a server of its own, for `postgres.restart`."""
    with postgres.server(_binaries(), postgres.SURVIVES) as server:
        url = server.format("postgres")
        upgrade(url)
        yield url


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """An engine on `database`."""
    with engine_on(database) as engine:
        yield engine


@pytest.fixture
def begin(engine: Engine) -> SqlUnitsOfWork:
    """Begins transactions on `database`."""
    return SqlUnitsOfWork(engine)


def _fresh(request: pytest.FixtureRequest, folder: Path, name: str, template: str | None) -> str:
    if request.param == "sqlite":
        path = folder / f"{name}.db"
        if template:
            shutil.copy(request.getfixturevalue("migrated_file"), path)
        return f"sqlite:///{path}"
    return _copied(request.getfixturevalue("postgres_url"), name, template or "template0")


def _copied(server: str, name: str, template: str) -> str:
    postgres.administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return server.format(name)


def _binaries() -> Path:
    """Of the server; without one the test is left out, and on the build machine it fails."""
    bin = postgres.binaries()
    if bin is not None:
        return bin
    missing = "no PostgreSQL server in /usr/lib/postgresql: apt-get install postgresql"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
