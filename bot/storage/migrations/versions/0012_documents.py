"""Documents and consents: what people accept, with the text as it read, instead of one agreement and two dates."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = "agreement"
Terms = dict[str, Any]

moment = sa.DateTime(timezone=True)
pairs = sa.table(
    "connections", sa.column("id", sa.Text), sa.column("scheme", sa.Text), sa.column("terms", sa.JSON),
    sa.column("mentee", sa.Text), sa.column("mentor", sa.Text), sa.column("consents", sa.Text),
    sa.column("mentee_agreed_at", moment), sa.column("mentor_agreed_at", moment),
)  # fmt: skip
consents = sa.table(
    "consents", sa.column("scheme", sa.Text), sa.column("about", sa.Text), sa.column("document", sa.Text),
    sa.column("person", sa.Text), sa.column("text", sa.Text), sa.column("at", moment),
)  # fmt: skip


def upgrade() -> None:
    """What a pair had agreed to becomes its one document, and who had agreed has consented."""
    op.create_table(
        "consents",
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_consents_person"),
        sa.PrimaryKeyConstraint("scheme", "about", "document", "person", name="pk_consents"),
    )
    for table in ("members", "connections"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("consents", sa.Text(), nullable=False, server_default="[]"))
        with op.batch_alter_table(table) as batch:
            batch.alter_column("consents", existing_type=sa.Text(), server_default=None)
    for row in op.get_bind().execute(sa.select(pairs)).all():
        _keep_consents(row)
    _rewrite(_with_documents)
    with op.batch_alter_table("connections") as batch:
        batch.drop_column("mentee_agreed_at")
        batch.drop_column("mentor_agreed_at")


def _keep_consents(row: Any) -> None:
    text = "\n\n".join((row.terms["title"], *row.terms["text"]))
    given = [(row.mentee, row.mentee_agreed_at), (row.mentor, row.mentor_agreed_at)]
    agreed = sorted(((person, _aware(at)) for person, at in given if at is not None), key=lambda each: each[1])
    for person, at in agreed:
        one = {"scheme": row.scheme, "about": row.id, "document": KEY, "person": person, "text": text, "at": at}
        op.execute(consents.insert().values(one))
    kept = json.dumps([(KEY, person, at.isoformat()) for person, at in agreed])
    op.execute(pairs.update().where(pairs.c.id == row.id).values(consents=kept))


def downgrade() -> None:
    """One agreement again: of several documents the first that sessions wait for, and who has accepted it."""
    with op.batch_alter_table("connections") as batch:
        batch.add_column(sa.Column("mentee_agreed_at", moment, nullable=True))
        batch.add_column(sa.Column("mentor_agreed_at", moment, nullable=True))
    for row in op.get_bind().execute(sa.select(pairs)).all():
        first = _first(row.terms)
        given = {person: datetime.fromisoformat(at) for key, person, at in json.loads(row.consents) if key == first}
        sides = {"mentee_agreed_at": given.get(row.mentee), "mentor_agreed_at": given.get(row.mentor)}
        op.execute(pairs.update().where(pairs.c.id == row.id).values(sides))
    _rewrite(_with_agreement)
    for table in ("members", "connections"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("consents")
    op.drop_table("consents")


def _rewrite(changed: Callable[[Terms], Terms]) -> None:
    for row in op.get_bind().execute(sa.select(pairs.c.id, pairs.c.terms)).all():
        op.execute(pairs.update().where(pairs.c.id == row.id).values(terms=changed(dict(row.terms))))


def _with_documents(terms: Terms) -> Terms:
    """What a scheme called its agreement was not kept: its title in a sentence is as near as it comes."""
    title, text = terms.pop("title"), terms.pop("text")
    called = title[:1].lower() + title[1:]
    return {"documents": [{"key": KEY, "title": title, "called": called, "text": text, "blocks": "sessions"}], **terms}


def _with_agreement(terms: Terms) -> Terms:
    first = _first(terms)
    one = next((each for each in terms.pop("documents") if each["key"] == first), {"title": "Agreement", "text": []})
    return {"title": one["title"], "text": one["text"], **terms}


def _first(terms: Terms) -> str | None:
    return next((each["key"] for each in terms["documents"] if each["blocks"] == "sessions"), None)


def _aware(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
