"""How Alembic runs the migrations: on the connection, and inside the transaction, that `upgrading` has opened.

On SQLite that connection has foreign keys off: a batch operation rebuilds a table, and dropping the old one would take
its children along. `upgrading` checks the keys before it commits.
"""

from alembic import context

from bot.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
