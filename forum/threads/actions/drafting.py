"""What is handed to the verbs that publish: texts that are cleaned, checked and rendered before the lock."""

import re
import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select, tuple_

from forum import access, text
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Invalid
from forum.members import queries as members
from forum.members.models import MEMBERS
from forum.threads.models import POSTS, TAG_LENGTH, TAGS_PER_THREAD, THREADS, TITLE_LENGTH
from forum.threads.policy import readable_posts
from forum.threads.queries.rows import address_of

SHORTEST_TITLE = 3
BODY_BYTES = text.MAX_BODY_BYTES
MOST_NAMED = 50
_NOT_IN_TAGS = re.compile(r"[^\w.+-]+")
KINDS_TO_START = ("question", "discussion")


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it is stored, with the ids of the members it names, of the authors it quotes, and of the groups that it
    names and whose members its author may notify by that."""

    body: str
    html: str
    version: int
    excerpt: str
    language: str
    mentions: tuple[int, ...] = ()
    quoted: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadDraft:
    """A new thread; `submission_id` is the form's own, so that a form sent twice counts once."""

    title: str
    slug: str
    written: Written
    kind: str = "discussion"
    tags: tuple[str, ...] = ()
    submission_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """A reply, perhaps to one post of the thread."""

    written: Written
    reply_to_number: int | None = None
    submission_id: str | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """Where something that was published stands."""

    thread_id: int
    post_id: int
    number: int
    slug: str
    kind: str = "discussion"

    @property
    def thread_address(self) -> str:
        return address_of(self.kind, self.thread_id, self.slug)

    @property
    def address(self) -> str:
        return address_of(self.kind, self.thread_id, self.slug, self.number if self.number > 1 else None)


def check_title(raw: str) -> str:
    """The title as it is stored. Raises Invalid for one that is empty, too short or too long."""
    title = text.clean_line(raw).text
    if not _is_visible(title):
        raise Invalid("required", "title")
    if len(title) < SHORTEST_TITLE:
        raise Invalid("too-short", "title", limit=SHORTEST_TITLE)
    if len(title) > TITLE_LENGTH:
        raise Invalid("too-long", "title", limit=TITLE_LENGTH)
    return title


def _is_visible(line: str) -> bool:
    """Whether there is anything to see: not only blanks, format characters and combining marks."""
    return any(unicodedata.category(sign)[0] not in "ZCM" for sign in line)


def check_body(raw: str) -> str:
    """The Markdown as it is stored. Raises Invalid for one that is empty or larger than 256 KiB."""
    body = text.clean_body(raw).text
    if not _is_visible(body):
        raise Invalid("required", "body")
    if len(body.encode()) > BODY_BYTES:
        raise Invalid("body-too-long", "body", limit=BODY_BYTES // 1024)
    return body


def fold_tag(raw: str) -> str:
    """A tag as it stands in addresses: folded case, hyphens for blanks, no other signs; may be empty."""
    folded = unicodedata.normalize("NFKC", text.clean_line(raw).text).casefold()
    return _NOT_IN_TAGS.sub("-", folded).strip("-.+_")


def tags_of(raw: str) -> tuple[str, ...]:
    """The tags that a member typed, parted by commas. Raises Invalid for too many or too long ones."""
    tags = tuple(dict.fromkeys(filter(None, (fold_tag(part) for part in re.split(r"[,;\n]", raw)))))
    if len(tags) > TAGS_PER_THREAD:
        raise Invalid("too-many-tags", "tags", limit=TAGS_PER_THREAD)
    if any(len(one) > TAG_LENGTH for one in tags):
        raise Invalid("tag-too-long", "tags", limit=TAG_LENGTH)
    return tags


def write(actor: Actor, raw: str) -> Written:
    """Cleans, checks and renders what a member typed; slow, and so done before the transaction.

    Raises Invalid for an empty or over-long text.
    """
    body = check_body(raw)
    found = text.find(body)
    names = members.resolve_names(sorted(found.mentions)[:MOST_NAMED]) if found.mentions else {}
    groups = members.resolve_groups(sorted(found.mentions)[:MOST_NAMED])
    resolved = text.Resolved(names, members.mention_links(groups))
    rendered = text.render(body, resolved, prefix=secrets.token_hex(4) if "[^" in body else "")
    return Written(
        body=body,
        html=rendered.html,
        version=rendered.version,
        excerpt=rendered.excerpt,
        language=text.language(body, actor.language),
        mentions=_ids_of(names.values()),
        quoted=_authors_of(actor, sorted(found.quotes)[:MOST_NAMED]),
        groups=tuple(sorted(row.id for row in groups.values() if access.may(actor, "group.call", row))),
    )


def _ids_of(usernames: Collection[str]) -> tuple[int, ...]:
    if not usernames:
        return ()
    return tuple(
        db.session.scalars(select(MEMBERS.c.id).where(MEMBERS.c.username.in_(usernames)).order_by(MEMBERS.c.id))
    )


def _authors_of(actor: Actor, places: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Who wrote the quoted posts, as far as the actor may read them."""
    fitting = [(thread_id, number) for thread_id, number in places if thread_id < 2**63 and number < 2**31]
    if not fitting:
        return ()
    return tuple(
        db.session.scalars(
            select(POSTS.c.author_id)
            .join_from(POSTS, THREADS, THREADS.c.id == POSTS.c.thread_id)
            .where(tuple_(POSTS.c.thread_id, POSTS.c.number).in_(fitting), POSTS.c.author_id.is_not(None))
            .where(readable_posts(actor))
            .order_by(POSTS.c.id)
        )
    )


def draft_of_thread(
    actor: Actor, title: str, body: str, kind: str, tags: str, submission_id: str | None
) -> ThreadDraft:
    """A new thread from what was typed. Raises Invalid, naming the field."""
    clean_title = check_title(title)
    return ThreadDraft(
        title=clean_title,
        slug=text.slug(clean_title),
        kind=check_kind(kind),
        tags=tags_of(tags),
        written=write(actor, body),
        submission_id=submission_id,
    )


def check_kind(kind: str) -> str:
    """The kind of a thread that a member starts."""
    if kind not in KINDS_TO_START:
        raise Invalid("unknown-choice", "kind")
    return kind


def unique(ids: Sequence[int], *, without: int | None = None) -> list[int]:
    """Ids in their order, each once, without the acting member's own."""
    return [id for id in dict.fromkeys(ids) if id != without]
