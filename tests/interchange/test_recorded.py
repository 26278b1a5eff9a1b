"""An import stands in the audit log: from which file, and how many of each kind it brought."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select

from forum.core.audit import AuditEntry
from forum.core.database import db
from forum.interchange import read, writer
from tests.interchange.conftest import Archive
from tests.interchange.sample import HEAD, post, start, thread, whole


def entries() -> Sequence[Any]:
    of_imports = select(AuditEntry).where(AuditEntry.act == "community.import").order_by(AuditEntry.id)
    return db.session.scalars(of_imports).all()


def test_one_entry_names_the_file_and_how_many_of_each_kind(archive: Archive) -> None:
    path = archive.write([*whole(), "{"], "spring.jsonl.gz")
    new = {kind: count for kind, count in archive.bring_in(path).new.items() if count}
    [entry] = entries()
    assert (entry.actor_id, entry.target_kind, entry.target_id, entry.before) == (None, "community", None, None)
    assert entry.after == {
        "file": "spring.jsonl.gz",
        "source": HEAD["source"],
        "new": new,
        "left_out": 1,
        "with_roles": True,
        "is_whole": True,
    }
    assert (new["member"], new["post"]) == (3, 4)


def test_what_brings_nothing_leaves_no_entry_and_what_goes_on_says_what_was_missing(archive: Archive) -> None:
    archive.bring_in(start())
    archive.bring_in(start())
    assert len(entries()) == 1
    assert archive.bring_in([*start(), "{"], strict=True).was_stopped
    assert len(entries()) == 1
    archive.bring_in([*start(), thread("t9"), post("p9", "t9")])
    after = entries()[1].after
    assert (after["new"], after["with_roles"]) == ({"thread": 1, "post": 1}, False)


def test_an_import_that_was_interrupted_is_on_record_too(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    write, batches = writer.Writer.write, []

    def once(self: writer.Writer, lines: Any) -> None:
        if batches:
            raise KeyboardInterrupt
        batches.append(lines)
        write(self, lines)

    monkeypatch.setattr(writer.Writer, "write", once)
    monkeypatch.setattr(read, "BATCH_RECORDS", 5)
    with pytest.raises(KeyboardInterrupt):
        archive.bring_in([*start(), thread("t9"), post("p9", "t9")])
    [entry] = entries()
    assert (entry.after["new"], entry.after["is_whole"]) == ({"member": 3, "category": 2}, False)
