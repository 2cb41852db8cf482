"""Missed deadlines are counted along an index: history is long, and Prometheus asks again and again."""

import sqlalchemy as sa
from alembic import op

revision = "0012_breaches"
down_revision = "0011_hearing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Small: of the lines of the history few are told breaches."""
    breached = sa.text("what = 'breached'")
    op.create_index("ix_history_breached", "history", ["case_number"], sqlite_where=breached, postgresql_where=breached)


def downgrade() -> None:
    """Back to reading the whole history for it."""
    op.drop_index("ix_history_breached", "history")
