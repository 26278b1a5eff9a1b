"""Uploads are counted by kind from an index."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_upload_kind", "upload", ["kind", "size_bytes"])


def downgrade() -> None:
    op.drop_index("ix_upload_kind", "upload")
