"""Ideas with votes, status changes, merges and exports; search; personal tokens; posts that move to other threads.

What earlier versions kept of imported ideas and votes becomes ideas and votes, counted. The HTML of their official answers
is made by `forum check --fix`.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)
TERMS = sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")

STATUSES = (
    ("new", {"de": "Neu", "en": "New"}, "new"),
    ("under-review", {"de": "In Prüfung", "en": "Under review"}, "under review"),
    ("planned", {"de": "Geplant", "en": "Planned"}, "planned"),
    ("in-progress", {"de": "In Arbeit", "en": "In progress"}, "in progress"),
    ("shipped", {"de": "Umgesetzt", "en": "Shipped"}, "shipped"),
    ("declined", {"de": "Abgelehnt", "en": "Declined"}, "declined"),
)
AT_ONCE = 500


def upgrade() -> None:
    op.create_table(
        "idea_status",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", JSON, nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('new', 'under review', 'planned', 'in progress', 'shipped', 'declined')",
            name=op.f("ck_idea_status_stage"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_status")),
        sa.UniqueConstraint("slug", name=op.f("uq_idea_status_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "search_document",
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("ref_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("category_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("words", TERMS, nullable=False),
        sa.Column("grams", TERMS, nullable=True),
        sa.PrimaryKeyConstraint("generation", "kind", "ref_id", name=op.f("pk_search_document")),
    )
    op.create_index("ix_search_document_grams", "search_document", ["grams"], unique=False, postgresql_using="gin")
    op.create_index(
        "ix_search_document_newest", "search_document", ["generation", "created_at", "ref_id"], unique=False
    )
    op.create_index("ix_search_document_words", "search_document", ["words"], unique=False, postgresql_using="gin")

    op.create_table(
        "search_generation",
        sa.Column("id", ID, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME, nullable=True),
        sa.CheckConstraint("state IN ('building', 'live')", name=op.f("ck_search_generation_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_generation")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "search_pending",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("ref_id", ID, nullable=False),
        sa.Column("is_written", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('thread', 'post', 'member')", name=op.f("ck_search_pending_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_pending")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "api_token",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.Column("expires_at", TIME, nullable=True),
        sa.Column("revoked_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_api_token_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_api_token_member_id"), "api_token", ["member_id"], unique=False)

    op.create_table(
        "idea_export",
        sa.Column("id", ID, nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("as_of", TIME, nullable=False),
        sa.Column("filter", JSON, nullable=False),
        sa.Column("since_id", ID, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rows_expected", sa.Integer(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'running', 'ready', 'failed')", name=op.f("ck_idea_export_state")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["member.id"], name=op.f("fk_idea_export_actor_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["since_id"], ["idea_export.id"], name=op.f("fk_idea_export_since_id_idea_export")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_export")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "product_area",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", JSON, nullable=False),
        sa.Column("category_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_product_area_category_id_category")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_area")),
        sa.UniqueConstraint("slug", name=op.f("uq_product_area_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_product_area_category_id"), "product_area", ["category_id"], unique=False)

    op.create_table(
        "similar_thread",
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("others", JSON, nullable=False),
        sa.Column("found_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_similar_thread_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_similar_thread")),
    )
    op.create_table(
        "idea",
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("root_id", ID, nullable=False),
        sa.Column("status_id", ID, nullable=False),
        sa.Column("status_change_id", ID, nullable=True),
        sa.Column("area_id", ID, nullable=True),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("target_month", sa.String(length=7), nullable=True),
        sa.Column("vote_count", sa.Integer(), nullable=False),
        sa.Column("staff_vote_count", sa.Integer(), nullable=False),
        sa.Column("trend", sa.Float(), nullable=False),
        sa.Column("answer_body", sa.Text(), nullable=False),
        sa.Column("answer_html", sa.Text(), nullable=False),
        sa.Column("answered_by_id", ID, nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("from_post_id", ID, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("extra", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["member.id"], name=op.f("fk_idea_answered_by_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["area_id"], ["product_area.id"], name=op.f("fk_idea_area_id_product_area")),
        sa.ForeignKeyConstraint(
            ["from_post_id"], ["post.id"], name=op.f("fk_idea_from_post_id_post"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], name=op.f("fk_idea_owner_id_member"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["root_id"], ["idea.thread_id"], name=op.f("fk_idea_root_id_idea")),
        sa.ForeignKeyConstraint(["status_id"], ["idea_status.id"], name=op.f("fk_idea_status_id_idea_status")),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_idea_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_idea")),
    )
    op.create_index("ix_idea_area_votes", "idea", ["area_id", "vote_count", "thread_id"], unique=False)
    op.create_index("ix_idea_area_trend", "idea", ["area_id", "trend", "thread_id"], unique=False)
    op.create_index("ix_idea_area_created", "idea", ["area_id", "created_at", "thread_id"], unique=False)
    op.create_index("ix_idea_created", "idea", ["created_at", "thread_id"], unique=False)
    op.create_index("ix_idea_from_post", "idea", ["from_post_id"], unique=False)
    op.create_index("ix_idea_root", "idea", ["root_id"], unique=False)
    op.create_index("ix_idea_status_votes", "idea", ["status_id", "vote_count", "thread_id"], unique=False)
    op.create_index("ix_idea_status_trend", "idea", ["status_id", "trend", "thread_id"], unique=False)
    op.create_index("ix_idea_status_created", "idea", ["status_id", "created_at", "thread_id"], unique=False)
    op.create_index("ix_idea_trend", "idea", ["trend", "thread_id"], unique=False)
    op.create_index("ix_idea_updated", "idea", ["updated_at", "thread_id"], unique=False)
    op.create_index("ix_idea_votes", "idea", ["vote_count", "thread_id"], unique=False)

    op.create_table(
        "post_alias",
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("post_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_alias_post_id_post"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_post_alias_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("thread_id", "number", name=op.f("pk_post_alias")),
    )
    op.create_index(op.f("ix_post_alias_post_id"), "post_alias", ["post_id"], unique=False)

    op.create_table(
        "idea_merge",
        sa.Column("id", ID, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("target_id", ID, nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("undone_by_id", ID, nullable=True),
        sa.Column("undone_at", TIME, nullable=True),
        sa.Column("votes_moved", sa.Integer(), nullable=False),
        sa.Column("votes_overlapping", sa.Integer(), nullable=False),
        sa.Column("moved_posts", JSON, nullable=False),
        sa.Column("new_followers", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["member.id"], name=op.f("fk_idea_merge_actor_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["idea.thread_id"], name=op.f("fk_idea_merge_source_id_idea"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["idea.thread_id"], name=op.f("fk_idea_merge_target_id_idea"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["member.id"], name=op.f("fk_idea_merge_undone_by_id_member"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_merge")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_idea_merge_source", "idea_merge", ["source_id"], unique=False)
    op.create_index("ix_idea_merge_target", "idea_merge", ["target_id"], unique=False)

    op.create_table(
        "idea_note",
        sa.Column("id", ID, nullable=False),
        sa.Column("idea_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_idea_note_author_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["idea.thread_id"], name=op.f("fk_idea_note_idea_id_idea"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_note")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_idea_note_idea", "idea_note", ["idea_id", "id"], unique=False)

    op.create_table(
        "idea_status_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("idea_id", ID, nullable=False),
        sa.Column("status_id", ID, nullable=False),
        sa.Column("answer_body", sa.Text(), nullable=False),
        sa.Column("answer_html", sa.Text(), nullable=False),
        sa.Column("html_version", sa.Integer(), nullable=False),
        sa.Column("is_new_answer", sa.Boolean(), nullable=False),
        sa.Column("is_small_step", sa.Boolean(), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["member.id"], name=op.f("fk_idea_status_change_actor_id_member"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["idea.thread_id"], name=op.f("fk_idea_status_change_idea_id_idea"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["status_id"], ["idea_status.id"], name=op.f("fk_idea_status_change_status_id_idea_status")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_status_change")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_idea_status_change_idea", "idea_status_change", ["idea_id", "at", "id"], unique=False)

    op.create_table(
        "vote",
        sa.Column("id", ID, nullable=False),
        sa.Column("idea_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=True),
        sa.Column("withdrawn_at", TIME, nullable=True),
        sa.Column("importance", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.String(length=280), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.CheckConstraint("importance IN ('nice', 'important', 'essential')", name=op.f("ck_vote_importance")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.thread_id"], name=op.f("fk_vote_idea_id_idea"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_vote_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_vote_idea", "vote", ["idea_id", "id"], unique=False)
    op.create_index("ix_vote_member", "vote", ["member_id", "id"], unique=False)
    op.create_index(
        "uq_vote_idea_id_member_id",
        "vote",
        ["idea_id", "member_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )

    op.create_index(
        "ix_thread_discussed_ideas",
        "thread",
        ["post_count", "id"],
        unique=False,
        sqlite_where=sa.text("kind = 'idea'"),
        postgresql_where=sa.text("kind = 'idea'"),
    )
    with op.batch_alter_table("thread", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("merged_into_id", ID, nullable=True))
        batch.create_foreign_key("fk_thread_merged_into_id_thread", "thread", ["merged_into_id"], ["id"])
    _give_statuses()
    _take_over_ideas()
    _begin_histories()
    _take_over_votes()
    _count_votes()
    op.drop_table("imported_vote")
    op.drop_table("imported_idea")


def _give_statuses() -> None:
    columns = (*(sa.column(name) for name in ("id", "slug", "stage", "position")), sa.column("name", JSON))
    op.bulk_insert(
        sa.table("idea_status", *columns),
        [
            {"id": number, "slug": slug, "name": name, "stage": stage, "position": number}
            for number, (slug, name, stage) in enumerate(STATUSES, 1)
        ],
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('idea_status', 'id'), 100)")
    else:
        op.execute("UPDATE sqlite_sequence SET seq = 100 WHERE name = 'idea_status'")


def _take_over_ideas() -> None:
    """Each thread of kind `idea` becomes an idea. Its status is found by name, or is made where there is none of it, as an
    import does; without a name it is the first one."""
    connection = op.get_bind()
    thread = sa.table(
        "thread",
        *(sa.column(name) for name in ("id", "kind", "merged_into_id", "state")),
        sa.column("created_at", TIME),
    )
    kept = sa.table("imported_idea", sa.column("thread_id"), sa.column("data", JSON))
    idea = sa.table(
        "idea",
        *(sa.column(name) for name in ("thread_id", "root_id", "status_id", "vote_count", "staff_vote_count", "trend")),
        *(sa.column(name) for name in ("answer_body", "answer_html")),
        *(sa.column(name, TIME) for name in ("created_at", "updated_at")),
        sa.column("extra", JSON),
    )
    numbers = {
        word.casefold(): number
        for number, (slug, name, stage) in enumerate(STATUSES, 1)
        for word in (slug, stage, *name.values())
    }
    now, after = datetime.now(UTC), 0
    while True:
        rows = connection.execute(
            sa.select(thread.c.id, thread.c.created_at, kept.c.data)
            .select_from(thread.outerjoin(kept, kept.c.thread_id == thread.c.id))
            .where(thread.c.kind == "idea", thread.c.id > after)
            .order_by(thread.c.id)
            .limit(AT_ONCE)
        ).all()
        if not rows:
            return
        after = rows[-1].id
        for row in rows:
            if (word := _status_of(row.data)) and word.casefold() not in numbers:
                numbers[word.casefold()] = _add_status(word)
        op.bulk_insert(
            idea,
            [
                {
                    "thread_id": row.id,
                    "root_id": row.id,
                    "status_id": numbers.get(_status_of(row.data).casefold(), 1),
                    "vote_count": 0,
                    "staff_vote_count": 0,
                    "trend": 0.0,
                    "answer_body": str((row.data or {}).get("answer") or ""),
                    "answer_html": "",
                    "created_at": row.created_at,
                    "updated_at": now,
                    "extra": {
                        name: value for name, value in (row.data or {}).items() if name not in {"status", "answer"}
                    },
                }
                for row in rows
            ],
        )


def _status_of(data: Any) -> str:
    """The name of the status that was kept; empty without one."""
    given = (data or {}).get("status")
    return " ".join(given.split())[:60] if isinstance(given, str) else ""


def _add_status(name: str) -> int:
    """A status that an archive named; nobody said what it means."""
    connection = op.get_bind()
    status = sa.table(
        "idea_status", *(sa.column(name) for name in ("id", "slug", "stage", "position")), sa.column("name", JSON)
    )
    place = int(connection.scalar(sa.select(sa.func.max(status.c.position)))) + 1
    language = connection.scalar(sa.text("SELECT default_language FROM community")) or "en"
    row = {"slug": f"status-{place}", "name": {language: name}, "stage": "under review", "position": place}
    return int(connection.execute(sa.insert(status).values(**row).returning(status.c.id)).scalar_one())


def _begin_histories() -> None:
    """Status and answer stand in the history from the idea's beginning."""
    op.execute(
        "INSERT INTO idea_status_change"
        " (idea_id, status_id, answer_body, answer_html, html_version, is_new_answer, is_small_step, at)"
        " SELECT thread_id, status_id, answer_body, '', 0, answer_body <> '', 1 = 1, created_at FROM idea"
    )
    op.execute(
        "UPDATE idea SET status_change_id ="
        " (SELECT id FROM idea_status_change WHERE idea_status_change.idea_id = idea.thread_id)"
    )


