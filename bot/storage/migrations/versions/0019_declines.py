"""Declines that can still be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those that have been given stand: the next has been asked."""
    with op.batch_alter_table("invitations") as batch:
        batch.add_column(sa.Column("undo_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """One that could still be taken back is open again, until the time to answer it is over: nobody has heard of it."""
    op.execute(
        "UPDATE deadlines SET kind = 'invitation_lapses', due_at = (SELECT due_at FROM invitations WHERE id = about) "
        "WHERE kind = 'decline_stands' AND about IN (SELECT id FROM invitations WHERE due_at IS NOT NULL)"
    )
    op.execute("DELETE FROM deadlines WHERE kind = 'decline_stands'")
    op.execute("UPDATE invitations SET state = 'open', answered_at = NULL WHERE undo_until IS NOT NULL")
    with op.batch_alter_table("invitations") as batch:
        batch.drop_column("undo_until")
