"""Every export is a numbered snapshot: a row that says who asked when for what, and a file that keeps its rows.

The file has the rows in their canonical form, as lines of JSON, packed, and is named by their sum. Every format is made
from it, so any snapshot can be had again in any format with the same bytes; what lies beside it in the folder may be
deleted at any time.
"""

import errno
import gzip
import hashlib
import io
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import String, cast, func, literal, select, update

from forum import access
from forum.core import audit, clock, jobs, queue
from forum.core.actor import SYSTEM, Actor
from forum.core.database import aside, db, insert, read, transaction
from forum.core.errors import Conflict, NotFound
from forum.core.exchange import snapshot as one_picture
from forum.core.jobs import JOBS
from forum.core.paging import Page, cut, decode, encode
from forum.core.settings import installed
from forum.ideas.export import differences, files
from forum.ideas.export.columns import COLUMNS, DIFFERENCE_COLUMNS, Row
from forum.ideas.export.rows import count, rows
from forum.ideas.export.selection import Selection, check_as_of, readable_category_ids
from forum.ideas.models import EXPORTS
from forum.members.models import MEMBERS
from forum.members.queries import absent_actor

WAITING, RUNNING, READY, FAILED = "waiting", "running", "ready", "failed"
AT_ONCE = 1_000
"""So many rows are made while one waits for them; more are the worker's business."""
RESCUED_AFTER = timedelta(minutes=10)
"""When the worker looks at what is made while one waits, since the process that makes it may have been killed."""
LIST_PAGE = 30
_NOTED_EVERY_SECONDS = 1.0
_LARGEST_ID = 2**63 - 1

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One export. `sha256` is that of its rows in their canonical form; `error` is the code of what went wrong."""

    id: int
    actor_id: int | None
    actor_name: str | None
    created_at: datetime
    as_of: datetime
    selection: Selection
    since_id: int | None
    state: str
    rows_expected: int
    rows_done: int
    sha256: str
    error: str

    @property
    def is_ready(self) -> bool:
        return self.state == READY

    @property
    def is_under_way(self) -> bool:
        return self.state in {WAITING, RUNNING}

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return min(100, 100 * self.rows_done // max(1, self.rows_expected))


_JOB_KEY = "ideas.export:"
_SNAPSHOTS = select(
    EXPORTS.c.id,
    EXPORTS.c.actor_id,
    MEMBERS.c.username,
    EXPORTS.c.created_at,
    EXPORTS.c.as_of,
    EXPORTS.c.filter,
    EXPORTS.c.since_id,
    EXPORTS.c.state,
    EXPORTS.c.rows_expected,
    EXPORTS.c.rows_done,
    EXPORTS.c.sha256,
    EXPORTS.c.error,
    func.coalesce(JOBS.c.state == queue.WAITING, False),
).select_from(
    EXPORTS.outerjoin(MEMBERS, MEMBERS.c.id == EXPORTS.c.actor_id).outerjoin(
        JOBS, JOBS.c.unique_key == literal(_JOB_KEY, String) + cast(EXPORTS.c.id, String)
    )
)


def _snapshot(row: Any) -> Snapshot:
    """What isn't ready and has no job any more has failed, whatever the row says: nobody works at it."""
    id, actor_id, name, created_at, as_of, kept, since_id, state, rows_expected, rows_done, sha256, error, has_job = row
    if not has_job and (state in {WAITING, RUNNING} or error == "export-broke"):
        state, error = FAILED, "export-ended"
    selection = Selection.of_json(kept)
    return Snapshot(
        id, actor_id, name, created_at, as_of, selection, since_id, state, rows_expected, rows_done, sha256, error
    )


# ---------------------------------------------------------------- reading


def get_snapshot(actor: Actor, id: int) -> Snapshot:
    """A snapshot, for whoever may export and can read now each category that it was taken from. Raises NotFound."""
    access.require(actor, "idea.export")
    row = read(_SNAPSHOTS.where(EXPORTS.c.id == id)).first() if 0 < id <= _LARGEST_ID else None
    if row is None:
        raise NotFound("no-such-snapshot", number=id)
    found = _snapshot(row)
    if not set(found.selection.categories) <= set(readable_category_ids(actor)):
        raise NotFound("no-such-snapshot", number=id)
    return found


