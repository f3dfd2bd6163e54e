"""One person in two places: how else somebody is known, and on which platform a message stands."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_SAID = ("guest", "separate")
_STANDS = """UPDATE outbox SET ref_platform = (SELECT platform FROM people WHERE people.id = outbox.person)
    WHERE ref_message IS NOT NULL"""


def upgrade() -> None:
    """So far everybody is in one place, and every message to them stands there."""
    with op.batch_alter_table("people") as batch:
        for name in _SAID:
            batch.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("mailbox", sa.Text(), nullable=True))
    with op.batch_alter_table("people") as batch:
        for name in _SAID:
            batch.alter_column(name, server_default=None)
    op.create_index("ix_people_mailbox", "people", ["mailbox"])
    op.execute("UPDATE people SET mailbox = lower(email)")
    op.create_table(
        "identities",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_identities_person"),
        sa.PrimaryKeyConstraint("platform", "team", "user", name="pk_identities"),
    )
    op.create_index("ix_identities_person", "identities", ["person"])
    op.add_column("outbox", sa.Column("ref_platform", sa.Text(), nullable=True))
    op.execute(_STANDS)


def downgrade() -> None:
    """Everybody is where they are written to, and nowhere else."""
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("ref_platform")
    op.drop_table("identities")
    op.drop_index("ix_people_mailbox", "people")
    with op.batch_alter_table("people") as batch:
        for name in _SAID:
            batch.drop_column(name)
        batch.drop_column("mailbox")
