"""OpenID providers: what keeps people from signing in by them, since when."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("oidc_provider", sa.Column("trouble", sa.String(60), nullable=True))
    op.add_column("oidc_provider", sa.Column("troubled_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("oidc_provider", "troubled_at")
    op.drop_column("oidc_provider", "trouble")
