"""At which of its moments a survey was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No sheet was a survey so far."""
    with op.batch_alter_table("sheets") as batch:
        batch.add_column(sa.Column("moment", sa.Text(), nullable=False, server_default=""))
        batch.drop_constraint("uq_sheets_scheme_about_sheet_owner", type_="unique")
        batch.create_unique_constraint(
            "uq_sheets_scheme_about_sheet_owner_moment", ["scheme", "about", "sheet", "owner", "moment"]
        )
    with op.batch_alter_table("sheets") as batch:
        batch.alter_column("moment", server_default=None)


def downgrade() -> None:
    """Surveys are forgotten, with what was to be sent of them and of what is newer than them."""
    op.execute("DELETE FROM sheets WHERE moment <> ''")
    op.execute("DELETE FROM deadlines WHERE kind IN ('record_wanted', 'survey_start', 'survey_middle', 'survey_end')")
    op.execute("DELETE FROM reminders WHERE kind IN ('record_wanted', 'survey_start', 'survey_middle', 'survey_end')")
    op.execute("DELETE FROM outbox WHERE edits IN (SELECT id FROM outbox WHERE kind IN ('hours', 'portfolio'))")
    op.execute("DELETE FROM outbox WHERE kind IN ('hours', 'portfolio')")
    with op.batch_alter_table("sheets") as batch:
        batch.drop_constraint("uq_sheets_scheme_about_sheet_owner_moment", type_="unique")
        batch.create_unique_constraint("uq_sheets_scheme_about_sheet_owner", ["scheme", "about", "sheet", "owner"])
        batch.drop_column("moment")
