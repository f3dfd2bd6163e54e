"""Messages that pass inside an invitation."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of its own; the text is encrypted."""
    op.create_table(
        "messages",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("invitation", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.ForeignKeyConstraint(["invitation"], ["invitations.id"], name="fk_messages_invitation"),
        sa.ForeignKeyConstraint(["author"], ["people.id"], name="fk_messages_author"),
    )
    op.create_index("ix_messages_scheme_invitation_at", "messages", ["scheme", "invitation", "at"])


def downgrade() -> None:
    """What was written goes with its table."""
    op.drop_table("messages")