def snapshots(actor: Actor, before: str | None = None) -> Page[Snapshot]:
    """The snapshots that the actor may have, the newest first."""
    access.require(actor, "idea.export")
    statement = _SNAPSHOTS.order_by(EXPORTS.c.id.desc()).limit(LIST_PAGE + 1)
    if (position := decode(before, int)) is not None:
        statement = statement.where(EXPORTS.c.id < position[0])
    readable = set(readable_category_ids(actor))
    page = cut([_snapshot(row) for row in read(statement)], LIST_PAGE, lambda one: encode(one.id))
    return Page([one for one in page.rows if set(one.selection.categories) <= readable], page.older)


# ---------------------------------------------------------------- asking


def expected(selection: Selection, as_of: datetime) -> int:
    """About how many rows an export will have; asked before the transaction that asks for it."""
    return count(selection, as_of)


def ask(
    actor: Actor,
    selection: Selection,
    as_of: datetime,
    expected_rows: int,
    since: Snapshot | None = None,
    *,
    by_worker: bool = False,
) -> int:
    """Notes that somebody wants an export and returns its number; `make` makes it after this transaction, called by the
    worker or by whoever asked. The worker comes to that too, in case that it was killed meanwhile."""
    access.require(actor, "idea.export")
    if since is not None and not since.is_ready:
        raise Conflict("export-not-ready", number=since.id)
    row = {
        "actor_id": actor.id,
        "created_at": clock.now(),
        "as_of": check_as_of(as_of),
        "filter": selection.as_json(),
        "since_id": since.id if since else None,
        "state": WAITING,
        "rows_expected": expected_rows,
        "rows_done": 0,
        "sha256": "",
        "error": "",
    }
    number = int(db.session.execute(insert(EXPORTS).values(**row).returning(EXPORTS.c.id)).scalar_one())
    asked = {"filter": selection.as_json(), "as_of": as_of.isoformat(), "since": row["since_id"]}
    audit.record(actor, "idea.export", ("idea_export", number), after=asked)
    at = None if by_worker else clock.now() + RESCUED_AFTER
    jobs.enqueue("ideas.export", at=at, unique_key=f"{_JOB_KEY}{number}", export_id=number)
    return number


def ask_again(actor: Actor, number: int) -> None:
    """Lets the worker make an export that has failed, as of the moment it was asked for; one that is ready or under way
    stays as it is. Raises NotFound."""
    found = get_snapshot(actor, number)
    if found.state != FAILED:
        return
    jobs.enqueue("ideas.export", unique_key=f"{_JOB_KEY}{number}", anew=True, export_id=number)
    db.session.execute(update(EXPORTS).where(EXPORTS.c.id == number).values(state=WAITING, rows_done=0, error=""))
    audit.record(actor, "idea.export-again", ("idea_export", number))


# ---------------------------------------------------------------- making


def folder() -> Path:
    """Where the files of exports lie."""
    found = installed().data_dir / "exports"
    found.mkdir(parents=True, exist_ok=True)
    return found


def _kept_rows(sha256: str) -> Path:
    return folder() / f"{sha256}.jsonl.gz"


def make(id: int, progress: Callable[[int], None] = lambda _done: None) -> Snapshot:
    """Makes the rows of a snapshot that was asked for and returns it, `ready` or `failed`; outside any transaction.

    May be called again, and by two at once: what is ready first stays. A full disk and the like make it
    fail; anything else that goes wrong is noted and raised.
    """
    asked = _snapshot(read(_SNAPSHOTS.where(EXPORTS.c.id == id)).one())
    if asked.is_ready:
        return asked
    try:
        asked = _as_of_rights_now(asked)
        _note(id, state=RUNNING, rows_done=0, error="")
        done, sha256 = _write(asked, progress)
    except (OSError, Conflict) as error:
        log.warning("export failed", export=id, error=str(error))
        _note(id, state=FAILED, error=_code(error))
    except BaseException:
        _note(id, state=FAILED, error="export-broke")
        raise
    else:
        _note(id, state=READY, rows_done=done, rows_expected=done, sha256=sha256, error="")
    return _snapshot(read(_SNAPSHOTS.where(EXPORTS.c.id == id)).one())


