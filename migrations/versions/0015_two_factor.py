"""Signing in in two steps, and the roles that must."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "two_factor",
        sa.Column("member_id", ID, autoincrement=False, nullable=False),
        sa.Column("seed", sa.String(40), nullable=False),
        sa.Column("used_step", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_two_factor_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_two_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_recovery_code_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "code_hash", name=op.f("pk_recovery_code")),
    )
    # Empty: nobody has decided yet. An installation with members goes on as it was.
    op.add_column("community", sa.Column("two_factor_roles", JSON, nullable=True))
    op.execute("UPDATE community SET two_factor_roles = '[]' WHERE EXISTS (SELECT 1 FROM member)")


def downgrade() -> None:
    op.drop_column("community", "two_factor_roles")
    op.drop_table("recovery_code")
    op.drop_table("two_factor")
