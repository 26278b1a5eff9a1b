"""Each search on PostgreSQL reads through few entries that aren't sorted into the index yet."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INDEXES = ("ix_search_document_words", "ix_search_document_grams")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name in INDEXES:
            op.execute(f"ALTER INDEX {name} SET (gin_pending_list_limit = 256)")
            op.execute(f"SELECT gin_clean_pending_list('{name}')")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name in INDEXES:
            op.execute(f"ALTER INDEX {name} RESET (gin_pending_list_limit)")
