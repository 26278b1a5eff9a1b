"""Reactions: known by what they join."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import bindparam, select, update

from forum.core.database import db, insert
from forum.core.exchange import CHUNK, Line, Record, batched, in_order, iso, rows_of, slim
from forum.threads.models import POSTS, PUBLISHED, REACTION_ROWS, REACTIONS, THREADS
from forum.threads.records.counting import Sums

_COUNT = (
    update(POSTS)
    .where(POSTS.c.id == bindparam("post"))
    .values({f"{kind}_count": POSTS.c[f"{kind}_count"] + bindparam(f"more_{kind}") for kind in REACTIONS})
)


def bring_in_reactions(lines: Sequence[Line]) -> int:
    """Writes reactions that are not there yet, with all their counts; returns how many were new."""
    rows: dict[tuple[int, int, str], Record] = {}
    for line in lines:
        key = (line.record["post"], line.record["member"], line.record["type"])
        rows.setdefault(
            key, {"post_id": key[0], "member_id": key[1], "kind": key[2], "created_at": line.record["created_at"]}
        )
    table = REACTION_ROWS
    for post_ids in batched({key[0] for key in rows}, CHUNK):
        known = select(table.c.post_id, table.c.member_id, table.c.kind).where(table.c.post_id.in_(post_ids))
        for row in db.session.execute(known):
            rows.pop((row.post_id, row.member_id, row.kind), None)
    if not rows:
        return 0
    db.session.execute(insert(table), list(rows.values()))
    _count([(post_id, kind) for post_id, _, kind in rows])
    return len(rows)


def _count(added: Sequence[tuple[int, str]]) -> None:
    per_post: dict[int, Counter[str]] = {}
    for post_id, kind in added:
        per_post.setdefault(post_id, Counter())[kind] += 1
    db.session.connection().execute(
        _COUNT,
        [{"post": id, **{f"more_{kind}": kinds[kind] for kind in REACTIONS}} for id, kinds in sorted(per_post.items())],
    )
    posts = rows_of(POSTS, per_post, POSTS.c.thread_id, POSTS.c.author_id, POSTS.c.state)
    threads = rows_of(THREADS, (post.thread_id for post in posts.values()), THREADS.c.category_id, THREADS.c.state)
    sums = Sums()
    for id, kinds in per_post.items():
        post, thread = posts[id], threads[posts[id].thread_id]
        if post.state == PUBLISHED and thread.state == PUBLISHED:
            sums.activity(post.author_id, thread.category_id, "reactions_received", kinds.total())
    sums.write()
    db.session.connection().execute(
        update(THREADS).where(THREADS.c.id == bindparam("thread")).values(version=THREADS.c.version + 1),
        [{"thread": id} for id in sorted(threads)],
    )


def reactions() -> Iterator[list[Record]]:
    """Every reaction, by post, member and type."""
    table = REACTION_ROWS
    keys = (table.c.post_id, table.c.member_id, table.c.kind)
    for batch in in_order(select(*keys, table.c.created_at), *keys):
        yield [
            slim(
                {
                    "kind": "reaction",
                    "post": str(row.post_id),
                    "member": str(row.member_id),
                    "type": row.kind,
                    "created_at": iso(row.created_at) if row.created_at else None,
                }
            )
            for row in batch
        ]
