"""Requests to join: whether the browser proved nothing, so that the team is asked to look."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("join_request", sa.Column("is_unproved", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("join_request", "is_unproved")
