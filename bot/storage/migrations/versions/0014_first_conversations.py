"""First conversations: when a mentor offered to talk once before answering."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of those that were offered before, the moment is not known: they can be offered once more."""
    with op.batch_alter_table("invitations") as batch:
        batch.add_column(sa.Column("talk_offered_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """The mentee has been told, and that stands in the chat."""
    with op.batch_alter_table("invitations") as batch:
        batch.drop_column("talk_offered_at")
