"""Changes of e-mail addresses that wait to be confirmed; former user names; links that sign in."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "email_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("new_confirmed_at", TIME, nullable=True),
        sa.Column("old_confirmed_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_email_change_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_change")),
        sa.UniqueConstraint("member_id", name=op.f("uq_email_change_member_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_email_change_expires_at"), "email_change", ["expires_at"])

    op.create_table(
        "former_name",
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("username", sa.String(40), nullable=False),
        sa.Column("username_key", sa.String(120), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("until", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_former_name_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_former_name")),
    )
    op.create_index(op.f("ix_former_name_member_id"), "former_name", ["member_id"])
    op.create_index(op.f("ix_former_name_username_key"), "former_name", ["username_key"])

    op.add_column("member", sa.Column("links_used", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("member", "links_used")
    op.drop_table("former_name")
    op.drop_table("email_change")
