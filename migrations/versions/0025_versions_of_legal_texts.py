"""Legal texts keep every version: what is there so far is the first one of each."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "legal_version",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("html_version", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(100), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", "language", "number", name=op.f("pk_legal_version")),
    )
    op.execute(
        "INSERT INTO legal_version (name, language, number, body, html, html_version, author_name, note, changed_at)"
        " SELECT name, language, 1, body, html, html_version, '', '', changed_at FROM legal_text"
    )
    op.drop_table("legal_text")


def downgrade() -> None:
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
    op.execute(
        "INSERT INTO legal_text (name, language, body, html, html_version, changed_at)"
        " SELECT name, language, body, html, html_version, changed_at FROM legal_version AS newest"
        " WHERE body <> '' AND number = (SELECT max(number) FROM legal_version AS other"
        " WHERE other.name = newest.name AND other.language = newest.language)"
    )
    op.drop_table("legal_version")