def _code(error: OSError | Conflict) -> str:
    if isinstance(error, Conflict):
        return error.code
    return "disk-full" if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} else "not-writable"


def _as_of_rights_now(asked: Snapshot) -> Snapshot:
    """What was asked for, as far as who asked may have it still: the worker may come to it much later."""
    if asked.actor_id is None:
        return asked
    actor = absent_actor(asked.actor_id)
    readable = set(readable_category_ids(actor))
    if not access.may(actor, "idea.export") or not set(asked.selection.categories) <= readable:
        raise Conflict("export-not-allowed")
    return asked


def _note(id: int, **values: Any) -> None:
    with transaction(SYSTEM):
        db.session.execute(update(EXPORTS).where(EXPORTS.c.id == id, EXPORTS.c.state != READY).values(**values))


def _write(asked: Snapshot, progress: Callable[[int], None]) -> tuple[int, str]:
    """Keeps the rows; returns how many there are, and their sum."""
    draft = folder() / f".{asked.id}.{secrets.token_hex(4)}"
    try:
        with (
            files.kept(draft) as file,
            one_picture(),
            gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed,
        ):
            done, sha256 = _fill(packed, asked, progress)
        draft.replace(_kept_rows(sha256))
    finally:
        draft.unlink(missing_ok=True)
    _sync(folder())
    return done, sha256


def _fill(packed: gzip.GzipFile, asked: Snapshot, progress: Callable[[int], None]) -> tuple[int, str]:
    done, digest, noted = 0, hashlib.sha256(), time.monotonic()
    with io.BufferedWriter(packed) as buffered:
        for done, row in enumerate(rows(asked.selection, asked.as_of), 1):
            line = files.line(row)
            digest.update(line)
            buffered.write(line)
            if time.monotonic() - noted >= _NOTED_EVERY_SECONDS:
                noted = time.monotonic()
                progress(done)
                with aside():
                    _note(asked.id, rows_done=done)
    return done, digest.hexdigest()


def _sync(path: Path) -> None:
    """A new file's entry in its folder needs a sync of its own."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# ---------------------------------------------------------------- having


def rows_of(made: Snapshot) -> Iterator[Row]:
    """The rows of a snapshot that is ready, one after another. Raises Conflict for one that has none."""
    if not made.is_ready:
        raise Conflict("export-not-ready", number=made.id)
    try:
        with gzip.open(_kept_rows(made.sha256), "rb") as lines:
            for line in lines:
                yield json.loads(line)
    except FileNotFoundError:
        raise Conflict("export-lost", number=made.id) from None


def write(made: Snapshot, form: str, path: Path, since: Snapshot | None = None) -> None:
    """Writes a snapshot in one of the formats, or what differs in it from an earlier one. Raises OSError."""
    if since is None:
        files.write(form, path, COLUMNS, rows_of(made), made.as_of)
        return
    with differences.between(rows_of(since), rows_of(made), folder()) as found:
        files.write(form, path, DIFFERENCE_COLUMNS, found, made.as_of)


def file(made: Snapshot, form: str, since: Snapshot | None = None) -> Path:
    """The same, kept beside the rows for the next one who asks. Raises Conflict for a disk that doesn't take it."""
    of = f"{made.as_of:%Y%m%dT%H%M%S%f}-{made.sha256}" + (f"-since-{since.sha256}" if since else "")
    path = folder() / f"{of}.{form}"
    if not path.exists():
        try:
            write(made, form, path, since)
        except OSError as error:
            if error.errno is None:  # what was read is damaged
                raise
            raise Conflict(_code(error)) from error
    return path


def name_of(made: Snapshot, form: str, since: Snapshot | None = None) -> str:
    """What the file is called where it is saved."""
    of = f"since-{since.id}-" if since else ""
    return f"ideas-{made.id}-{of}{made.as_of:%Y-%m-%dT%H%MZ}.{form}"
