"""Reminders: who is reminded of what on which day, what is snoozed and what is stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_RENAME = "UPDATE deadlines SET kind = :new WHERE kind = :old"
_EDITS = "DELETE FROM outbox WHERE edits IN (SELECT id FROM outbox WHERE kind IN (:one, :other))"
_LETTERS = "DELETE FROM outbox WHERE kind IN (:one, :other)"
_NEW = (
    "approval_waiting", "agreement_unaccepted", "no_session", "session_ahead", "session_to_mark", "behind_pace",
    "actions_due", "year_ending", "feedback_wanted",
)  # fmt: skip


def _forget(one: str, other: str) -> None:
    """Letters of these kinds, and edits of them, which are drawn no more; what was sent stays in the chats."""
    for statement in (_EDITS, _LETTERS):
        op.execute(sa.text(statement).bindparams(one=one, other=other))


def upgrade() -> None:
    """Reminders of one invitation each had a message of their own: those that were sent stay as they are."""
    op.create_table(
        "reminders",
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("scheme", "person", "kind", "about", name="pk_reminders"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_reminders_person"),
    )
    op.create_index("ix_reminders_person_day", "reminders", ["person", "day"])
    op.create_index("ix_reminders_scheme_about", "reminders", ["scheme", "about"])
    op.execute(sa.text(_RENAME).bindparams(new="invitation_unanswered", old="invitation_reminder"))
    _forget("invitation_reminder", "offer_reminder")


def downgrade() -> None:
    """What is reminded of goes, but for invitations."""
    op.drop_table("reminders")
    for kind in _NEW:
        op.execute(sa.text("DELETE FROM deadlines WHERE kind = :kind").bindparams(kind=kind))
    _forget("reminders", "session_soon")
    op.execute(sa.text(_RENAME).bindparams(new="invitation_reminder", old="invitation_unanswered"))
