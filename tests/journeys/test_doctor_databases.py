"""What the doctor says of databases that were never migrated, or not to the end: what is missing, and no traceback."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from bot.diagnosis import Level
from bot.doctor_database import Kept, examined_database
from storage.database import make_engine
from storage.migrate import head, revisions
from tests.journeys.doctor_setups import Setup, database, setup
from tests.migrations.first_release import LEFT, put_back
from tests.storage.databases import empty_database, migrated_file

__all__ = ["database", "empty_database", "migrated_file", "setup"]

FIRST, *LATER = sorted(revisions())
NAMES = {row["name"] for row in LEFT["tables"]["accounts"]}
"""Of the first release's customers."""


def bring(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "storage:migrations")
        command.upgrade(config, revision)


def test_one_that_was_never_migrated_holds_nothing_yet(
    empty_database: str, setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(empty_database)
    engine.connect().close()
    engine.dispose()
    setup.settings["DATABASE_URL"] = empty_database
    wrong = {each.what: each for each in setup.findings(monkeypatch) if each.level is not Level.OK}
    assert wrong.keys() == {"database", "accounts"}, "nobody can open a case before there is an account"
    assert wrong["database"].said == f"it is at no revision yet; this version needs {head()}"
    assert wrong["database"].to_do.startswith("caseclock db upgrade")
    assert examined_database(empty_database).kept == Kept()


def test_one_that_is_behind_says_so_and_shows_what_can_be_read_of_it(empty_database: str) -> None:
    engine = make_engine(empty_database)
    put_back(engine)
    known = []
    for revision in (FIRST, *LATER[:-1]):
        bring(engine, revision)
        found = examined_database(empty_database)
        (said,) = found.findings
        assert (said.level, said.said) == (Level.WARNING, f"it is at {revision}; this version needs {head()}")
        known.append(None if found.kept is None else {account.name for account in found.kept.accounts})
    engine.dispose()
    assert known[0] is None, "accounts were other ones then"
    assert known[-1] == NAMES


def test_behind_too_far_to_be_read_the_rest_is_looked_at_all_the_same(
    empty_database: str, setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(empty_database)
    put_back(engine)
    engine.dispose()
    setup.settings["DATABASE_URL"] = empty_database
    found = setup.findings(monkeypatch)
    assert {each.what for each in found if each.level is not Level.OK} == {"database"}, found
    assert {"policies", "channels", "SUPPORT_MANAGERS"} <= {each.what for each in found}
