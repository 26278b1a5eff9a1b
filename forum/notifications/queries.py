"""What a member was told; whether they may still read it is asked anew each time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, and_, exists, func, not_, or_, select

from forum.access import may, require
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db
from forum.core.errors import NotFound, Refused
from forum.core.locale import nearest
from forum.core.paging import Page, cut, decode, encode
from forum.members.models import GROUP_INVITES, GROUPS, MEMBERS
from forum.members.policy import visible_groups
from forum.members.queries import Face, actors_of, at_odds, group_address, who_sees
from forum.members.queries.people import face_columns
from forum.notifications.models import ABOUT_POSTS, NOTIFICATIONS, is_statement
from forum.text import plain_text, shortened
from forum.threads import queries as threads
from forum.threads.models import POSTS, REACTIONS, THREADS
from forum.threads.policy import readable_posts
from forum.threads.queries import PostRow, any_posts
from forum.threads.queries.rows import address_of

PAGE = 30
EXCERPT = 160
_HTML_READ = 2000
_FEW = 500
_MANY = 2000

Place = Literal["post", "thread", "category", "group"]
"""What may change for many members at once."""


@dataclass(frozen=True, slots=True)
class NotificationRow:
    """One notification as pages and mails need it. `title`, `excerpt` and `address` are those of the post it tells of,
    or of the group; `data` holds what was frozen when it was made."""

    id: int
    member_id: int
    kind: str
    data: Mapping[str, Any]
    created_at: datetime
    seen_at: datetime | None
    mailed_at: datetime | None
    actor: Face | None
    title: str
    is_about_idea: bool
    excerpt: str
    language: str
    address: str
    reaction_count: int

    @property
    def is_unread(self) -> bool:
        return self.seen_at is None

    @property
    def is_statement(self) -> bool:
        """Whether its mail gives reasons that its reader is owed (`models.is_statement`)."""
        return is_statement(self.kind, self.data)


_teller = MEMBERS.alias("teller")
_ROW = (
    select(
        NOTIFICATIONS.c.id,
        NOTIFICATIONS.c.member_id,
        NOTIFICATIONS.c.kind,
        NOTIFICATIONS.c.data,
        NOTIFICATIONS.c.created_at,
        NOTIFICATIONS.c.seen_at,
        NOTIFICATIONS.c.mailed_at,
        *(column.label(f"face_{number}") for number, column in enumerate(face_columns(_teller))),
        THREADS.c.id.label("thread_id"),
        THREADS.c.kind.label("thread_kind"),
        THREADS.c.title,
        THREADS.c.slug,
        GROUPS.c.id.label("group_id"),
        GROUPS.c.name.label("group_name"),
        POSTS.c.number,
        POSTS.c.language,
        func.substr(POSTS.c.html, 1, _HTML_READ).label("html"),
        sum((POSTS.c[f"{kind}_count"] for kind in REACTIONS[1:]), POSTS.c[f"{REACTIONS[0]}_count"]).label("reactions"),
    )
    .select_from(NOTIFICATIONS)
    .outerjoin(_teller, _teller.c.id == NOTIFICATIONS.c.actor_id)
    .outerjoin(POSTS, POSTS.c.id == NOTIFICATIONS.c.post_id)
    .outerjoin(THREADS, THREADS.c.id == POSTS.c.thread_id)
    .outerjoin(GROUPS, GROUPS.c.id == NOTIFICATIONS.c.group_id)
)


def _target(row: Row[Any]) -> str:
    """Where a notification leads."""
    data = row.data
    if row.kind == "report_outcome" or (row.kind == "reversal" and data.get("report_id")):
        return f"/reports/{data['report_id']}"
    if row.kind in {"decision", "reversal"}:
        return f"/decisions/{data['decision_id']}"
    if row.kind == "group_invited":
        return f"/groups/invitations/{row.group_id}"
    if row.group_id is not None:
        return group_address(row.group_id, row.group_name) + ("#requests" if row.kind == "group_request" else "")
    return address_of(row.thread_kind, row.thread_id, row.slug, row.number)


def shorten(html: str) -> str:
    """A few words of stored HTML, as plain text."""
    return shortened(" ".join(plain_text(html[:_HTML_READ]).split()), EXCERPT) if html else ""


def _made(row: Row[Any]) -> NotificationRow:
    return NotificationRow(
        id=row.id,
        member_id=row.member_id,
        kind=row.kind,
        data=row.data,
        created_at=row.created_at,
        seen_at=row.seen_at,
        mailed_at=row.mailed_at,
        actor=Face(row.face_0, row.face_1, row.face_2, row.face_3, bool(row.face_4)) if row.face_0 else None,
        title=row.title or row.group_name or "",
        is_about_idea=row.thread_kind == "idea",
        excerpt=shorten(row.html or ""),
        language=row.language or "",
        address=_target(row),
        reaction_count=row.reactions or 0,
    )


def _own_and_readable(actor: Actor) -> ColumnElement[bool]:
    """What tells of a post is shown while the post may be read, what tells of a group while it may be seen, or while
    the actor is asked into it."""
    readable = and_(POSTS.c.id.is_not(None), readable_posts(actor))
    is_invited = and_(
        NOTIFICATIONS.c.kind == "group_invited",
        exists().where(GROUP_INVITES.c.group_id == NOTIFICATIONS.c.group_id, GROUP_INVITES.c.member_id == actor.id),
    )
    return and_(
        NOTIFICATIONS.c.member_id == actor.id,
        or_(NOTIFICATIONS.c.post_id.is_(None), readable),
        or_(NOTIFICATIONS.c.group_id.is_(None), visible_groups(actor), is_invited),
    )


def notifications(actor: Actor, before: str | None = None) -> Page[NotificationRow]:
    """What the actor was told, the newest first; one statement."""
    require(actor, "notification.list")
    statement = _ROW.where(_own_and_readable(actor)).order_by(NOTIFICATIONS.c.id.desc()).limit(PAGE + 1)
    if (position := decode(before, int)) is not None:
        statement = statement.where(NOTIFICATIONS.c.id < position[0])
    page = cut(db.session.execute(statement).all(), PAGE, lambda row: encode(row.id))
    return Page([_made(row) for row in page.rows], page.older)


def unsettled(actor: Actor, most: int, *, to_hide: bool) -> Sequence[int]:
    """Ids of notifications that the actor hasn't seen: those to be hidden, since they tell of what the actor may not
    read any more, or those that are hidden and may be read again."""
    own = NOTIFICATIONS.c.member_id == actor.id, NOTIFICATIONS.c.seen_at.is_(None)
    if to_hide:
        asked = NOTIFICATIONS.c.hidden_at.is_(None), not_(_own_and_readable(actor))
    else:
        asked = NOTIFICATIONS.c.hidden_at.is_not(None), _own_and_readable(actor)
    statement = _ROW.with_only_columns(NOTIFICATIONS.c.id).where(*own, *asked)
    return db.session.scalars(statement.order_by(NOTIFICATIONS.c.id).limit(most)).all()


def waiting(actor: Actor) -> int:
    """How many notifications the actor hasn't seen and may read, hidden or not."""
    statement = _ROW.with_only_columns(func.count(NOTIFICATIONS.c.id))
    return db.session.scalar(statement.where(NOTIFICATIONS.c.seen_at.is_(None), _own_and_readable(actor))) or 0


