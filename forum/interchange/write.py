"""The exporter: the whole community as a stream, the same bytes for the same content."""

import gzip
import io
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select

from forum.community import queries as community
from forum.core.database import db
from forum.core.exchange import CHUNK, LEFT_OUT, Record, batched, slim, snapshot
from forum.core.origins import ORIGINS
from forum.ideas import records as ideas
from forum.interchange.shapes import FORMAT, SHAPES
from forum.media import records as media
from forum.media.queries import names_in
from forum.members import records as members
from forum.moderation import records as moderation
from forum.rules import records as rules
from forum.threads import records as threads

REPORTED_EVERY = 500

Batches = Iterator[list[Record]]


def estimate() -> int:
    """About how many records an export will have."""
    return 1 + members.count() + threads.count() + ideas.count() + rules.count() + moderation.count()


def export_file(path: Path, *, progress: Callable[[int], None] = lambda _: None) -> dict[str, int]:
    """Writes the archive and returns how many records of each kind it has; `.gz` compresses it.

    The file takes its name when it is complete and readable by its owner only; the pictures that its texts and members
    show lie in a folder beside it. Raises OSError when it can't be written.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    counts: dict[str, int] = {}
    done = 0
    pictures: set[str] = set()
    try:
        with _writing(draft, is_gzip=path.suffix == ".gz") as stream:
            for record in records():
                stream.write(_line(record))
                pictures.update(_pictures(record))
                counts[record["kind"]] = counts.get(record["kind"], 0) + 1
                done += 1
                if done % REPORTED_EVERY == 0:
                    progress(done)
        media.send_out(pictures, media.folder_of(path))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    counts.pop("community", None)
    return counts


def _line(record: Record) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _pictures(record: Record) -> Iterator[str]:
    """The uploads that a record shows: a face, a banner, and those in texts of today and of before."""
    for name in ("avatar", "banner"):
        if record.get(name):
            yield record[name]
    for former in (record, *record.get("revisions", ())):
        for name in ("body", "about"):
            yield from names_in(former.get(name) or "")
    yield from names_in(record.get("idea", {}).get("answer") or "")


@contextmanager
def _writing(path: Path, *, is_gzip: bool) -> Iterator[IO[bytes]]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        if not is_gzip:
            yield file
        else:
            packed = gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0)
            with packed, io.BufferedWriter(packed) as buffered:
                yield buffered
        file.flush()
        os.fsync(file.fileno())


def records() -> Iterator[Record]:
    """Every record, as of one moment: each refers to earlier ones only, but for solutions and merged ideas."""
    with snapshot():
        present = community.current()
        yield slim(
            {
                "kind": "community",
                "format": FORMAT,
                "source": present.source,
                "export": True,
                "name": _sorted(present.names),
                "description": _sorted(present.descriptions) or None,
                "languages": list(present.languages),
            }
        )
        for batches in _all():
            for batch in batches:
                origins = _origins(batch, present.source)
                for record in batch:
                    if origin := origins.get((record["kind"], record.get("id", ""))):
                        record["origin"] = origin
                    yield {name: _sorted(value) for name, value in record.items()}


def _all() -> Iterator[Batches]:
    yield members.members()
    yield threads.categories()
    yield ideas.with_ideas(threads.threads())
    yield threads.posts()
    yield threads.reactions()
    yield ideas.votes()
    yield rules.rulebooks()
    yield rules.acceptances()
    yield moderation.cases()


def _sorted(value: Any) -> Any:
    """The value with the names inside it in order, however the database kept them."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(one) for one in value] if isinstance(value, list) else value


def _origins(batch: list[Record], own: str) -> dict[tuple[str, str], Any]:
    """Where the records of a batch came from, by kind and id: one origin, or a list where there are several."""
    found: dict[tuple[str, str], list[Record]] = {}
    for kind in sorted({record["kind"] for record in batch if SHAPES[record["kind"]].has_id}):
        ids = [int(record["id"]) for record in batch if record["kind"] == kind]
        named = _rows(members.NAME, ids, own) if kind == "member" else ()
        names = {(row.local_id, row.source): row.source_id for row in named}
        for row in _rows(kind, ids, own):
            origin = {"source": row.source, "id": row.source_id, "username": names.get((row.local_id, row.source))}
            found.setdefault((kind, str(row.local_id)), []).append(slim(origin))
    return {key: origins[0] if len(origins) == 1 else origins for key, origins in found.items()}


def _rows(kind: str, ids: list[int], own: str) -> Iterator[Any]:
    for chunk in batched(ids, CHUNK):
        wanted = (ORIGINS.c.kind == kind, ORIGINS.c.local_id.in_(chunk), ORIGINS.c.local_id != LEFT_OUT)
        statement = select(ORIGINS).where(*wanted, ORIGINS.c.source != own)
        rows = db.session.execute(statement).all()
        yield from sorted(rows, key=lambda row: (row.local_id, row.source, row.source_id))
