"""How one gets into a group, who knows of it, who owns it, who asks to join, whose e-mail addresses fill it; notifications
that tell of groups."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


@contextmanager
def changed(table: str) -> Iterator[Any]:
    """Changes a table whose ids are never given out twice: SQLite makes it anew, and must be told which it has given."""
    is_sqlite, name = op.get_bind().dialect.name == "sqlite", sa.literal(table)
    sequence = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))
    asked = sa.select(sequence.c.seq).where(sequence.c.name == name)
    last = op.get_bind().scalar(asked) if is_sqlite else None
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch:
        yield batch
    if last is not None:
        op.execute(sa.delete(sequence).where(sequence.c.name == name))
        op.execute(sa.insert(sequence).values(name=name, seq=last))


def upgrade() -> None:
    with changed("member_group") as batch:
        batch.add_column(sa.Column("way_in", sa.String(12), nullable=False, server_default="staff"))
        batch.add_column(sa.Column("audience", sa.String(12), nullable=False, server_default="members"))
        batch.add_column(sa.Column("description", sa.Text, nullable=False, server_default=""))
    with changed("member_group") as batch:
        for name in ("way_in", "audience", "description"):
            batch.alter_column(name, server_default=None)

    # Since when somebody belongs wasn't kept: of those who are there already, since they joined the community.
    with op.batch_alter_table("group_member") as batch:
        batch.add_column(sa.Column("since", TIME, nullable=True))
        for name in ("is_owner", "is_automatic"):
            batch.add_column(sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE group_member SET since = (SELECT joined_at FROM member WHERE member.id = group_member.member_id)"
    )
    with op.batch_alter_table("group_member") as batch:
        batch.alter_column("since", existing_type=TIME, nullable=False)
        for name in ("is_owner", "is_automatic"):
            batch.alter_column(name, server_default=None)
    op.create_index("ix_group_member_since", "group_member", ["group_id", "since", "member_id"])

    op.create_table(
        "group_domain",
        sa.Column("group_id", ID, nullable=False),
        sa.Column("domain", sa.String(254), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "domain", name="pk_group_domain"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], ondelete="CASCADE", name="fk_group_domain_group_id_member_group"
        ),
    )
    op.create_index("ix_group_domain_domain", "group_domain", ["domain"])
    op.create_table(
        "group_request",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_group_request"),
        sa.UniqueConstraint("group_id", "member_id", name="uq_group_request_group_id_member_id"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], ondelete="CASCADE", name="fk_group_request_group_id_member_group"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], ondelete="CASCADE", name="fk_group_request_member_id_member"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_group_request_member_id", "group_request", ["member_id"])

    with changed("notification") as batch:
        batch.add_column(sa.Column("group_id", ID, nullable=True))
        batch.create_foreign_key(
            "fk_notification_group_id_member_group", "member_group", ["group_id"], ["id"], ondelete="CASCADE"
        )


def downgrade() -> None:
    op.execute("DELETE FROM notification WHERE group_id IS NOT NULL")
    with changed("notification") as batch:
        batch.drop_constraint("fk_notification_group_id_member_group", type_="foreignkey")
        batch.drop_column("group_id")
    op.drop_table("group_request")
    op.drop_table("group_domain")
    op.drop_index("ix_group_member_since", "group_member")
    with op.batch_alter_table("group_member") as batch:
        batch.drop_column("is_automatic")
        batch.drop_column("is_owner")
        batch.drop_column("since")
    with changed("member_group") as batch:
        for name in ("description", "audience", "way_in"):
            batch.drop_column(name)
