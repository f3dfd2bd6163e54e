"""Times at which people say themselves that they are busy or free."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has said anything yet."""
    op.create_table(
        "own_times",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_own_times"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_own_times_person"),
    )


def downgrade() -> None:
    """What they said is forgotten; proposed times follow working hours alone."""
    op.drop_table("own_times")
