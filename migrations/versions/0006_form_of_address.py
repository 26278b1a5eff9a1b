"""Whether the community addresses people formally, in languages that know the difference."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("community") as batch:
        batch.add_column(sa.Column("is_formal", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("community") as batch:
        batch.alter_column("is_formal", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("community") as batch:
        batch.drop_column("is_formal")
