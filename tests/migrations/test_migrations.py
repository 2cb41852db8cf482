"""The migrations lead to the tables that the code speaks of, whoever applies them and how often."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from cases.ports import StorageUnavailable
from storage.database import make_engine
from storage.installation_tables import BOTS
from storage.migrate import VERSIONS, current, head, upgrade
from storage.tables import CaseRow

A_REQUEST = """
    INSERT INTO intakes (id, channel, asked_by, created_at, text)
    VALUES ('i1', 'C1', '{}', '2026-03-02 12:00:00+00:00', 'kept')
"""


def test_the_migrated_database_is_what_the_code_expects(empty_database: str) -> None:
    upgrade(empty_database)
    engine = make_engine(empty_database)
    assert BOTS.metadata is CaseRow.metadata
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), CaseRow.metadata) == []
    engine.dispose()


def test_upgrading_again_changes_nothing_and_keeps_what_is_there(empty_database: str) -> None:
    assert current(empty_database) is None
    upgrade(empty_database)
    engine = make_engine(empty_database)
    with engine.begin() as connection:
        connection.execute(text(A_REQUEST))

    upgrade(empty_database)

    with engine.begin() as connection:
        assert connection.scalar(text("SELECT text FROM intakes")) == "kept"
    engine.dispose()
    assert current(empty_database) == head()


def test_the_last_of_the_files_is_where_alembic_would_lead() -> None:
    """So that a start finds out without Alembic that there is nothing to do."""
    assert ScriptDirectory(str(VERSIONS.parent)).get_heads() == [head()]


def test_several_processes_may_upgrade_at_once(empty_database: str) -> None:
    with ThreadPoolExecutor(4) as starting:
        list(starting.map(upgrade, [empty_database] * 4))
    assert current(empty_database) == head()


def test_a_failing_migration_leaves_nothing_behind(empty_database: str) -> None:
    engine = make_engine(empty_database)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE outbox (id INTEGER)"))

    with pytest.raises(Exception, match="outbox"):
        upgrade(empty_database)

    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == ["outbox"]
    engine.dispose()


def test_a_folder_that_is_not_there_is_told_as_unavailable_storage(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable, match="unable to open"):
        upgrade(f"sqlite:///{tmp_path / 'missing' / 'caseclock.db'}")
