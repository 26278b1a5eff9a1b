"""Indexes by which the filters of search gather threads: their kind, solved ones, closed ones."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_thread_kind", "thread", ["kind", "id"])
    for name, column in (("ix_thread_solved", "solution_number"), ("ix_thread_closed", "closed_at")):
        where = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, "thread", ["id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name in ("ix_thread_closed", "ix_thread_solved", "ix_thread_kind"):
        op.drop_index(name, table_name="thread")
