"""Troubles that were told, where the auditor stands, and the cases that it looks at in the order of their numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0005_watched"
down_revision = "0004_customers_installations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was told, and no round has begun."""
    op.create_table(
        "troubles",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_troubles"),
    )
    op.create_table(
        "audits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("due", sa.JSON(), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audits"),
    )
    not_closed = sa.text("state != 'closed'")
    op.create_index("ix_cases_not_closed", "cases", ["number"], sqlite_where=not_closed, postgresql_where=not_closed)


def downgrade() -> None:
    """What was told is forgotten."""
    op.drop_index("ix_cases_not_closed", "cases")
    op.drop_table("audits")
    op.drop_table("troubles")
