"""The administration finds accounts by every fact of theirs, also those of whom others may not know yet, and keeps notes
about members."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = re.compile(r"(?<![^\W_])[^\W_]")
BATCH = 1000
INDEXES = (
    ("ix_member_joined", ("joined_at", "id"), None),
    ("ix_member_standing", ("standing", "joined_at", "id"), None),
    ("ix_member_unconfirmed", ("joined_at", "id"), "confirmed_at IS NULL AND NOT is_imported"),
    ("ix_member_imported", ("joined_at", "id"), "is_imported"),
    ("ix_member_silenced", ("silenced_until", "id"), "silenced_until IS NOT NULL"),
    ("ix_member_banned", ("banned_at", "id"), "banned_at IS NOT NULL"),
)


def sort_key(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))[:120]


def beginnings(*names: str) -> set[str]:
    starts = ((name, start) for name in names for start in (0, *(word.start() for word in WORD.finditer(name))))
    return {sort_key(name[start:]) for name, start in starts} - {""}


def upgrade() -> None:
    with op.batch_alter_table("member_name") as batch:
        batch.add_column(sa.Column("is_public", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("member_name") as batch:
        batch.alter_column("is_public", server_default=None)
    fill()
    where = sa.text("is_public")
    op.create_index(
        "ix_member_name_public", "member_name", ["key", "member_id"], sqlite_where=where, postgresql_where=where
    )
    for name, columns, condition in INDEXES:
        where = sa.text(condition) if condition else None
        op.create_index(name, "member", list(columns), sqlite_where=where, postgresql_where=where)
    op.create_table(
        "member_note",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", TIME, nullable=False),
        sa.Column("edited_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_note_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_member_note_author_id_member"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_note")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_member_note_member", "member_note", ["member_id", "id"])
    op.create_index("ix_member_note_author_id", "member_note", ["author_id"])


def fill() -> None:
    """Names, former ones included, of those of whom others may not know yet."""
    member = sa.table("member", *(sa.column(name) for name in ("id", "username", "display_name")))
    former = sa.table("former_name", sa.column("member_id"), sa.column("username"))
    made = sa.table("member_name", *(sa.column(name) for name in ("key", "member_id", "is_public")))
    hidden = sa.select(member.c.id, member.c.username, member.c.display_name).where(
        sa.text("NOT (confirmed_at IS NOT NULL OR is_imported)")
    )
    connection, last = op.get_bind(), 0
    while found := connection.execute(hidden.where(member.c.id > last).order_by(member.c.id).limit(BATCH)).all():
        names = {id: [username, display_name] for id, username, display_name in found}
        for id, username in connection.execute(sa.select(former).where(former.c.member_id.in_(names))):
            names[id].append(username)
        rows = [{"key": key, "member_id": id} for id, given in names.items() for key in sorted(beginnings(*given))]
        connection.execute(sa.insert(made), [row | {"is_public": False} for row in rows])
        last = found[-1].id


def downgrade() -> None:
    op.drop_table("member_note")
    for name, _columns, _condition in reversed(INDEXES):
        op.drop_index(name, table_name="member")
    op.drop_index("ix_member_name_public", table_name="member_name")
    op.execute("DELETE FROM member_name WHERE NOT is_public")
    with op.batch_alter_table("member_name") as batch:
        batch.drop_column("is_public")
