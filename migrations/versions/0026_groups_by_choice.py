"""Groups that fill themselves by what is chosen in a field of profiles; fields that the team alone fills in."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("profile_field", sa.Column("is_by_team", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "group_choice",
        sa.Column("group_id", ID, nullable=False),
        sa.Column("field_id", ID, nullable=False),
        sa.Column("choice", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_group_choice_group_id_member_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["field_id"], ["profile_field.id"], name=op.f("fk_group_choice_field_id_profile_field"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "field_id", "choice", name=op.f("pk_group_choice")),
    )
    op.create_index(op.f("ix_group_choice_field_id"), "group_choice", ["field_id"])


def downgrade() -> None:
    # Who came into a group by a choice alone leaves it: nothing would take them out any more.
    op.execute(
        "DELETE FROM group_member WHERE is_automatic AND group_id IN (SELECT group_id FROM group_choice)"
        " AND NOT EXISTS (SELECT 1 FROM claimed_group WHERE claimed_group.group_id = group_member.group_id"
        " AND claimed_group.member_id = group_member.member_id)"
        " AND NOT EXISTS (SELECT 1 FROM group_domain JOIN member ON member.id = group_member.member_id"
        " WHERE group_domain.group_id = group_member.group_id AND lower(member.email) LIKE '%@' || group_domain.domain)"
    )
    op.drop_table("group_choice")
    op.drop_column("profile_field", "is_by_team")
