"""Digests: alarms that are told together know which message tells them, and where in it."""

import sqlalchemy as sa
from alembic import op

revision = "0006_digests"
down_revision = "0005_watched"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whatever waits, or was said, has a message of its own."""
    with op.batch_alter_table("outbox", recreate="never") as outbox:
        outbox.add_column(sa.Column("digest", sa.String(), nullable=True))
        outbox.add_column(sa.Column("digest_row", sa.Integer(), nullable=True))
    op.create_index("ix_outbox_digest", "outbox", ["digest"])


def downgrade() -> None:
    """What a digest told was said; what it was about to tell waits again, each for itself."""
    unsent = "SELECT key FROM outbox WHERE kind = 'digest' AND state = 'waiting'"
    op.execute(f"UPDATE outbox SET state = 'waiting' WHERE state = 'merged' AND digest IN ({unsent})")  # noqa: S608
    op.execute("UPDATE outbox SET state = 'sent' WHERE state = 'merged'")
    op.execute("DELETE FROM outbox WHERE kind = 'digest'")
    op.drop_index("ix_outbox_digest", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("digest")
        outbox.drop_column("digest_row")
