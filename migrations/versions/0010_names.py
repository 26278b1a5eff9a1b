"""The directory: beginnings of names by which members are found, and indexes of those who stand in it."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String(120).with_variant(sa.String(120, collation="C"), "postgresql")
LISTED = "banned_at IS NULL AND (confirmed_at IS NOT NULL OR is_imported)"
WORD = re.compile(r"(?<![^\W_])[^\W_]")
BATCH = 1000


def sort_key(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))[:120]


def beginnings(*names: str) -> set[str]:
    starts = ((name, start) for name in names for start in (0, *(word.start() for word in WORD.finditer(name))))
    return {sort_key(name[start:]) for name, start in starts} - {""}


def upgrade() -> None:
    made = op.create_table(
        "member_name",
        sa.Column("key", KEY, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_name_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "member_id", name=op.f("pk_member_name")),
    )
    fill(made)
    op.create_index("ix_member_name_member", "member_name", ["member_id", "key"])
    op.drop_index("ix_member_joined", table_name="member")
    for name, column in (("ix_member_listed_name", "sort_key"), ("ix_member_listed_joined", "joined_at")):
        where = sa.text(LISTED)
        op.create_index(name, "member", [column, "id"], sqlite_where=where, postgresql_where=where)


def fill(made: sa.Table) -> None:
    member = sa.table("member", *(sa.column(name) for name in ("id", "username", "display_name")))
    public = sa.select(member.c.id, member.c.username, member.c.display_name).where(
        sa.text("(confirmed_at IS NOT NULL OR is_imported)")
    )
    connection, last = op.get_bind(), 0
    while found := connection.execute(public.where(member.c.id > last).order_by(member.c.id).limit(BATCH)).all():
        rows = [{"key": key, "member_id": id} for id, *names in found for key in sorted(beginnings(*names))]
        connection.execute(sa.insert(made), rows)
        last = found[-1].id


def downgrade() -> None:
    for name in ("ix_member_listed_joined", "ix_member_listed_name"):
        op.drop_index(name, table_name="member")
    op.create_index("ix_member_joined", "member", ["joined_at", "id"])
    op.drop_table("member_name")