def _take_over_votes() -> None:
    """Votes as they were."""
    op.execute(
        "INSERT INTO vote (idea_id, member_id, created_at, reason, weight)"
        " SELECT thread_id, member_id, created_at, '', 0 FROM imported_vote"
        " WHERE thread_id IN (SELECT thread_id FROM idea)"
    )


def _count_votes() -> None:
    """What each vote weighs in the trend, and the counts of valid voters, the team's apart."""
    connection = op.get_bind()
    vote = sa.table(
        "vote", *(sa.column(name) for name in ("id", "idea_id", "member_id", "weight")), sa.column("created_at", TIME)
    )
    weigh = sa.update(vote).where(vote.c.id == sa.bindparam("vote")).values(weight=sa.bindparam("right"))
    after = 0
    while rows := connection.execute(
        sa.select(vote.c.id, vote.c.created_at)
        .where(vote.c.id > after, vote.c.created_at.is_not(None))
        .order_by(vote.c.id)
        .limit(AT_ONCE)
    ).all():
        connection.execute(weigh, [{"vote": row.id, "right": _weight(row.created_at)} for row in rows])
        after = rows[-1].id
    member = sa.table(
        "member",
        *(sa.column(name) for name in ("id", "is_imported")),
        *(sa.column(name, TIME) for name in ("confirmed_at", "banned_at", "silenced_until")),
    )
    role = sa.table("member_role", sa.column("member_id"))
    idea = sa.table("idea", *(sa.column(name) for name in ("thread_id", "vote_count", "staff_vote_count", "trend")))
    is_staff = sa.exists().where(role.c.member_id == member.c.id)
    of_idea = (
        sa.select(vote.c.id)
        .join_from(vote, member, member.c.id == vote.c.member_id)
        .where(
            vote.c.idea_id == idea.c.thread_id,
            sa.or_(member.c.confirmed_at.is_not(None), member.c.is_imported),
            member.c.banned_at.is_(None),
            sa.or_(member.c.silenced_until.is_(None), member.c.silenced_until <= datetime.now(UTC)),
        )
        .correlate(idea)
    )
    number = of_idea.with_only_columns(sa.func.count())
    weight = of_idea.with_only_columns(sa.func.coalesce(sa.func.sum(vote.c.weight), 0.0))
    connection.execute(
        sa.update(idea).values(
            vote_count=number.where(~is_staff).scalar_subquery(),
            staff_vote_count=number.where(is_staff).scalar_subquery(),
            trend=weight.where(~is_staff).scalar_subquery(),
        )
    )


