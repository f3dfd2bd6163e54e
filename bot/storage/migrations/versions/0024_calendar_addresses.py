"""Addresses at which people's calendars fetch their sessions: whose each is, as a digest alone."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has one yet."""
    op.create_table(
        "calendar_addresses",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_calendar_addresses"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_calendar_addresses_person"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_addresses_token_hash"),
    )


def downgrade() -> None:
    """The addresses answer no longer."""
    op.drop_table("calendar_addresses")
