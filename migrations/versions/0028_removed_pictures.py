"""Pictures of profiles that decisions took away."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "removed_picture",
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_removed_picture_decision_id_decision")),
        sa.PrimaryKeyConstraint("decision_id", "kind", name=op.f("pk_removed_picture")),
    )
    op.create_index(op.f("ix_removed_picture_name"), "removed_picture", ["name"])


def downgrade() -> None:
    op.drop_table("removed_picture")