def _weight(at: datetime) -> float:
    """As `forum.ideas.actions.counting.weight`."""
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    fortnights = (at - datetime(2026, 1, 1, tzinfo=UTC)) / timedelta(days=14)
    return float(2.0 ** max(-1000, min(1000, fortnights)))


def downgrade() -> None:
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
    op.execute(
        "INSERT INTO imported_vote (thread_id, member_id, created_at)"
        " SELECT idea_id, member_id, created_at FROM vote WHERE withdrawn_at IS NULL"
    )
    _keep_ideas()
    _show_merged_threads()
    op.drop_index("uq_vote_idea_id_member_id", table_name="vote")
    op.drop_index("ix_vote_member", table_name="vote")
    op.drop_index("ix_vote_idea", table_name="vote")

    op.drop_table("vote")
    op.drop_index("ix_idea_status_change_idea", table_name="idea_status_change")

    op.drop_table("idea_status_change")
    op.drop_index("ix_idea_note_idea", table_name="idea_note")

    op.drop_table("idea_note")
    op.drop_index("ix_idea_merge_target", table_name="idea_merge")
    op.drop_index("ix_idea_merge_source", table_name="idea_merge")

    op.drop_table("idea_merge")
    op.drop_index(op.f("ix_post_alias_post_id"), table_name="post_alias")

    op.drop_table("post_alias")
    op.drop_index("ix_idea_votes", table_name="idea")
    op.drop_index("ix_idea_updated", table_name="idea")
    op.drop_index("ix_idea_trend", table_name="idea")
    op.drop_index("ix_idea_status_votes", table_name="idea")
    op.drop_index("ix_idea_status_trend", table_name="idea")
    op.drop_index("ix_idea_status_created", table_name="idea")
    op.drop_index("ix_idea_from_post", table_name="idea")
    op.drop_index("ix_idea_root", table_name="idea")
    op.drop_index("ix_idea_created", table_name="idea")
    op.drop_index("ix_idea_area_votes", table_name="idea")
    op.drop_index("ix_idea_area_trend", table_name="idea")
    op.drop_index("ix_idea_area_created", table_name="idea")

    op.drop_table("idea")
    op.drop_table("similar_thread")
    op.drop_index(op.f("ix_product_area_category_id"), table_name="product_area")

    op.drop_table("product_area")
    op.drop_table("idea_export")
    op.drop_index(op.f("ix_api_token_member_id"), table_name="api_token")

    op.drop_table("api_token")
    op.drop_table("search_pending")
    op.drop_table("search_generation")
    op.drop_index("ix_search_document_words", table_name="search_document")
    op.drop_index("ix_search_document_newest", table_name="search_document")
    op.drop_index("ix_search_document_grams", table_name="search_document")

    op.drop_table("search_document")
    op.drop_table("idea_status")
    op.drop_index("ix_thread_discussed_ideas", table_name="thread")
    with op.batch_alter_table("thread", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_constraint("fk_thread_merged_into_id_thread", type_="foreignkey")
        batch.drop_column("merged_into_id")


def _show_merged_threads() -> None:
    """Earlier versions know of no merge: such a thread is again what its first post is. `forum check --fix` counts it."""
    op.execute(
        "UPDATE thread SET state ="
        " coalesce((SELECT state FROM post WHERE post.thread_id = thread.id AND post.number = 1), 'published')"
        " WHERE state = 'merged'"
    )
    op.execute("DELETE FROM post WHERE state = 'moved'")


def _keep_ideas() -> None:
    connection = op.get_bind()
    idea = sa.table(
        "idea", *(sa.column(name) for name in ("thread_id", "status_id", "answer_body")), sa.column("extra", JSON)
    )
    status = sa.table("idea_status", *(sa.column(name) for name in ("id", "slug", "stage")), sa.column("name", JSON))
    own = {slug for slug, _name, _stage in STATUSES}
    kept = sa.table("imported_idea", sa.column("thread_id"), sa.column("data", JSON))
    rows = connection.execute(
        sa.select(
            idea.c.thread_id, idea.c.answer_body, idea.c.extra, status.c.slug, status.c.stage, status.c.name
        ).join_from(idea, status, status.c.id == idea.c.status_id)
    ).all()
    for start in range(0, len(rows), AT_ONCE):
        op.bulk_insert(
            kept,
            [
                {
                    "thread_id": row.thread_id,
                    "data": {
                        **(row.extra or {}),
                        "status": row.stage if row.slug in own else next(iter(row.name.values())),
                        **({"answer": row.answer_body} if row.answer_body else {}),
                    },
                }
                for row in rows[start : start + AT_ONCE]
            ],
        )
