"""What Slack told and what history showed are known as the same; and until when Slack was heard."""

import sqlalchemy as sa
from alembic import op

revision = "0011_hearing"
down_revision = "0010_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was received before is known by its event id alone: nothing from before the first hearing is looked for."""
    with op.batch_alter_table("inbox", recreate="never") as inbox:
        inbox.add_column(sa.Column("known_as", sa.String(), nullable=True))
    op.create_index("ix_inbox_known_as", "inbox", ["known_as"], unique=True)
    op.create_table(
        "hearing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_hearing"),
    )


def downgrade() -> None:
    """Back to an inbox that knows events by their ids alone."""
    op.drop_table("hearing")
    op.drop_index("ix_inbox_known_as", "inbox")
    with op.batch_alter_table("inbox", recreate="never") as inbox:
        inbox.drop_column("known_as")
