"""What the worker failed to do for good is found without reading what it has done."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

DEAD = sa.text("state = 'dead'")


def upgrade() -> None:
    for queue in ("event", "job"):
        op.create_index(f"ix_{queue}_dead", queue, ["id"], sqlite_where=DEAD, postgresql_where=DEAD)


def downgrade() -> None:
    for queue in ("event", "job"):
        op.drop_index(f"ix_{queue}_dead", queue)
