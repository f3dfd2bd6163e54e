"""Whom people's records name, and are kept apart from."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody so far: it is written down whenever a record is saved."""
    op.create_table(
        "named_people",
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("platform", sa.Text(), nullable=True),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("user", sa.Text(), nullable=True),
        sa.Column("mailbox", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_named_people_person"),
        sa.PrimaryKeyConstraint("scheme", "person", "field", name="pk_named_people"),
    )
    op.create_index("ix_named_people_scheme_user", "named_people", ["scheme", "user"])
    op.create_index("ix_named_people_scheme_mailbox", "named_people", ["scheme", "mailbox"])


def downgrade() -> None:
    """Forgotten again, until it is saved anew."""
    op.drop_table("named_people")
