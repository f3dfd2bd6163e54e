"""The intake of a role as the office has set it in chat."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So far the scheme's file says all of it."""
    op.create_table(
        "intakes",
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("meets", sa.JSON(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name="fk_intakes_set_by"),
        sa.PrimaryKeyConstraint("scheme", "role", name="pk_intakes"),
    )


def downgrade() -> None:
    """The files say it again."""
    op.drop_table("intakes")