def unseen_about(place: Place, id: int, after: int, most: int) -> tuple[Sequence[Row[Any]], int | None]:
    """Notifications of a post, of all posts of a thread or of a category, or of a group, that their members haven't
    seen, a stretch from the id `after` on: id, member_id, kind, post_id. With where to go on, None at the end.

    Those of a category are looked for among all that there are, so many at a time: a stretch may be empty. What is
    committed while this goes on, by an id that it has passed, is missed: a second pass finds it, or `forum check`.
    """
    columns = (NOTIFICATIONS.c[name] for name in ("id", "member_id", "kind", "post_id"))
    statement = select(*columns).where(NOTIFICATIONS.c.seen_at.is_(None), NOTIFICATIONS.c.id > after)
    if place == "category":
        last, until = db.session.scalar(select(func.max(NOTIFICATIONS.c.id))) or 0, after + _MANY
        here = (
            statement.join_from(NOTIFICATIONS, POSTS, POSTS.c.id == NOTIFICATIONS.c.post_id)
            .join(THREADS, THREADS.c.id == POSTS.c.thread_id)
            .where(THREADS.c.category_id == id, NOTIFICATIONS.c.id <= until)
        )
        return db.session.execute(here).all(), until if until < last else None
    in_thread = select(POSTS.c.id).where(POSTS.c.thread_id == id)
    about = {
        "post": NOTIFICATIONS.c.post_id == id,
        "thread": NOTIFICATIONS.c.post_id.in_(in_thread),
        "group": NOTIFICATIONS.c.group_id == id,
    }
    rows = db.session.execute(statement.where(about[place]).order_by(NOTIFICATIONS.c.id).limit(most)).all()
    return rows, rows[-1].id if len(rows) == most else None


