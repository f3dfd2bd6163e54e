"""One table of everything that falls due; so far, what falls due of invitations."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN: dict[str, Any] = {"sqlite_where": sa.text("state = 'open'"), "postgresql_where": sa.text("state = 'open'")}

FILL = """
    INSERT INTO deadlines (scheme, about, kind, due_at)
    SELECT scheme, id, '{kind}', {moment} FROM invitations WHERE state = 'open' AND {moment} IS NOT NULL
"""
REMIND_AGAIN = """
    UPDATE invitations SET remind_at = (
        SELECT due_at FROM deadlines
        WHERE scheme = invitations.scheme AND about = invitations.id AND kind = 'invitation_reminder'
    )
"""


def upgrade() -> None:
    """Whoever is being asked keeps the time they were given, and is reminded when they would have been."""
    op.create_table(
        "deadlines",
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("scheme", "about", "kind", name="pk_deadlines"),
    )
    op.execute(FILL.format(kind="invitation_lapses", moment="due_at"))
    op.execute(FILL.format(kind="invitation_reminder", moment="remind_at"))
    op.create_index("ix_deadlines_due_at", "deadlines", ["due_at"])
    op.drop_index("ix_invitations_due", "invitations")
    op.drop_index("ix_invitations_to_remind", "invitations")
    op.drop_column("invitations", "remind_at")


def downgrade() -> None:
    """Reminders go back to their invitations, which have kept the time to answer; any other deadline is lost."""
    op.add_column("invitations", sa.Column("remind_at", MOMENT, nullable=True))
    op.execute(REMIND_AGAIN)
    op.create_index("ix_invitations_due", "invitations", ["due_at"], **OPEN)
    op.create_index("ix_invitations_to_remind", "invitations", ["remind_at"], **OPEN)
    op.drop_table("deadlines")
