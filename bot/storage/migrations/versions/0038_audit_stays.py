"""The audit is only ever added to: the database itself refuses to change or delete a line of it."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_SAID = "the audit is only added to"
_SQLITE = """CREATE TRIGGER audit_no_{what} BEFORE {what} ON audit
    BEGIN SELECT RAISE(ABORT, '{said}'); END"""
_FUNCTION = f"""CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$"""
_POSTGRESQL = """CREATE TRIGGER audit_no_{what} BEFORE {what} ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()"""


def upgrade() -> None:
    """What is there stays; it is found by its moment from now on."""
    op.create_index("ix_audit_scheme_at", "audit", ["scheme", "at"])
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(sa.text(_SQLITE.format(what=what, said=_SAID)))
        return
    op.execute(sa.text(_FUNCTION))
    for what in ("update", "delete", "truncate"):
        op.execute(sa.text(_POSTGRESQL.format(what=what)))


def downgrade() -> None:
    """It can be changed again."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for what in ("update", "delete", *(("truncate",) if postgresql else ())):
        op.execute(sa.text(f"DROP TRIGGER audit_no_{what}{' ON audit' if postgresql else ''}"))
    if postgresql:
        op.execute(sa.text("DROP FUNCTION audit_stays()"))
    op.drop_index("ix_audit_scheme_at", "audit")
