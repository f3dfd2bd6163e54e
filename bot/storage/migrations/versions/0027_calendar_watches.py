"""Calendars in which sessions stand are watched: how far each has been read, when next, and who reports changes."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None is watched yet."""
    op.create_table(
        "calendar_watches",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("covered_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("subscription", sa.Text(), nullable=True),
        sa.Column("secret_hash", sa.Text(), nullable=True),
        sa.Column("renew_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("mailbox", name="pk_calendar_watches"),
        sa.UniqueConstraint("subscription", name="uq_calendar_watches_subscription"),
    )


def downgrade() -> None:
    """What Microsoft still reports finds nobody, and ends by itself within days."""
    op.drop_table("calendar_watches")
