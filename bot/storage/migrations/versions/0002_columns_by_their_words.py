"""Columns by the words the code has for them: a state, a revision, a position on the list, a mode of meeting."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RENAMED = (
    ("members", "standing", "state"),
    ("members", "turn", "revision"),
    ("requests", "turn", "revision"),
    ("invitations", "place", "position"),
    ("sessions", "way", "mode"),
    ("sessions", "turn", "revision"),
)


def upgrade() -> None:
    """Rename; neither database has to rebuild a table for it."""
    op.drop_index("ix_members_scheme_role_standing_person", "members")
    for table, before, after in RENAMED:
        op.alter_column(table, before, new_column_name=after)
    op.create_index("ix_members_scheme_role_state_person", "members", ["scheme", "role", "state", "person"])
