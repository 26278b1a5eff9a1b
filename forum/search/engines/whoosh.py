"""Whoosh: the index as files in the data directory.

Whoosh writes the files and merges them. What is asked is answered here from whole posting lists (`parts`), the newest
segments first, which takes a fraction of the time of Whoosh's own search. One process writes, the worker; any number of
others read.
"""

import heapq
import shutil
import threading
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from whoosh import index
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from forum.search.documents import Document
from forum.search.engines import NEWEST_MATCHES, Hit, Key, Order, SearchAway, Where
from forum.search.engines.files import Folder
from forum.search.engines.matching import field, fitting
from forum.search.engines.parts import KINDS, SCHEMA, Part, facts, rarity
from forum.search.query import Query

POOL_MB = 64
MERGED_AT_ONCE = 8
LARGEST_MERGE = 4_000
MOST_POSTINGS = 50_000
"""What is similar is worked out from so many postings, so that it takes no longer in a larger community."""
_TITLE_FACTOR, _USUAL_LENGTH, _STEPS = 3, 60, 8
_START = datetime(1970, 1, 1, tzinfo=UTC)

log = structlog.get_logger(__name__)


def _microseconds(time: datetime) -> int:
    return (time - _START) // timedelta(microseconds=1)


def _time(microseconds: int) -> datetime:
    return _START + timedelta(microseconds=microseconds)


# ---------------------------------------------------------------- writing


def _merged(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy: when there are many segments of about the same size, the smallest of them become one.
    Never more than `LARGEST_MERGE` documents at once, since the worker has other things to do meanwhile; and segments
    of some thousand documents are what makes newest first quick."""
    tiers: dict[int, list[Any]] = {}
    kept = []
    for segment in sorted(segments, key=lambda one: one.doc_count_all()):
        if segment.doc_count():
            tiers.setdefault(segment.doc_count_all().bit_length() // 3, []).append(segment)
    for tier in tiers.values():
        if len(tier) >= MERGED_AT_ONCE:
            total, chosen = 0, []
            for segment in tier:
                total += segment.doc_count()
                if total <= LARGEST_MERGE:
                    chosen.append(segment)
            if len(chosen) >= MERGED_AT_ONCE // 2:
                for segment in chosen:
                    reader = SegmentReader(writer.storage, writer.schema, segment)
                    writer.add_reader(reader)
                    reader.close()
                tier[:] = [segment for segment in tier if segment not in chosen]
                break
    for tier in tiers.values():
        kept += tier
    return kept


def _fields(document: Document) -> dict[str, Any]:
    counts: dict[str, int] = {}
    places: dict[str, list[int]] = {}
    for part, factor in ((document.title, _TITLE_FACTOR), (document.body, 1)):
        for term, where in part.items():
            counts[term] = counts.get(term, 0) + factor * len(where)
            places.setdefault(term, []).extend(where)
    length = max((where[-1] for where in places.values()), default=1)
    weights = {term: _weight(count, length) for term, count in counts.items()}
    grams = dict.fromkeys(document.grams, 1 / len(document.grams) ** 0.5) if document.grams else {}
    return {
        "key": _key(document.kind, document.ref_id),
        "facts": facts(
            document.kind,
            document.ref_id,
            document.thread_id,
            document.category_id,
            document.author_id,
            _microseconds(document.created_at),
        ),
        "stems": {term: weight for term, weight in weights.items() if term[0] == "~"},
        "surfaces": {term: (weights[term], array("H", where)) for term, where in places.items() if term[0] != "~"},
        "grams": grams,
    }


def _weight(count: int, length: int) -> float:
    """How much a term says in its document (BM25's share of a document), in few steps, which pack well."""
    return round(_STEPS * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / _USUAL_LENGTH))) / _STEPS


def _key(kind: str, ref_id: int) -> str:
    return f"{kind[0]}{ref_id}"


# ---------------------------------------------------------------- the engine


