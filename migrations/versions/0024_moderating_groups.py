"""Groups that keep order in a category: a fourth verb of its grants."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHECK = "ck_category_grant_verb"
BEFORE = "verb IN ('see', 'start', 'reply')"
AFTER = "verb IN ('see', 'start', 'reply', 'moderate')"


def grants(check: str) -> sa.Table:
    """The table in full: SQLite makes it anew, and doesn't tell which conditions the old one has."""
    return sa.Table(
        "category_grant",
        sa.MetaData(),
        sa.Column("category_id", ID, nullable=False),
        sa.Column("verb", sa.String(10), nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.CheckConstraint(check, name=op.f(CHECK)),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_category_grant_category_id_category"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_category_grant_group_id_member_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("category_id", "verb", "group_id", name=op.f("pk_category_grant")),
    )


def change(before: str, after: str) -> None:
    with op.batch_alter_table("category_grant", copy_from=grants(before)) as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.create_check_constraint(op.f(CHECK), sa.text(after))


def upgrade() -> None:
    change(BEFORE, AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM category_grant WHERE verb = 'moderate'")
    change(AFTER, BEFORE)
