"""Tables of conversations. Counters are kept by the transaction that changes what they count."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.database import NEVER_REUSED, Base, BigId, Json, UtcTime, key, partial_index, table_of
from forum.media.models import NAME_LENGTH

TITLE_LENGTH = 200
TAG_LENGTH = 30
TAGS_PER_THREAD = 5
IDEA = "idea"
KINDS = ("discussion", "question", IDEA, "announcement")
PUBLISHED, HELD, REMOVED, DELETED = "published", "held", "removed", "deleted"
STATES = (PUBLISHED, HELD, REMOVED, DELETED)
MERGED = "merged"
"""State of a thread whose posts stand in another one, and whose address leads there."""
MOVED = "moved"
"""State of the tombstone that a post leaves in a thread it was taken back out of."""
REACTIONS = ("like", "thanks", "insightful", "celebrate")
LEVELS = ("watching", "tracking", "normal", "muted")
SEE, START, REPLY, MODERATE = VERBS = ("see", "start", "reply", "moderate")
SEEING = (SEE, MODERATE)
"""What lets a group see a category: whoever may moderate it may do all the rest there, too."""


class Category(Base):
    """A place for threads. `version` grows with every change a reader of its lists could see."""

    __tablename__ = "category"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = key()
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Any] = mapped_column(Json)
    description: Mapped[Any] = mapped_column(Json)
    position: Mapped[int] = mapped_column(Integer)
    hue: Mapped[int] = mapped_column(Integer)
    parent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("category.id"))
    thread_count: Mapped[int] = mapped_column(Integer, default=0)
    post_count: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)

    grants: Mapped[list["Grant"]] = relationship(lazy="raise", cascade="all, delete-orphan", passive_deletes=True)


class Grant(Base):
    """That a group may see a category, start threads, reply or keep order in it. Without a grant nobody may."""

    __tablename__ = "category_grant"
    __table_args__ = (CheckConstraint(f"verb IN ('{SEE}', '{START}', '{REPLY}', '{MODERATE}')", name="verb"),)

    category_id: Mapped[int] = mapped_column(BigId, ForeignKey("category.id", ondelete="CASCADE"), primary_key=True)
    verb: Mapped[str] = mapped_column(String(10), primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("member_group.id", ondelete="CASCADE"), primary_key=True)


class Thread(Base):
    """A conversation. `last_number` is the highest post number given, `post_count` the posts that are published,
    `version` grows with every change a reader of the thread could see, `tags` repeats thread_tag for lists,
    `merged_into_id` names the thread that has its posts now.
    `solution_post_id` has no foreign key: two tables that refer to each other can't be made on SQLite."""

    __tablename__ = "thread"
    __table_args__ = (
        Index("ix_thread_activity", "state", "last_post_at", "id"),
        Index("ix_thread_category_activity", "category_id", "state", "last_post_at", "id"),
        Index("ix_thread_created", "state", "created_at", "id"),
        Index("ix_thread_category_created", "category_id", "state", "created_at", "id"),
        partial_index("ix_thread_unanswered", "last_post_at", "id", where="post_count <= 1 AND state = 'published'"),
        partial_index("ix_thread_pinned", "category_id", where="pinned_at IS NOT NULL"),
        Index("ix_thread_author", "author_id", "created_at", "id"),
        Index("ix_thread_kind", "kind", "id"),
        partial_index("ix_thread_solved", "id", where="solution_number IS NOT NULL"),
        partial_index("ix_thread_closed", "id", where="closed_at IS NOT NULL"),
        partial_index("ix_thread_discussed_ideas", "post_count", "id", where="kind = 'idea'"),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    category_id: Mapped[int] = mapped_column(BigId, ForeignKey("category.id"))
    kind: Mapped[str] = mapped_column(String(12), default="discussion")
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    slug: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id"))
    state: Mapped[str] = mapped_column(String(10), default=PUBLISHED)
    merged_into_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("thread.id"))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    excerpt: Mapped[str] = mapped_column(String(240), default="")
    tags: Mapped[list[str]] = mapped_column(Json, default=list)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    pinned_at: Mapped[datetime | None] = mapped_column(UtcTime)
    solution_post_id: Mapped[int | None] = mapped_column(BigId)
    solution_number: Mapped[int | None] = mapped_column(Integer)
    last_number: Mapped[int] = mapped_column(Integer, default=0)
    post_count: Mapped[int] = mapped_column(Integer, default=0)
    last_post_at: Mapped[datetime] = mapped_column(UtcTime)
    last_author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)

    category: Mapped[Category] = relationship(lazy="raise")


