"""What each message was said because of, and since when it waits; and which policies and accounts were loaded last."""

import sqlalchemy as sa
from alembic import op

revision = "0008_caused_and_loaded"
down_revision = "0007_moved_channels"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what was said before nobody knows; nothing counts as loaded yet, so the first load is told to nobody."""
    with op.batch_alter_table("outbox", recreate="never") as outbox:
        outbox.add_column(sa.Column("cause", sa.String(), nullable=True))
        outbox.add_column(sa.Column("added_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "loaded",
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", name="pk_loaded"),
    )


def downgrade() -> None:
    op.drop_table("loaded")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("cause")
        outbox.drop_column("added_at")
