"""Whom a member has blocked, and whom one follows; indexes for the filters of the directory; by which name a
group is mentioned, and where it was."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LISTED = sa.text("banned_at IS NULL AND (confirmed_at IS NOT NULL OR is_imported)")
BY_STANDING = {"ix_member_listed_standing_name": "sort_key"}
LOOK_ALIKES = (("i", "l"), ("1", "l"), ("0", "o"), ("_", "-"), (".", "-"), ("rn", "m"), ("vv", "w"))
"""What names of ASCII letters are compared by, as user names are: in this order."""


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


def key_of(handle: str) -> str:
    for sign, letter in LOOK_ALIKES:
        handle = handle.replace(sign, letter)
    return handle


def name_groups() -> None:
    """Each group gets a name of ASCII letters, digits and hyphens that no member has or had, and none that resembles it."""
    bind = op.get_bind()
    group = sa.table(
        "member_group", *(sa.column(name) for name in ("id", "name", "is_builtin", "handle", "handle_key"))
    )
    members, former = (sa.table(name, sa.column("username_key")) for name in ("member", "former_name"))
    taken_keys = (members.c.username_key, former.c.username_key, group.c.handle_key)
    for id, name in bind.execute(
        sa.select(group.c.id, group.c.name).where(~group.c.is_builtin).order_by(group.c.id)
    ).all():
        plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
        stem = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:30].strip("-")
        stem = stem if len(stem) > 1 else f"group-{id}"
        for number in count(1):
            handle = stem if number == 1 else f"{stem}-{number}"
            taken = sa.union_all(*(sa.select(column).where(column == key_of(handle)) for column in taken_keys))
            if bind.scalar(taken) is None:
                break
        bind.execute(sa.update(group).where(group.c.id == id).values(handle=handle, handle_key=key_of(handle)))


def upgrade() -> None:
    op.create_table(
        "member_block",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("blocked_id", ID, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_block_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["blocked_id"], ["member.id"], name=op.f("fk_member_block_blocked_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "blocked_id", name=op.f("pk_member_block")),
    )
    op.create_index(op.f("ix_member_block_blocked_id"), "member_block", ["blocked_id"])
    op.create_table(
        "member_subscription",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("followed_id", ID, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_subscription_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["followed_id"], ["member.id"], name=op.f("fk_member_subscription_followed_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "followed_id", name=op.f("pk_member_subscription")),
    )
    op.create_index("ix_member_subscription_followed", "member_subscription", ["followed_id", "member_id"])
    for name, column in BY_STANDING.items():
        op.create_index(name, "member", ["standing", column, "id"], sqlite_where=LISTED, postgresql_where=LISTED)
    with changed("member_group") as batch:
        batch.add_column(sa.Column("handle", sa.String(40), nullable=True))
        batch.add_column(sa.Column("handle_key", sa.String(120), nullable=True))
        batch.create_unique_constraint("uq_member_group_handle_key", ["handle_key"])
    name_groups()
    op.create_table(
        "group_call",
        sa.Column("post_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_group_call_post_id_post"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_group_call_group_id_member_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_group_call_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "group_id", name=op.f("pk_group_call")),
    )
    op.create_index(op.f("ix_group_call_group_id"), "group_call", ["group_id"])
    op.create_index("ix_group_call_member", "group_call", ["member_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_group_call_member", "group_call")
    op.drop_index(op.f("ix_group_call_group_id"), "group_call")
    op.drop_table("group_call")
    with changed("member_group") as batch:
        batch.drop_constraint("uq_member_group_handle_key", type_="unique")
        batch.drop_column("handle_key")
        batch.drop_column("handle")
    for name in BY_STANDING:
        op.drop_index(name, "member")
    op.execute("DELETE FROM notification WHERE kind = 'thread'")
    op.drop_index("ix_member_subscription_followed", "member_subscription")
    op.drop_table("member_subscription")
    op.drop_index(op.f("ix_member_block_blocked_id"), "member_block")
    op.drop_table("member_block")
