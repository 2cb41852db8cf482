"""The databases of `tests.storage.databases`, for every test here."""

from tests.storage.databases import (
    begin,
    database,
    database_names,
    empty_database,
    engine,
    migrated_file,
    postgres_database,
    postgres_url,
    sqlite_database,
)

__all__ = [
    "begin",
    "database",
    "database_names",
    "empty_database",
    "engine",
    "migrated_file",
    "postgres_database",
    "postgres_url",
    "sqlite_database",
]
