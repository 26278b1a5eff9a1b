"""Signing in by OpenID providers: who they are, who is whom there, which groups they lead into."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "oidc_provider",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(30), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("client_id", sa.String(255), nullable=False),
        sa.Column("scopes", sa.String(300), nullable=False),
        sa.Column("username_claim", sa.String(100), nullable=False),
        sa.Column("name_claim", sa.String(100), nullable=False),
        sa.Column("groups_claim", sa.String(100), nullable=False),
        sa.Column("roles_claim", sa.String(100), nullable=False),
        sa.Column("group_map", JSON, nullable=False),
        sa.Column("role_map", JSON, nullable=False),
        sa.Column("second_step", JSON, nullable=False),
        sa.Column("creates", sa.String(12), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oidc_provider")),
        sa.UniqueConstraint("key", name=op.f("uq_oidc_provider_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "oidc_identity",
        sa.Column("id", ID, nullable=False),
        sa.Column("provider_id", ID, nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("label", sa.String(254), nullable=False),
        sa.Column("linked_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["oidc_provider.id"],
            name=op.f("fk_oidc_identity_provider_id_oidc_provider"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_oidc_identity_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oidc_identity")),
        sa.UniqueConstraint("provider_id", "subject", name=op.f("uq_oidc_identity_provider_id_subject")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_oidc_identity_member_id"), "oidc_identity", ["member_id"])
    op.create_table(
        "oidc_session",
        sa.Column("sign_in_id", ID, autoincrement=False, nullable=False),
        sa.Column("identity_id", ID, nullable=False),
        sa.Column("sid", sa.String(255), nullable=True),
        sa.ForeignKeyConstraint(
            ["sign_in_id"], ["sign_in.id"], name=op.f("fk_oidc_session_sign_in_id_sign_in"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["identity_id"],
            ["oidc_identity.id"],
            name=op.f("fk_oidc_session_identity_id_oidc_identity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sign_in_id", name=op.f("pk_oidc_session")),
    )
    op.create_index(op.f("ix_oidc_session_identity_id"), "oidc_session", ["identity_id"])
    op.create_index(op.f("ix_oidc_session_sid"), "oidc_session", ["sid"])
    op.create_table(
        "oidc_used",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("until", TIME, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_oidc_used")),
    )
    op.create_index(op.f("ix_oidc_used_until"), "oidc_used", ["until"])
    op.create_table(
        "claimed_group",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_claimed_group_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_claimed_group_group_id_member_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "group_id", "source", name=op.f("pk_claimed_group")),
    )
    op.create_index(op.f("ix_claimed_group_group_id"), "claimed_group", ["group_id"])
    op.create_index(op.f("ix_claimed_group_source"), "claimed_group", ["source"])
    op.add_column("sign_in", sa.Column("vouched_at", TIME, nullable=True))
    with op.batch_alter_table("community") as batch:
        batch.add_column(sa.Column("is_sso_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("community") as batch:
        batch.alter_column("is_sso_only", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("community") as batch:
        batch.drop_column("is_sso_only")
    op.drop_column("sign_in", "vouched_at")
    op.drop_table("claimed_group")
    op.drop_table("oidc_used")
    op.drop_table("oidc_session")
    op.drop_table("oidc_identity")
    op.drop_table("oidc_provider")
