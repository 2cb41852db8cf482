"""The databases of `tests.storage.databases`, for every test here."""

from tests.storage.databases import (
    database,
    database_names,
    empty_database,
    migrated_file,
    postgres_database,
    postgres_url,
    restartable_database,
    sqlite_database,
)

__all__ = [
    "database",
    "database_names",
    "empty_database",
    "migrated_file",
    "postgres_database",
    "postgres_url",
    "restartable_database",
    "sqlite_database",
]
