"""Sign-in sessions say from which network they began, how long they last, and when their member was last proved."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NEVER_REUSED = {"sqlite_autoincrement": True}
TIME = sa.DateTime().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("sign_in", table_kwargs=NEVER_REUSED) as batch:
        batch.add_column(sa.Column("network", sa.String(45), nullable=False, server_default=""))
        batch.add_column(sa.Column("days", sa.Integer(), nullable=False, server_default="60"))
        batch.add_column(sa.Column("proved_at", TIME))
    sign_in = sa.table("sign_in", sa.column("created_at"), sa.column("proved_at"))
    op.execute(sa.update(sign_in).values(proved_at=sign_in.c.created_at))
    with op.batch_alter_table("sign_in", table_kwargs=NEVER_REUSED) as batch:
        for name in ("network", "days"):
            batch.alter_column(name, server_default=None)
        batch.alter_column("proved_at", existing_type=TIME, nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("sign_in", table_kwargs=NEVER_REUSED) as batch:
        for name in ("network", "days", "proved_at"):
            batch.drop_column(name)
