"""Which posts show which pictures, former texts included: so a picture goes with its post."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAMED = re.compile(r"/media/([0-9a-f]{32}-\d{1,4}x\d{1,4}\.webp)")
BATCH = 1000


def upgrade() -> None:
    made = op.create_table(
        "post_picture",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("post_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_post_picture_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name", "post_id", name=op.f("pk_post_picture")),
    )
    fill(made)
    op.create_index(op.f("ix_post_picture_post_id"), "post_picture", ["post_id"])
    claim(made)


def fill(made: sa.Table) -> None:
    post = sa.table("post", sa.column("id"), sa.column("html"))
    revision = sa.table("revision", sa.column("post_id"), sa.column("body"))
    connection, last = op.get_bind(), 0
    newest = connection.scalar(sa.select(sa.func.max(post.c.id))) or 0
    while last < newest:
        found: set[tuple[str, int]] = set()
        for id, text in ((post.c.id, post.c.html), (revision.c.post_id, revision.c.body)):
            wanted = sa.select(id, text).where(id > last, id <= last + BATCH, text.contains("/media/"))
            found |= {(name, row[0]) for row in connection.execute(wanted) for name in NAMED.findall(row[1])}
        if found:
            rows = [{"name": name, "post_id": id} for name, id in sorted(found)]
            connection.execute(sa.insert(made), rows)
        last += BATCH


def claim(made: sa.Table) -> None:
    """What came by import belongs to whoever showed it first."""
    upload = sa.table("upload", *(sa.column(name) for name in ("name", "member_id", "kind")))
    post = sa.table("post", sa.column("id"), sa.column("author_id"))
    first = (
        sa.select(post.c.author_id)
        .join_from(made, post, post.c.id == made.c.post_id)
        .where(made.c.name == upload.c.name)
        .order_by(post.c.id)
        .limit(1)
        .scalar_subquery()
    )
    op.execute(
        sa.update(upload).where(upload.c.member_id.is_(None), upload.c.kind == "picture").values(member_id=first)
    )


def downgrade() -> None:
    op.drop_table("post_picture")
