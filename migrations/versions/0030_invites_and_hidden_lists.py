"""Asking members into groups; what a profile lists; profiles found by the options of a field; notifications by group."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LISTED = ("shows_threads", "shows_posts", "shows_ideas")
ABOUT_A_GROUP = sa.text("group_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "group_invite",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("invited_by_id", ID, nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_group_invite_group_id_member_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_group_invite_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["member.id"], name=op.f("fk_group_invite_invited_by_id_member"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_invite")),
        sa.UniqueConstraint("group_id", "member_id", name=op.f("uq_group_invite_group_id_member_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_group_invite_member_id"), "group_invite", ["member_id"])
    # Nothing that was shown before is hidden by upgrading.
    for name in LISTED:
        op.add_column("member", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_index("ix_profile_value_filled", "profile_value", ["field_id", "value", "member_id"])
    op.drop_index(op.f("ix_profile_value_field_id"), "profile_value")
    op.create_index(
        "ix_notification_group",
        "notification",
        ["group_id"],
        sqlite_where=ABOUT_A_GROUP,
        postgresql_where=ABOUT_A_GROUP,
    )


def downgrade() -> None:
    op.drop_index("ix_notification_group", "notification")
    op.create_index(op.f("ix_profile_value_field_id"), "profile_value", ["field_id"])
    op.drop_index("ix_profile_value_filled", "profile_value")
    for name in LISTED:
        op.drop_column("member", name)
    # What tells of invitations leads nowhere without them; the number at the bell counts nothing of it.
    op.execute(
        "UPDATE member SET unread_count = unread_count - (SELECT count(*) FROM notification"
        " WHERE notification.member_id = member.id AND notification.seen_at IS NULL"
        " AND notification.kind IN ('group_invited', 'group_invite_answer'))"
        " WHERE EXISTS (SELECT 1 FROM notification WHERE notification.member_id = member.id"
        " AND notification.kind IN ('group_invited', 'group_invite_answer'))"
    )
    op.execute("DELETE FROM notification WHERE kind IN ('group_invited', 'group_invite_answer')")
    op.drop_table("group_invite")
