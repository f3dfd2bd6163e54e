"""The picture of a person, by its address."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody's is known: it is, once their platform is asked about them again."""
    with op.batch_alter_table("people") as batch:
        batch.add_column(sa.Column("picture", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("people") as batch:
        batch.alter_column("picture", server_default=None)


def downgrade() -> None:
    """Forgotten."""
    with op.batch_alter_table("people") as batch:
        batch.drop_column("picture")
