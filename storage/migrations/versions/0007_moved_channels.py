"""Channels that Slack gave another id, which settings and files may still call by the old one."""

import sqlalchemy as sa
from alembic import op

revision = "0007_moved_channels"
down_revision = "0006_digests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None is known to have moved."""
    op.create_table(
        "moved_channels",
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("old", name="pk_moved_channels"),
    )


def downgrade() -> None:
    """Settings have to name the new ids."""
    op.drop_table("moved_channels")
