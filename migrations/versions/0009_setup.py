"""The first run: a row while a new installation is being set up."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "setup",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("link_hash", sa.String(64), nullable=True),
        sa.Column("browser_hash", sa.String(64), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_setup_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup")),
    )
    op.execute("INSERT INTO setup (id, passed) SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM member)")


def downgrade() -> None:
    op.drop_table("setup")
