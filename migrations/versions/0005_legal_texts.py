"""Imprint, privacy notice and accessibility statement, as the operator writes them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "legal_text",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("html_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", "language", name=op.f("pk_legal_text")),
    )
    with op.batch_alter_table("community") as batch:
        batch.add_column(sa.Column("legal_texts", JSON, nullable=False, server_default="[]"))
    with op.batch_alter_table("community") as batch:
        batch.alter_column("legal_texts", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("community") as batch:
        batch.drop_column("legal_texts")
    op.drop_table("legal_text")
