"""To which address changes of a calendar are reported: where that is another one by now, they are reported anew."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is reported yet."""
    with op.batch_alter_table("calendar_watches") as batch:
        batch.add_column(sa.Column("reported_to", sa.Text(), nullable=True))


def downgrade() -> None:
    """Reports go on to where they went."""
    with op.batch_alter_table("calendar_watches") as batch:
        batch.drop_column("reported_to")
