"""Who sees a member's profile, and what of it; fields of profiles as the operator defines them; banners."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    # Nothing that was not shown before is shown by upgrading.
    op.add_column("member", sa.Column("profile_audience", sa.String(12), nullable=False, server_default="everybody"))
    op.add_column("member", sa.Column("is_indexed", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("member", sa.Column("shows_presence", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("member", sa.Column("shows_votes", sa.Boolean, nullable=False, server_default=sa.false()))

    op.add_column("member", sa.Column("banner", sa.String(80), nullable=True))
    op.create_index(op.f("ix_member_banner"), "member", ["banner"])
    op.create_table(
        "profile_field",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", JSON, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("audience", sa.String(12), nullable=False),
        sa.Column("options", JSON, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_field")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "profile_value",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("field_id", ID, nullable=False),
        sa.Column("value", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_profile_value_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["field_id"], ["profile_field.id"], name=op.f("fk_profile_value_field_id_profile_field"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "field_id", name=op.f("pk_profile_value")),
    )
    op.create_index(op.f("ix_profile_value_field_id"), "profile_value", ["field_id"])


def downgrade() -> None:
    op.drop_table("profile_value")
    op.drop_table("profile_field")
    op.drop_index(op.f("ix_member_banner"), "member")
    for name in ("banner", "shows_votes", "shows_presence", "is_indexed", "profile_audience"):
        op.drop_column("member", name)
