"""Cases that are no longer kept whole, and the ways to find those whose time has come."""

import sqlalchemy as sa
from alembic import op

revision = "0003_cases_pruned"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every case is still whole."""
    with op.batch_alter_table("cases", recreate="never") as cases:
        cases.add_column(sa.Column("pruned_at", sa.DateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("tidied", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_cases_pruned_at", "cases", ["pruned_at", "closed_at"])
    op.create_index("ix_cases_tidied", "cases", ["tidied", "closed_at"])
    op.create_index("ix_intakes_created_at", "intakes", ["created_at"])


def downgrade() -> None:
    """What was pruned stays so, and looks like a case of few words."""
    op.drop_index("ix_intakes_created_at", "intakes")
    op.drop_index("ix_cases_tidied", "cases")
    op.drop_index("ix_cases_pruned_at", "cases")
    with op.batch_alter_table("cases", recreate="never") as cases:
        cases.drop_column("tidied")
        cases.drop_column("pruned_at")
