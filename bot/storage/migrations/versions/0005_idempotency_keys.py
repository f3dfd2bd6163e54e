"""The table of what has come in already, by the trade's word for it."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rename; what has come in stays known."""
    op.drop_index("ix_deliveries_at", "deliveries")
    op.rename_table("deliveries", "idempotency_keys")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_deliveries RENAME TO pk_idempotency_keys")
    op.create_index("ix_idempotency_keys_at", "idempotency_keys", ["at"])