class Whoosh:
    """One generation of the index, in a folder of its own."""

    def __init__(self, path: Path, stamp: str) -> None:
        self._folder = Folder(path, stamp)
        self._storage = FileStorage(str(path), supports_mmap=False)  # mapped, Whoosh would copy it all into memory
        self._lock = threading.Lock()  # one reading position for each file
        self._seen = -1
        self._parts: dict[str, Part] = {}
        self._newest_first: list[Part] = []

    def make_empty(self) -> None:
        """Makes an empty index, in place of whatever is there."""
        shutil.rmtree(self._folder.path, ignore_errors=True)
        self._folder.path.mkdir(parents=True)
        index.FileIndex.create(self._storage, SCHEMA, "MAIN")
        self._folder.give_name()

    def drop(self) -> None:
        """Takes the files away; who reads them still may do so to the end."""
        shutil.rmtree(self._folder.path, ignore_errors=True)

    def refresh(self) -> None:
        """Looks whether something was written since. Raises SearchAway for an index that is missing, another one's or
        broken; the last is noted for the worker."""
        with self._reading():
            pass

    def _refresh(self) -> None:
        if not self._folder.is_ours:
            self._seen = -1
            raise SearchAway
        latest = index.TOC._latest_generation(self._storage, "MAIN")
        if latest == self._seen:
            return
        if self._seen < 0 and not self._folder.is_whole(thorough=False):
            raise ValueError("a file is not as it was written")
        for tries in range(10):
            try:
                read = index.TOC.read(self._storage, "MAIN", schema=SCHEMA)
                parts = {one.segment_id(): self._part(one) for one in read.segments if one.doc_count()}
                break
            except FileNotFoundError:  # what was read was merged into another one meanwhile
                if tries == 9:
                    raise
        self._parts, self._seen = parts, read.generation
        self._newest_first = sorted(parts.values(), key=lambda part: part.newest, reverse=True)

    def _part(self, segment: Any) -> Part:
        part = self._parts.get(segment.segment_id()) or Part(self._storage, segment)
        part.deleted = frozenset(segment.deleted_docs())
        return part

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Tells a broken file from a mistake of the program: only the first is a reason to make the index anew."""
        try:
            yield
        except SearchAway:
            raise
        except Exception as error:
            if self._seen >= 0 and self._folder.is_ours and self._folder.is_whole(thorough=True):
                raise
            self._seen = -1
            log.exception("the index is broken and will be made anew", path=str(self._folder.path))
            if self._folder.path.is_dir():
                self._folder.mark_broken()
            raise SearchAway from error

    @contextmanager
    def _reading(self) -> Iterator[list[Part]]:
        with self._lock, self._watched():
            self._refresh()
            yield self._newest_first

    def write(self, documents: Sequence[Document], gone: Iterable[tuple[str, int]]) -> None:
        """As `Engine.write`."""
        with self._reading():
            writer = index.FileIndex(self._storage, SCHEMA, "MAIN").writer(timeout=10, limitmb=POOL_MB)
            try:
                keys = {(one.kind, one.ref_id) for one in documents} | set(gone)
                self._delete(writer, keys)
                for document in sorted(documents, key=lambda one: one.created_at):
                    writer.add_document(**_fields(document))
                writer.commit(mergetype=_merged)
            except BaseException:
                if not writer.is_closed:
                    writer.cancel()
                raise
            self._folder.note()

    def _delete(self, writer: Any, keys: set[tuple[str, int]]) -> None:
        by_id = {segment.segment_id(): segment for segment in writer.segments}
        for name, part in self._parts.items():
            for kind, ref_id in keys:
                if part.may_have(ref_id):
                    for number in part.documents("key", _key(kind, ref_id)):
                        by_id[name].delete_document(number)

    def last(self, kind: str) -> int:
        """The highest id of a kind, 0 without any."""
        wanted = KINDS.index(kind) + 1
        with self._reading() as parts:
            return max(
                (
                    ref
                    for part in parts
                    for ref, of_kind in zip(part.refs, part.kinds, strict=True)
                    if of_kind == wanted
                ),
                default=0,
            )

    def contents(self) -> Iterator[tuple[str, int]]:
        """As `Engine.contents`."""
        with self._reading() as parts:
            found = list(parts)
        for part in found:
            for number, (kind, ref) in enumerate(zip(part.kinds, part.refs, strict=True)):
                if number not in part.deleted:
                    yield KINDS[kind - 1], ref

    # ------------------------------------------------------------ asking

    def candidates(
        self, query: Query, where: Where, order: Order, limit: int, before: Key | None = None
    ) -> Sequence[Hit]:
        """As `Engine.candidates`."""
        with self._reading() as parts:
            wanted = NEWEST_MATCHES if order == "relevance" else limit
            found = self._newest(parts, query, where, wanted, before)
            if order == "newest":
                return [_hit(part, number, 0.0) for _, _, number, part in found]
            return _best(_scored(found, query), limit)

    def _newest(
        self, parts: Iterable[Part], query: Query, where: Where, wanted: int, before: Key | None
    ) -> list[tuple[int, int, int, Part]]:
        found: list[tuple[int, int, int, Part]] = []
        end = (_microseconds(before.created_at), before.ref_id) if before else None
        for part in parts:
            if len(found) == wanted and found[-1][0] > part.newest:
                break
            fits = fitting(part, query.clauses)
            if fits:
                created, refs = part.created, part.refs
                more = [
                    (created[number], refs[number], number, part)
                    for number in _within(part, fits - part.deleted, where)
                ]
                if end is not None:
                    more = [one for one in more if one[:2] < end]
                found = heapq.nlargest(wanted, found + more, key=lambda one: one[:2])
        return found

    def similar(self, grams: Sequence[str], where: Where, limit: int) -> Sequence[Hit]:
        """As `Engine.similar`."""
        with self._reading() as parts:
            total = sum(part.size for part in parts)
            counts = {gram: sum(part.frequency("grams", gram) for part in parts) for gram in grams}
            rarities = {gram: rarity(total, counts[gram]) for gram in _affordable(counts)}
            found: list[tuple[float, int, Part]] = []
            for part in parts:
                scores = _sums(part, "grams", rarities)
                chosen = _within(part, scores.keys() - part.deleted, where)
                found = heapq.nlargest(
                    limit,
                    [*found, *((scores[number], number, part) for number in chosen)],
                    key=lambda one: (one[0], one[2].refs[one[1]]),
                )
            return [_hit(part, number, score) for score, number, part in found]


def _affordable(counts: Mapping[str, int]) -> list[str]:
    """The rarest of some terms, given with how many documents have each: as many as fit into `MOST_POSTINGS`, and at
    least one."""
    chosen: list[str] = []
    postings = 0
    for term in sorted(counts, key=lambda one: counts[one]):
        postings += counts[term]
        if chosen and postings > MOST_POSTINGS:
            break
        chosen.append(term)
    return chosen


def _hit(part: Part, number: int, score: float) -> Hit:
    return Hit(
        KINDS[part.kinds[number] - 1],
        part.refs[number],
        part.threads[number] or None,
        _time(part.created[number]),
        score,
    )


def _within(part: Part, numbers: Iterable[int], where: Where) -> list[int]:
    """Those of the documents that stand where is looked."""
    kinds = {KINDS.index(kind) + 1 for kind in where.kinds}
    member = KINDS.index("member") + 1
    found = [number for number in numbers if part.kinds[number] in kinds]
    if where.categories is not None:
        allowed, categories = where.categories, part.categories
        found = [one for one in found if categories[one] in allowed or part.kinds[one] == member]
    for chosen, values in ((where.threads, part.threads), (where.authors, part.authors)):
        if chosen is not None:
            found = [one for one in found if values[one] in chosen]
    for left_out, values in ((where.not_threads, part.threads), (where.not_authors, part.authors)):
        if left_out is not None:
            found = [one for one in found if values[one] not in left_out]
    if where.after is not None:
        first = _microseconds(where.after)
        found = [one for one in found if part.created[one] >= first]
    if where.before is not None:
        end = _microseconds(where.before)
        found = [one for one in found if part.created[one] < end]
    return found


# ---------------------------------------------------------------- scores


def _sums(part: Part, field: str, rarities: Mapping[str, float]) -> dict[int, float]:
    """For each document of a segment, how much of what it says are these terms."""
    found: dict[int, float] = {}
    for term, factor in rarities.items():
        for number, weight in part.weights(field, term):
            found[number] = found.get(number, 0.0) + factor * weight
    return found


def _scored(found: Iterable[tuple[int, int, int, Part]], query: Query) -> Iterator[tuple[float, int, int, Part]]:
    by_part: dict[int, tuple[Part, list[tuple[int, int]]]] = {}
    for created, _, number, part in found:
        by_part.setdefault(id(part), (part, []))[1].append((created, number))
    parts = [part for part, _ in by_part.values()]
    total = sum(part.size for part in parts)
    terms = {term for one in query.clauses if not one.is_excluded and one.kind != "prefix" for term in one.terms}
    rarities = {term: rarity(total, sum(part.frequency(field(term), term) for part in parts)) for term in terms}
    for part, chosen in by_part.values():
        scores: dict[int, float] = dict.fromkeys((number for _, number in chosen), 0.0)
        for term, factor in rarities.items():
            for number, weight in part.weights(field(term), term):
                if number in scores:
                    scores[number] += factor * weight
        for created, number in chosen:
            yield scores[number], created, number, part


def _best(scored: Iterable[tuple[float, int, int, Part]], limit: int) -> list[Hit]:
    best = heapq.nlargest(limit, scored, key=lambda one: (one[0], one[1], one[3].refs[one[2]]))
    return [_hit(part, number, score) for score, _, number, part in best]
