"""The first tables: persons and members, requests, connections, the outbox and the records."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
IS_OPEN = "state = 'open'"
PENDING = "sent_at IS NULL AND dead_at IS NULL"


def upgrade() -> None:
    """Build everything, parents first."""
    _persons()
    _requests()
    _connections()
    _outbox()
    _records()


def _where(condition: str) -> dict[str, Any]:
    """The condition of a partial index, for both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _persons() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("works_from", sa.Time(), nullable=False),
        sa.Column("works_to", sa.Time(), nullable=False),
        sa.Column("works_days", sa.JSON(), nullable=False),
        sa.Column("quieted", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("platform", "team", "user", name="uq_people_platform_team_user"),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("joining", sa.Text(), nullable=False),
        sa.Column("preferences", sa.JSON(), nullable=True),
        sa.Column("profile", sa.JSON(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("own_limit", sa.Integer(), nullable=True),
        sa.Column("paused_until", MOMENT, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("waiting_since", MOMENT, nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_members_person"),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.UniqueConstraint("scheme", "person", "role", name="uq_members_scheme_person_role"),
    )
    op.create_index("ix_members_scheme_role_standing_person", "members", ["scheme", "role", "standing", "person"])
    op.create_index("ix_members_scheme_waiting_since", "members", ["scheme", "waiting_since"])
    op.create_table(
        "office_holders",
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_office_holders_person"),
        sa.PrimaryKeyConstraint("scheme", "person", "office", name="pk_office_holders"),
    )


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("mentee", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("waiting_since", MOMENT, nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["mentee"], ["people.id"], name="fk_requests_mentee"),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
    )
    op.create_index("ix_requests_scheme_mentee", "requests", ["scheme", "mentee"])
    op.create_index("ix_requests_scheme_waiting_since", "requests", ["scheme", "waiting_since"])
    op.create_index(
        "uq_requests_one_open",
        "requests",
        ["scheme", "mentee"],
        unique=True,
        **_where("state IN ('approved', 'asking', 'clarifying', 'in_review')"),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("mentor", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("remind_at", MOMENT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["mentor"], ["people.id"], name="fk_invitations_mentor"),
        sa.ForeignKeyConstraint(["request"], ["requests.id"], name="fk_invitations_request"),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("scheme", "request", "mentor", name="uq_invitations_scheme_request_mentor"),
    )
    op.create_index("ix_invitations_due", "invitations", ["due_at"], **_where(IS_OPEN))
    op.create_index("ix_invitations_scheme_mentor_state", "invitations", ["scheme", "mentor", "state"])
    op.create_index("ix_invitations_to_remind", "invitations", ["remind_at"], **_where(IS_OPEN))
    op.create_index(
        "uq_invitations_one_accepted", "invitations", ["scheme", "request"], unique=True, **_where("state = 'accepted'")
    )
    op.create_index("uq_invitations_one_open", "invitations", ["scheme", "request"], unique=True, **_where(IS_OPEN))


def _connections() -> None:
    op.create_table(
        "connections",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("invitation", sa.Text(), nullable=False),
        sa.Column("mentee", sa.Text(), nullable=False),
        sa.Column("mentor", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=True),
        sa.Column("mentee_agreed_at", MOMENT, nullable=True),
        sa.Column("mentor_agreed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["invitation"], ["invitations.id"], name="fk_connections_invitation"),
        sa.ForeignKeyConstraint(["mentee"], ["people.id"], name="fk_connections_mentee"),
        sa.ForeignKeyConstraint(["mentor"], ["people.id"], name="fk_connections_mentor"),
        sa.ForeignKeyConstraint(["request"], ["requests.id"], name="fk_connections_request"),
        sa.PrimaryKeyConstraint("id", name="pk_connections"),
        sa.UniqueConstraint("scheme", "invitation", name="uq_connections_scheme_invitation"),
        sa.UniqueConstraint("scheme", "request", name="uq_connections_scheme_request"),
    )
    op.create_index("ix_connections_scheme_mentee_state", "connections", ["scheme", "mentee", "state"])
    op.create_index("ix_connections_scheme_mentor_state", "connections", ["scheme", "mentor", "state"])
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("connection", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["connection"], ["connections.id"], name="fk_sessions_connection"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("scheme", "connection", "number", name="uq_sessions_scheme_connection_number"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("edits", sa.Text(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("claimed_until", MOMENT, nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.Column("ref_channel", sa.Text(), nullable=True),
        sa.Column("ref_message", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["edits"], ["outbox.id"], name="fk_outbox_edits"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_outbox_person"),
        sa.PrimaryKeyConstraint("number", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
        sa.UniqueConstraint("scheme", "key", name="uq_outbox_scheme_key"),
    )
    op.create_index("ix_outbox_dead", "outbox", ["dead_at"], **_where("dead_at IS NOT NULL"))
    op.create_index("ix_outbox_lane", "outbox", ["lane", "number"], **_where(PENDING))
    op.create_index("ix_outbox_pending", "outbox", ["not_before"], **_where(PENDING))
    op.create_index("ix_outbox_scheme_about", "outbox", ["scheme", "about"])
    op.create_index("uq_outbox_slot", "outbox", ["scheme", "slot"], unique=True, **_where(PENDING))


def _records() -> None:
    op.create_table(
        "deliveries",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_at", "deliveries", ["at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_scheme_about", "audit", ["scheme", "about"])
