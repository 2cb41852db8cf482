"""Runs migrations on the connection that `storage.migrate` hands over, inside its transaction."""

from alembic import context

from storage.tables import CaseRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=CaseRow.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
