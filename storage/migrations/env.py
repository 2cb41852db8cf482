"""Runs migrations on the connection that `storage.migrate` hands over, inside its transaction."""

from alembic import context

from storage.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
