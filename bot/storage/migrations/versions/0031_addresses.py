"""Where a platform writes to somebody, and which sent message is somebody's Home, where a platform needs to know."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_HOME = sa.text("kind = 'home' AND ref_message IS NOT NULL")


def upgrade() -> None:
    """Nobody so far is somewhere where it takes more than their user id."""
    with op.batch_alter_table("people") as batch:
        batch.add_column(sa.Column("address", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("people") as batch:
        batch.alter_column("address", server_default=None)
    op.create_index("ix_outbox_home", "outbox", ["about"], sqlite_where=_HOME, postgresql_where=_HOME)


def downgrade() -> None:
    """People are written to by their user ids again."""
    op.drop_index("ix_outbox_home", "outbox")
    with op.batch_alter_table("people") as batch:
        batch.drop_column("address")
