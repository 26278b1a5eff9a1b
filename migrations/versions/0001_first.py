"""The first schema: community, members, rules, conversations, moderation, notifications, queue and audit."""

import uuid

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("actor_name", sa.String(length=100), nullable=False),
        sa.Column("act", sa.String(length=80), nullable=False),
        sa.Column("target_kind", sa.String(length=40), nullable=False),
        sa.Column("target_id", ID, nullable=True),
        sa.Column("before", JSON, nullable=True),
        sa.Column("after", JSON, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_entry_actor_id"), "audit_entry", ["actor_id"], unique=False)
    op.create_index("ix_audit_entry_target", "audit_entry", ["target_kind", "target_id"], unique=False)
    op.create_table(
        "category",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", JSON, nullable=False),
        sa.Column("description", JSON, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hue", sa.Integer(), nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("thread_count", sa.Integer(), nullable=False),
        sa.Column("post_count", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name=op.f("fk_category_parent_id_category")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("slug", name=op.f("uq_category_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "community",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("name", JSON, nullable=False),
        sa.Column("description", JSON, nullable=False),
        sa.Column("languages", JSON, nullable=False),
        sa.Column("default_language", sa.String(length=10), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("brand_hue", sa.Integer(), nullable=False),
        sa.Column("team_name", sa.String(length=80), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("binding_version", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("people_epoch", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_community_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community")),
    )
    op.create_table(
        "event",
        sa.Column("delivered", JSON, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(length=120), nullable=True),
        sa.Column("leased_until", TIME, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_event_waiting",
        "event",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "job",
        sa.Column("unique_key", sa.String(length=200), nullable=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(length=120), nullable=True),
        sa.Column("leased_until", TIME, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_job_unique_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_job_waiting",
        "job",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "member",
        sa.Column("id", ID, nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("username_key", sa.String(length=120), nullable=False),
        sa.Column("display_name", sa.String(length=60), nullable=False),
        sa.Column("sort_key", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_key", sa.String(length=254), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("about_html", sa.Text(), nullable=False),
        sa.Column("about_version", sa.Integer(), nullable=False),
        sa.Column("avatar", sa.String(length=80), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("theme", sa.String(length=10), nullable=False),
        sa.Column("wants_mail", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("joined_at", TIME, nullable=False),
        sa.Column("confirmed_at", TIME, nullable=True),
        sa.Column("silenced_until", TIME, nullable=True),
        sa.Column("banned_at", TIME, nullable=True),
        sa.Column("accepted_version", sa.Integer(), nullable=False),
        sa.Column("unread_count", sa.Integer(), nullable=False),
        sa.Column("read_all_before", TIME, nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("email_key", name=op.f("uq_member_email_key")),
        sa.UniqueConstraint("username_key", name=op.f("uq_member_username_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_member_avatar"), "member", ["avatar"], unique=False)
    op.create_index("ix_member_joined", "member", ["joined_at", "id"], unique=False)
    op.create_index("ix_member_sort", "member", ["sort_key", "id"], unique=False)
    op.create_table(
        "member_group",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("is_builtin", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_group")),
        sa.UniqueConstraint("name", name=op.f("uq_member_group_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "origin",
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("local_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("source", "kind", "source_id", name=op.f("pk_origin")),
    )
    op.create_index("ix_origin_local", "origin", ["kind", "local_id"], unique=False)
    op.create_table(
        "rate_count",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_count")),
    )
    op.create_index(op.f("ix_rate_count_expires_at"), "rate_count", ["expires_at"], unique=False)
    op.create_table(
        "rulebook",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("effective_at", TIME, nullable=False),
        sa.Column("published_at", TIME, nullable=False),
        sa.Column("is_material", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook")),
        sa.UniqueConstraint("version", name=op.f("uq_rulebook_version")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "acceptance",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("rulebook_id", ID, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("accepted_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_acceptance_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_acceptance_rulebook_id_rulebook")),
        sa.PrimaryKeyConstraint("member_id", "rulebook_id", name=op.f("pk_acceptance")),
    )
    op.create_index(op.f("ix_acceptance_rulebook_id"), "acceptance", ["rulebook_id"], unique=False)
    op.create_table(
        "category_grant",
        sa.Column("category_id", ID, nullable=False),
        sa.Column("verb", sa.String(length=10), nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.CheckConstraint("verb IN ('see', 'start', 'reply')", name=op.f("ck_category_grant_verb")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_category_grant_category_id_category"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_category_grant_group_id_member_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("category_id", "verb", "group_id", name=op.f("pk_category_grant")),
    )
    op.create_table(
        "draft",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_draft_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("member_id", "place", name=op.f("uq_draft_member_id_place")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "group_member",
        sa.Column("group_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["member_group.id"], name=op.f("fk_group_member_group_id_member_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_group_member_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_group_member")),
    )
    op.create_index(op.f("ix_group_member_member_id"), "group_member", ["member_id"], unique=False)
    op.create_table(
        "member_activity",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("category_id", ID, nullable=False),
        sa.Column("threads", sa.Integer(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("reactions_received", sa.Integer(), nullable=False),
        sa.Column("solutions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_member_activity_category_id_category")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_activity_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "category_id", name=op.f("pk_member_activity")),
    )
    op.create_table(
        "member_role",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_role_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "role", name=op.f("pk_member_role")),
    )
    op.create_index(op.f("ix_member_role_role"), "member_role", ["role"], unique=False)
    op.create_table(
        "rule",
        sa.Column("id", ID, nullable=False),
        sa.Column("rulebook_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("text", JSON, nullable=False),
        sa.Column("html", JSON, nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_rule_rulebook_id_rulebook")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule")),
        sa.UniqueConstraint("rulebook_id", "number", name=op.f("uq_rule_rulebook_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sign_in",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_sign_in_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sign_in_member_id"), "sign_in", ["member_id"], unique=False)
    op.create_table(
        "thread",
        sa.Column("id", ID, nullable=False),
        sa.Column("category_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("excerpt", sa.String(length=240), nullable=False),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("pinned_at", TIME, nullable=True),
        sa.Column("solution_post_id", ID, nullable=True),
        sa.Column("solution_number", sa.Integer(), nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("post_count", sa.Integer(), nullable=False),
        sa.Column("last_post_at", TIME, nullable=False),
        sa.Column("last_author_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_thread_author_id_member")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_thread_category_id_category")),
        sa.ForeignKeyConstraint(["last_author_id"], ["member.id"], name=op.f("fk_thread_last_author_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_thread_activity", "thread", ["state", "last_post_at", "id"], unique=False)
    op.create_index("ix_thread_author", "thread", ["author_id", "created_at", "id"], unique=False)
    op.create_index(
        "ix_thread_category_activity", "thread", ["category_id", "state", "last_post_at", "id"], unique=False
    )
    op.create_index("ix_thread_category_created", "thread", ["category_id", "state", "created_at", "id"], unique=False)
    op.create_index("ix_thread_created", "thread", ["state", "created_at", "id"], unique=False)
    op.create_index(
        "ix_thread_pinned",
        "thread",
        ["category_id"],
        unique=False,
        sqlite_where=sa.text("pinned_at IS NOT NULL"),
        postgresql_where=sa.text("pinned_at IS NOT NULL"),
    )
    op.create_index(
        "ix_thread_unanswered",
        "thread",
        ["last_post_at", "id"],
        unique=False,
        sqlite_where=sa.text("post_count <= 1 AND state = 'published'"),
        postgresql_where=sa.text("post_count <= 1 AND state = 'published'"),
    )
    op.create_table(
        "upload",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("mimetype", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_upload_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("name", name=op.f("uq_upload_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_upload_member_id"), "upload", ["member_id"], unique=False)
    op.create_table(
        "imported_idea",
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_imported_idea_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_imported_idea")),
    )
    op.create_table(
        "imported_vote",
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_imported_vote_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_imported_vote_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("thread_id", "member_id", name=op.f("pk_imported_vote")),
    )
    op.create_table(
        "post",
        sa.Column("id", ID, nullable=False),
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("html_version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("reply_to_id", ID, nullable=True),
        sa.Column("reply_to_number", sa.Integer(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("edited_at", TIME, nullable=True),
        sa.Column("edited_by_id", ID, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hidden_by_id", ID, nullable=True),
        sa.Column("hidden_at", TIME, nullable=True),
        sa.Column("submission_id", sa.String(length=40), nullable=True),
        sa.Column("like_count", sa.Integer(), nullable=False),
        sa.Column("thanks_count", sa.Integer(), nullable=False),
        sa.Column("insightful_count", sa.Integer(), nullable=False),
        sa.Column("celebrate_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("number IS NOT NULL OR state = 'held'", name=op.f("ck_post_numbered")),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_post_author_id_member")),
        sa.ForeignKeyConstraint(["edited_by_id"], ["member.id"], name=op.f("fk_post_edited_by_id_member")),
        sa.ForeignKeyConstraint(["hidden_by_id"], ["member.id"], name=op.f("fk_post_hidden_by_id_member")),
        sa.ForeignKeyConstraint(["reply_to_id"], ["post.id"], name=op.f("fk_post_reply_to_id_post")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_post_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("author_id", "submission_id", name=op.f("uq_post_author_id_submission_id")),
        sa.UniqueConstraint("thread_id", "number", name=op.f("uq_post_thread_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_post_author", "post", ["author_id", "created_at", "id"], unique=False)
    op.create_index("ix_post_html_version", "post", ["html_version", "id"], unique=False)
    op.create_table(
        "read_position",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("read_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_read_position_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_read_position_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "thread_id", name=op.f("pk_read_position")),
    )
    op.create_index(op.f("ix_read_position_thread_id"), "read_position", ["thread_id"], unique=False)
    op.create_table(
        "subscription",
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_subscription_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_subscription_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("thread_id", "member_id", name=op.f("pk_subscription")),
    )
    op.create_index(op.f("ix_subscription_member_id"), "subscription", ["member_id"], unique=False)
    op.create_table(
        "thread_tag",
        sa.Column("tag", sa.String(length=30), nullable=False),
        sa.Column("thread_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_thread_tag_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tag", "thread_id", name=op.f("pk_thread_tag")),
    )
    op.create_index("ix_thread_tag_thread", "thread_tag", ["thread_id"], unique=False)
    op.create_table(
        "moderation_case",
        sa.Column("id", ID, nullable=False),
        sa.Column("post_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("about_id", ID, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("reporter_count", sa.Integer(), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("claimed_at", TIME, nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.CheckConstraint("(post_id IS NULL) <> (member_id IS NULL)", name=op.f("ck_moderation_case_one_target")),
        sa.ForeignKeyConstraint(["about_id"], ["member.id"], name=op.f("fk_moderation_case_about_id_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_moderation_case_member_id_member")),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], name=op.f("fk_moderation_case_owner_id_member")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_moderation_case_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_case")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_moderation_case_about", "moderation_case", ["about_id"], unique=False)
    op.create_index("ix_moderation_case_decided", "moderation_case", ["state", "decided_at", "id"], unique=False)
    op.create_index("ix_moderation_case_due", "moderation_case", ["state", "due_at", "id"], unique=False)
    op.create_index(
        "uq_moderation_case_open_member",
        "moderation_case",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "uq_moderation_case_open_post",
        "moderation_case",
        ["post_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "notification",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("post_id", ID, nullable=True),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("data", JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=True),
        sa.Column("mailed_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["member.id"], name=op.f("fk_notification_actor_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_notification_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_notification_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint("member_id", "kind", "subject", name=op.f("uq_notification_member_id_kind_subject")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notification_list", "notification", ["member_id", "id"], unique=False)
    op.create_table(
        "reaction",
        sa.Column("post_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("created_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_reaction_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_reaction_post_id_post"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "member_id", "kind", name=op.f("pk_reaction")),
    )
    op.create_index("ix_reaction_member", "reaction", ["member_id", "post_id"], unique=False)
    op.create_table(
        "revision",
        sa.Column("post_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_revision_author_id_member")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_revision_post_id_post"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "number", name=op.f("pk_revision")),
    )
    op.create_table(
        "decision",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("rule_id", ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("until", TIME, nullable=True),
        sa.Column("removed_post", sa.Boolean(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("reversed_at", TIME, nullable=True),
        sa.Column("reversed_by_id", ID, nullable=True),
        sa.Column("reversal_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_decision_by_id_member")),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_case.id"], name=op.f("fk_decision_case_id_moderation_case")),
        sa.ForeignKeyConstraint(["reversed_by_id"], ["member.id"], name=op.f("fk_decision_reversed_by_id_member")),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name=op.f("fk_decision_rule_id_rule")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_case", "decision", ["case_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("taken_at", TIME, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_case.id"], name=op.f("fk_evidence_case_id_moderation_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("case_id", "sha256", name=op.f("uq_evidence_case_id_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "report",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("evidence_id", ID, nullable=False),
        sa.Column("reporter_id", ID, nullable=False),
        sa.Column("rule_id", ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_case.id"], name=op.f("fk_report_case_id_moderation_case")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_report_evidence_id_evidence")),
        sa.ForeignKeyConstraint(["reporter_id"], ["member.id"], name=op.f("fk_report_reporter_id_member")),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name=op.f("fk_report_rule_id_rule")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("case_id", "reporter_id", name=op.f("uq_report_case_id_reporter_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_report_reporter", "report", ["reporter_id", "created_at"], unique=False)
    op.create_table(
        "sanction",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("until", TIME, nullable=True),
        sa.Column("lifted_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_sanction_decision_id_decision")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_sanction_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sanction_decision_id"), "sanction", ["decision_id"], unique=False)
    op.create_index("ix_sanction_member", "sanction", ["member_id", "starts_at"], unique=False)

    key = str(uuid.uuid4())
    community = sa.table(
        "community",
        *(
            sa.column(name)
            for name in ("id", "key", "source", "default_language", "time_zone", "brand_hue", "team_name")
        ),
        *(sa.column(name) for name in ("is_demo", "binding_version", "epoch", "people_epoch")),
        *(sa.column(name, JSON) for name in ("name", "description", "languages")),
    )
    op.bulk_insert(
        community,
        [
            {
                "id": 1,
                "key": key,
                "source": key,
                "name": "Community",
                "description": "",
                "languages": ["de", "en"],
                "default_language": "de",
                "time_zone": "Europe/Berlin",
                "brand_hue": 222,
                "team_name": "Team",
                "is_demo": False,
                "binding_version": 0,
                "epoch": 1,
                "people_epoch": 1,
            }
        ],
    )
    group = sa.table("member_group", sa.column("id"), sa.column("name"), sa.column("is_builtin"))
    op.bulk_insert(
        group,
        [{"id": 1, "name": "everyone", "is_builtin": True}, {"id": 2, "name": "members", "is_builtin": True}],
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('member_group', 'id'), 100)")
    else:
        op.execute("UPDATE sqlite_sequence SET seq = 100 WHERE name = 'member_group'")


def downgrade() -> None:
    op.drop_index("ix_sanction_member", table_name="sanction")
    op.drop_index(op.f("ix_sanction_decision_id"), table_name="sanction")
    op.drop_table("sanction")
    op.drop_index("ix_report_reporter", table_name="report")
    op.drop_table("report")
    op.drop_table("evidence")
    op.drop_index("ix_decision_case", table_name="decision")
    op.drop_table("decision")
    op.drop_table("revision")
    op.drop_index("ix_reaction_member", table_name="reaction")
    op.drop_table("reaction")
    op.drop_index("ix_notification_list", table_name="notification")
    op.drop_table("notification")
    op.drop_index(
        "uq_moderation_case_open_post",
        table_name="moderation_case",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(
        "uq_moderation_case_open_member",
        table_name="moderation_case",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index("ix_moderation_case_due", table_name="moderation_case")
    op.drop_index("ix_moderation_case_decided", table_name="moderation_case")
    op.drop_index("ix_moderation_case_about", table_name="moderation_case")
    op.drop_table("moderation_case")
    op.drop_index("ix_thread_tag_thread", table_name="thread_tag")
    op.drop_table("thread_tag")
    op.drop_index(op.f("ix_subscription_member_id"), table_name="subscription")
    op.drop_table("subscription")
    op.drop_index(op.f("ix_read_position_thread_id"), table_name="read_position")
    op.drop_table("read_position")
    op.drop_index("ix_post_html_version", table_name="post")
    op.drop_index("ix_post_author", table_name="post")
    op.drop_table("post")
    op.drop_table("imported_vote")
    op.drop_table("imported_idea")
    op.drop_index(op.f("ix_upload_member_id"), table_name="upload")
    op.drop_table("upload")
    op.drop_index(
        "ix_thread_unanswered",
        table_name="thread",
        sqlite_where=sa.text("post_count <= 1 AND state = 'published'"),
        postgresql_where=sa.text("post_count <= 1 AND state = 'published'"),
    )
    op.drop_index(
        "ix_thread_pinned",
        table_name="thread",
        sqlite_where=sa.text("pinned_at IS NOT NULL"),
        postgresql_where=sa.text("pinned_at IS NOT NULL"),
    )
    op.drop_index("ix_thread_created", table_name="thread")
    op.drop_index("ix_thread_category_created", table_name="thread")
    op.drop_index("ix_thread_category_activity", table_name="thread")
    op.drop_index("ix_thread_author", table_name="thread")
    op.drop_index("ix_thread_activity", table_name="thread")
    op.drop_table("thread")
    op.drop_index(op.f("ix_sign_in_member_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_table("rule")
    op.drop_index(op.f("ix_member_role_role"), table_name="member_role")
    op.drop_table("member_role")
    op.drop_table("member_activity")
    op.drop_index(op.f("ix_group_member_member_id"), table_name="group_member")
    op.drop_table("group_member")
    op.drop_table("draft")
    op.drop_table("category_grant")
    op.drop_index(op.f("ix_acceptance_rulebook_id"), table_name="acceptance")
    op.drop_table("acceptance")
    op.drop_table("rulebook")
    op.drop_index(op.f("ix_rate_count_expires_at"), table_name="rate_count")
    op.drop_table("rate_count")
    op.drop_index("ix_origin_local", table_name="origin")
    op.drop_table("origin")
    op.drop_table("member_group")
    op.drop_index("ix_member_sort", table_name="member")
    op.drop_index("ix_member_joined", table_name="member")
    op.drop_index(op.f("ix_member_avatar"), table_name="member")
    op.drop_table("member")
    op.drop_index(
        "ix_job_waiting",
        table_name="job",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_table("job")
    op.drop_index(
        "ix_event_waiting",
        table_name="event",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_table("event")
    op.drop_table("community")
    op.drop_table("category")
    op.drop_index("ix_audit_entry_target", table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_actor_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