def readable_among(rows: Collection[Row[Any]], place: Place, id: int) -> frozenset[int]:
    """The ids of those rows of `unseen_about` that their members may read: `_own_and_readable` for many members."""
    told = {row.member_id for row in rows}
    if place != "group":
        actors, posts = actors_of(told), any_posts({row.post_id for row in rows})
        return frozenset(row.id for row in rows if may(actors[row.member_id], "post.read", posts[row.post_id]))
    asked_in = select(GROUP_INVITES.c.member_id).where(
        GROUP_INVITES.c.group_id == id, GROUP_INVITES.c.member_id.in_(told)
    )
    seeing, invited = set(who_sees(id, told)), set(db.session.scalars(asked_in))
    return frozenset(
        row.id for row in rows if row.member_id in seeing or (row.kind == "group_invited" and row.member_id in invited)
    )


def get_notification(actor: Actor, notification_id: int) -> NotificationRow:
    """One of the actor's own. Raises NotFound for others' and for what may not be read any more."""
    if not 0 < notification_id < 2**63:
        raise NotFound
    row = db.session.execute(_ROW.where(NOTIFICATIONS.c.id == notification_id, _own_and_readable(actor))).first()
    if row is None:
        raise NotFound
    found = _made(row)
    require(actor, "notification.see", found)
    return found


def public_post(post_id: int) -> PostRow | None:
    """The post while it is published; what was taken away since is not told of."""
    try:
        post = threads.get_post(SYSTEM, post_id)
    except Refused:
        return None
    return post if post.is_published else None


def first_post(thread_id: int) -> PostRow | None:
    """The first post of a thread while both are published."""
    try:
        post = threads.get_post_by_number(SYSTEM, thread_id, 1)
    except Refused:
        return None
    return post if post.is_published else None


def readers(post: PostRow, member_ids: Iterable[int], but: int | None) -> frozenset[int]:
    """Those of the members who may read the post, aren't banned, haven't muted the thread, and hear of what `but` does,
    whose act it is and who hears nothing of it: neither has blocked the other."""
    wanted = sorted(set(member_ids) - {but})
    found = {id for id, actor in actors_of(wanted).items() if not actor.is_banned and may(actor, "post.read", post)}
    deaf: set[int] = set() if but is None else set(at_odds(but, wanted))
    for start in range(0, len(wanted), _FEW):
        levels = threads.levels(post.thread_id, wanted[start : start + _FEW])
        deaf |= {id for id, level in levels.items() if level == "muted"}
    return frozenset(found - deaf)


def told_of(post_id: int, member_ids: Collection[int]) -> frozenset[int]:
    """Which of these members have been told of this new post, in whatever kind."""
    return frozenset(
        db.session.scalars(
            select(NOTIFICATIONS.c.member_id).where(
                NOTIFICATIONS.c.member_id.in_(member_ids),
                NOTIFICATIONS.c.subject == f"post:{post_id}",
                NOTIFICATIONS.c.kind.in_(ABOUT_POSTS),
            )
        )
    )


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where the mail of a notification goes."""

    member_id: int
    email: str
    name: str
    language: str
    time_zone: str


def recipient_of(notification_id: int) -> Recipient | None:
    """Who gets a mail of this notification: confirmed, with an address, and not sent it before; unless it is a
    statement of reasons (`models.is_statement`), also not without mail and not yet having seen it. None otherwise."""
    row = db.session.execute(
        select(
            MEMBERS.c.id,
            MEMBERS.c.email,
            MEMBERS.c.display_name,
            MEMBERS.c.language,
            MEMBERS.c.time_zone,
            MEMBERS.c.wants_mail,
            NOTIFICATIONS.c.kind,
            NOTIFICATIONS.c.data,
            NOTIFICATIONS.c.seen_at,
        )
        .join_from(NOTIFICATIONS, MEMBERS, MEMBERS.c.id == NOTIFICATIONS.c.member_id)
        .where(
            NOTIFICATIONS.c.id == notification_id,
            NOTIFICATIONS.c.mailed_at.is_(None),
            MEMBERS.c.email.is_not(None),
            MEMBERS.c.email_key.is_not(None),
            MEMBERS.c.confirmed_at.is_not(None),
        )
    ).first()
    if row is None:
        return None
    if not is_statement(row.kind, row.data) and (row.seen_at is not None or not row.wants_mail):
        return None
    return Recipient(row.id, row.email, row.display_name, nearest(row.language), row.time_zone)
