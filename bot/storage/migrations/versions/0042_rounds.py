"""Rounds, in which mentors are found for many at once."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('publishing', 'ready', 'working')")
_WHERE: dict[str, Any] = {"sqlite_where": _OPEN, "postgresql_where": _OPEN}


def upgrade() -> None:
    """None so far."""
    op.create_table(
        "rounds",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=True),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("meets_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("meets_in", sa.Text(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name="fk_rounds_by"),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
    )
    op.create_index("uq_rounds_open", "rounds", ["scheme"], unique=True, **_WHERE)
    op.create_table(
        "round_rows",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("mentee", sa.Text(), nullable=False),
        sa.Column("mentor", sa.Text(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("came", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name="fk_round_rows_round"),
        sa.ForeignKeyConstraint(["request"], ["requests.id"], name="fk_round_rows_request"),
        sa.ForeignKeyConstraint(["mentee"], ["people.id"], name="fk_round_rows_mentee"),
        sa.ForeignKeyConstraint(["mentor"], ["people.id"], name="fk_round_rows_mentor"),
        sa.PrimaryKeyConstraint("round", "number", name="pk_round_rows"),
    )
    op.create_index("ix_round_rows_scheme_request", "round_rows", ["scheme", "request"])


def downgrade() -> None:
    """Whoever was connected stays so."""
    op.drop_table("round_rows")
    op.drop_table("rounds")
