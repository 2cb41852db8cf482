"""What each parcel is carried because of, as messages have it."""

import sqlalchemy as sa
from alembic import op

revision = "0013_parcel_causes"
down_revision = "0012_breaches"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what waits already nobody knows: it is carried without a cause."""
    with op.batch_alter_table("parcels", recreate="never") as parcels:
        parcels.add_column(sa.Column("cause", sa.String(), nullable=True))


def downgrade() -> None:
    """Causes are forgotten, parcels are not."""
    with op.batch_alter_table("parcels") as parcels:
        parcels.drop_column("cause")
