"""The steps by which the schema has come to be what `tables` says. A new step moves HEAD."""

HEAD = "0002"
"""The newest revision, written here so that a start with nothing to upgrade need not load Alembic."""
