"""Parcels: what goes out elsewhere than to Slack."""

import sqlalchemy as sa
from alembic import op

revision = "0009_parcels"
down_revision = "0008_caused_and_loaded"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing waits: what happened before is told to nobody."""
    op.create_table(
        "parcels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_parcels"),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_parcels_case_number"),
        sa.UniqueConstraint("key", name="uq_parcels_key"),
        sa.UniqueConstraint("token", name="uq_parcels_token"),
    )
    op.create_index("ix_parcels_waiting", "parcels", ["state", "address", "id"])
    op.create_index("ix_parcels_case_number", "parcels", ["case_number"])


def downgrade() -> None:
    """What waits to be carried is lost, and what was given up."""
    op.drop_index("ix_parcels_case_number", "parcels")
    op.drop_index("ix_parcels_waiting", "parcels")
    op.drop_table("parcels")
    op.execute("DELETE FROM troubles WHERE kind = 'outside'")
