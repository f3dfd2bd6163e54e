"""People go and come back: why and since when somebody is not here, and when that was last asked."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_MOMENTS = ("gone_at", "looked_at")


def upgrade() -> None:
    """So far everybody is here."""
    with op.batch_alter_table("people") as batch:
        batch.add_column(sa.Column("gone", sa.Text(), nullable=False, server_default=""))
        for name in _MOMENTS:
            batch.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("people") as batch:
        batch.alter_column("gone", server_default=None)


def downgrade() -> None:
    """Whoever is not here is found to be gone when they are written to."""
    op.execute("UPDATE people SET active = true")
    with op.batch_alter_table("people") as batch:
        for name in ("gone", *_MOMENTS):
            batch.drop_column(name)
