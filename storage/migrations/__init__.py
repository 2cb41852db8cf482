"""Alembic's migrations, one file a step, applied by `storage.migrate.upgrade`."""
