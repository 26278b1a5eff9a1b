"""Links in the header, words and links at the foot, and a welcome that each member can put away."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NEW = {"header_links": "[]", "foot_text": "{}", "foot_links": "[]", "welcome": "{}"}


def upgrade() -> None:
    with op.batch_alter_table("community") as batch:
        for name, value in NEW.items():
            batch.add_column(sa.Column(name, JSON, nullable=False, server_default=value))
    with op.batch_alter_table("community") as batch:
        for name in NEW:
            batch.alter_column(name, server_default=None)
    # Without batch mode: that makes the table anew, and SQLite would give ids of deleted members out again.
    op.add_column("member", sa.Column("dismissed_welcome", sa.String(16), nullable=True))


def downgrade() -> None:
    op.drop_column("member", "dismissed_welcome")
    with op.batch_alter_table("community") as batch:
        for name in NEW:
            batch.drop_column(name)