class Post(Base):
    """One contribution. A held post has no number yet; a removed or deleted one keeps its number as a placeholder.
    The four counts stand beside the text so that a page needs no other statement for them."""

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("thread_id", "number"),
        UniqueConstraint("author_id", "submission_id"),
        Index("ix_post_author", "author_id", "created_at", "id"),
        Index("ix_post_html_version", "html_version", "id"),
        CheckConstraint("number IS NOT NULL OR state = 'held'", name="numbered"),
        NEVER_REUSED,
    )

    id: Mapped[int] = key()
    thread_id: Mapped[int] = mapped_column(BigId, ForeignKey("thread.id"))
    number: Mapped[int | None] = mapped_column(Integer)
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id"))
    state: Mapped[str] = mapped_column(String(10), default=PUBLISHED)
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    html_version: Mapped[int] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(String(10))
    reply_to_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("post.id"))
    reply_to_number: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcTime)
    edited_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id"))
    revision: Mapped[int] = mapped_column(Integer, default=1)
    hidden_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id"))
    hidden_at: Mapped[datetime | None] = mapped_column(UtcTime)
    submission_id: Mapped[str | None] = mapped_column(String(40))
    like_count: Mapped[int] = mapped_column(Integer, default=0)
    thanks_count: Mapped[int] = mapped_column(Integer, default=0)
    insightful_count: Mapped[int] = mapped_column(Integer, default=0)
    celebrate_count: Mapped[int] = mapped_column(Integer, default=0)

    thread: Mapped[Thread] = relationship(lazy="raise", foreign_keys=[thread_id])


class Revision(Base):
    """A former text of a post, with who wrote it and when; `number` counts from 1, the present text has the number that
    `Post.revision` says and was written by `Post.edited_by_id` at `Post.edited_at` if it isn't the first."""

    __tablename__ = "revision"

    post_id: Mapped[int] = mapped_column(BigId, ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcTime)


class Reaction(Base):
    """One member's reaction of one kind on one post."""

    __tablename__ = "reaction"
    __table_args__ = (Index("ix_reaction_member", "member_id", "post_id"),)

    post_id: Mapped[int] = mapped_column(BigId, ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    created_at: Mapped[datetime | None] = mapped_column(UtcTime)


class ReadPosition(Base):
    """How far a member has read a thread."""

    __tablename__ = "read_position"

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    thread_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    number: Mapped[int] = mapped_column(Integer)
    read_at: Mapped[datetime] = mapped_column(UtcTime)


class Subscription(Base):
    """How closely a member follows a thread; without a row: normal."""

    __tablename__ = "subscription"

    thread_id: Mapped[int] = mapped_column(BigId, ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    level: Mapped[str] = mapped_column(String(10))


class GroupCall(Base):
    """That a post mentioned a group and its members were to be notified, by whom and when: once for each post."""

    __tablename__ = "group_call"
    __table_args__ = (Index("ix_group_call_member", "member_id", "at"),)

    post_id: Mapped[int] = mapped_column(BigId, ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member_group.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcTime)


class ThreadTag(Base):
    """One tag of one thread; `tag` is the folded form that stands in addresses."""

    __tablename__ = "thread_tag"
    __table_args__ = (Index("ix_thread_tag_thread", "thread_id"),)

    tag: Mapped[str] = mapped_column(String(TAG_LENGTH), primary_key=True)
    thread_id: Mapped[int] = mapped_column(BigId, ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True)


class Activity(Base):
    """What a member did in one category: counts are kept per category and shown as the sum of what the viewer sees."""

    __tablename__ = "member_activity"

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    category_id: Mapped[int] = mapped_column(BigId, ForeignKey("category.id"), primary_key=True)
    threads: Mapped[int] = mapped_column(Integer, default=0)
    posts: Mapped[int] = mapped_column(Integer, default=0)
    reactions_received: Mapped[int] = mapped_column(Integer, default=0)
    solutions: Mapped[int] = mapped_column(Integer, default=0)


class Draft(Base):
    """What a member has typed and not yet published; `place` is `thread:<id>`, `edit:<post id>`, `new` or
    `new:<n>`. The fields hold the rest of the form, an over-long title included."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("member_id", "place"), NEVER_REUSED)

    id: Mapped[int] = key()
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    fields: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    updated_at: Mapped[datetime] = mapped_column(UtcTime)


class PostAlias(Base):
    """Where a post stood before it was moved to another thread: the old address leads to it."""

    __tablename__ = "post_alias"

    thread_id: Mapped[int] = mapped_column(BigId, ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    post_id: Mapped[int] = mapped_column(BigId, ForeignKey("post.id", ondelete="CASCADE"), index=True)


class PostPicture(Base):
    """A picture that a post shows, or showed in a former text, or that an answer beside the first post shows."""

    __tablename__ = "post_picture"

    name: Mapped[str] = mapped_column(String(NAME_LENGTH), primary_key=True)
    post_id: Mapped[int] = mapped_column(BigId, ForeignKey("post.id", ondelete="CASCADE"), primary_key=True, index=True)


CATEGORIES = table_of(Category)
GRANTS = table_of(Grant)
THREADS = table_of(Thread)
POSTS = table_of(Post)
REVISIONS = table_of(Revision)
REACTION_ROWS = table_of(Reaction)
READ_POSITIONS = table_of(ReadPosition)
SUBSCRIPTIONS = table_of(Subscription)
GROUP_CALLS = table_of(GroupCall)
THREAD_TAGS = table_of(ThreadTag)
ACTIVITIES = table_of(Activity)
DRAFTS = table_of(Draft)
POST_ALIASES = table_of(PostAlias)
POST_PICTURES = table_of(PostPicture)
