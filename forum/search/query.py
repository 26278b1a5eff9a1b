"""What somebody typed into the search field, understood."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal, cast

from forum.core import clock
from forum.search import analysis
from forum.search.analysis import fold

MOST_CHARACTERS = 500
MOST_CLAUSES = 20
SHORTEST_PREFIX = 2

Kind = Literal["word", "phrase", "prefix"]
FilterName = Literal["in", "by", "tag", "is", "status"]
NoticeCode = Literal[
    "cut", "only-stop-words", "empty", "unknown-filter", "bad-date", "prefix-too-short", "too-many-words"
]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that must (or, excluded, must not) stand in a document.

    `word`: any one of `terms`. `prefix`: a surface that begins with `terms[0]`. `phrase`: each of the surfaces `terms`,
    as far from the first one as `places` says.
    """

    text: str
    kind: Kind
    terms: tuple[str, ...]
    places: tuple[int, ...] = ()
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """`name:value`, under its English name, the value as typed: `in` a category's slug or name, `by` a username, `tag`,
    `status` a slug, a stage or a name; `is` one of the values of `STATES`."""

    name: FilterName
    value: str
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be said about what was typed; `text` is the part of it that is meant."""

    code: NoticeCode
    text: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `after` is included, `before` is not; both come from dates and are midnights in UTC."""

    raw: str
    clauses: tuple[Clause, ...] = ()
    filters: tuple[Filter, ...] = ()
    after: datetime | None = None
    before: datetime | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for; the notices say why."""
        return not (any(not one.is_excluded for one in self.clauses) or self.filters or self.after or self.before)


_NAMES: Mapping[str, str] = {
    **{name: name for name in ("in", "by", "tag", "is", "status", "before", "after")},
    "kategorie": "in",
    "category": "in",
    "von": "by",
    "from": "by",
    "ist": "is",
    "schlagwort": "tag",
    "vor": "before",
    "nach": "after",
    "seit": "after",
    "since": "after",
}
STATES: Mapping[str, str] = {
    **{name: name for name in ("solved", "open", "closed", "question", "idea", "discussion", "announcement")},
    "geloest": "solved",
    "offen": "open",
    "geschlossen": "closed",
    "frage": "question",
    "idee": "idea",
    "diskussion": "discussion",
    "gespraech": "discussion",
    "ankuendigung": "announcement",
}
"""What `is:` understands. Open and closed say whether replies are taken."""

_QUOTES = str.maketrans(dict.fromkeys("„“”«»‟", '"'))
_PART = re.compile(
    r"(?P<minus>(?<!\S)[-−–](?=[^\s\-−–]))?"
    r'(?:(?P<name>[^\W\d_]+):(?![/:])(?P<value>"[^"]*"?|[^\s"]*)|\#(?P<tag>[^\s"#]+)|"(?P<phrase>[^"]*)"?|(?P<words>[^\s"]+))'
)
_DATES = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"),
    re.compile(r"(?:(?:(?P<day>\d{1,2})\.)?(?P<month>\d{1,2})\.)(?P<year>\d{4})"),
)
_DAYS = {"today": 0, "heute": 0, "yesterday": 1, "gestern": 1}


def parse(raw: str) -> Query:
    """Understands whatever was typed; never raises. What could not be understood is looked for as words, or left out,
    and a notice says so."""
    reading = _Reading()
    shown = raw.strip()
    if len(shown) > MOST_CHARACTERS:
        shown = shown[:MOST_CHARACTERS]
        reading.notices.append(Notice("cut"))
    for part in _PART.finditer(shown.translate(_QUOTES)):
        reading.take(part)
    return reading.finish(shown)


@dataclass(slots=True)
class _Reading:
    clauses: list[Clause] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    common: list[tuple[str, str]] = field(default_factory=list)
    """Stop words that were left out, as typed and folded."""
    after: datetime | None = None
    before: datetime | None = None

    def take(self, part: re.Match[str]) -> None:
        is_excluded = bool(part["minus"])
        if part["name"] is not None and self._take_filter(part, is_excluded=is_excluded):
            return
        if part["tag"] is not None:
            self.filters.append(Filter("tag", part["tag"], is_excluded))
        elif part["phrase"] is not None:
            self._take_phrase(part["phrase"], is_excluded=is_excluded)
        else:
            self._take_words(part["words"] or part[0].removeprefix(part["minus"] or ""), is_excluded=is_excluded)

    def finish(self, raw: str) -> Query:
        if not any(not one.is_excluded for one in self.clauses) and self.common:
            self._take_common()
        if len(self.clauses) > MOST_CLAUSES:
            self.notices.append(Notice("too-many-words", " ".join(one.text for one in self.clauses[MOST_CLAUSES:])))
        query = Query(
            raw,
            tuple(self.clauses[:MOST_CLAUSES]),
            tuple(self.filters[:MOST_CLAUSES]),
            self.after,
            self.before,
            tuple(dict.fromkeys(self.notices)),
        )
        if query.is_empty and not any(one.code in {"only-stop-words", "bad-date"} for one in query.notices):
            return Query(raw, query.clauses, notices=(*query.notices, Notice("empty")))
        return query

    def _take_common(self) -> None:
        """When there is nothing else: words that say nothing in one language may do so in the other."""
        found = [(text, surface) for text, surface in self.common if not _is_common_everywhere(surface)]
        for text, surface in found:
            self.clauses.append(Clause(text, "word", analysis.query_terms(surface)))
        self.notices.append(Notice("only-stop-words", " ".join(text for text, _ in self.common)))

    # ------------------------------------------------------------ filters

    def _take_filter(self, part: re.Match[str], *, is_excluded: bool) -> bool:
        """Whether it was one; with a notice if it only looks so."""
        name, value = _NAMES.get(fold(part["name"])), part["value"].strip('"').strip()
        if name in {"before", "after"} and value:
            self._take_date(cast("Literal['before', 'after']", name), value)
            return True
        if name == "is":
            value = STATES.get(fold(value), "")
        if name is None or not value:
            self.notices.append(Notice("unknown-filter", part[0].removeprefix(part["minus"] or "")))
            return False
        value = value.removeprefix({"by": "@", "tag": "#"}.get(name, " "))
        self.filters.append(Filter(cast("FilterName", name), value, is_excluded))
        return True

    def _take_date(self, name: Literal["before", "after"], value: str) -> None:
        date = _date(fold(value))
        if date is None:
            self.notices.append(Notice("bad-date", value))
        elif name == "before":
            self.before = min(date, self.before or date)
        else:
            self.after = max(date, self.after or date)

    # ------------------------------------------------------------ words

    def _take_phrase(self, text: str, *, is_excluded: bool) -> None:
        words = list(analysis.words(text))
        kept = [word for word in words if word.is_in_code or not analysis.is_stop_word(word.surface)]
        if kept:
            first = kept[0].place
            self.clauses.append(
                Clause(
                    text.strip(),
                    "phrase",
                    tuple(word.surface for word in kept),
                    tuple(word.place - first for word in kept),
                    is_excluded,
                )
            )
        elif not is_excluded:
            self.common += [(word.text, word.surface) for word in words]

    def _take_words(self, text: str, *, is_excluded: bool) -> None:
        is_open = text.endswith("*")
        runs = list(_runs(text.rstrip("*")))
        for number, run in enumerate(runs, 1):
            if is_open and number == len(runs):
                self._take_prefix(run, is_excluded=is_excluded)
            else:
                self._take_run(run, is_excluded=is_excluded)

    def _take_prefix(self, run: list[analysis.Word], *, is_excluded: bool) -> None:
        *before, last = run
        if before:
            self._take_run(before, is_excluded=is_excluded)
        if len(last.surface) < SHORTEST_PREFIX:
            self.notices.append(Notice("prefix-too-short", f"{last.text}*"))
            self._take_run([last], is_excluded=is_excluded)
        else:
            self.clauses.append(Clause(f"{last.text}*", "prefix", (last.surface,), is_excluded=is_excluded))

    def _take_run(self, run: list[analysis.Word], *, is_excluded: bool) -> None:
        joined = analysis.joined(run)
        if joined:
            self.clauses.append(
                Clause("-".join(one.text for one in run), "word", analysis.query_terms(joined), is_excluded=is_excluded)
            )
            return
        if len(run) > 1:
            text = run[0].text + "".join(f"{word.sign_before}{word.text}" for word in run[1:])
            surfaces = tuple(word.surface for word in run)
            self.clauses.append(Clause(text, "phrase", surfaces, tuple(range(len(run))), is_excluded))
            return
        (word,) = run
        if analysis.is_stop_word(word.surface):
            if not is_excluded:
                self.common.append((word.text, word.surface))
            return
        clause = Clause(word.text, "word", analysis.query_terms(word.surface), is_excluded=is_excluded)
        if clause not in self.clauses:
            self.clauses.append(clause)


def _runs(text: str) -> Iterator[list[analysis.Word]]:
    """Codes whole, and other words one by one: a hyphen between two long words makes no code of them."""
    run: list[analysis.Word] = []
    for word in analysis.words(text):
        if run and not (word.sign_before and not (word.is_plain and run[-1].is_plain and word.sign_before in "-‑")):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _is_common_everywhere(surface: str) -> bool:
    return all(surface in words for words in analysis.STOP_WORDS.values())


def _date(value: str) -> datetime | None:
    """A day's beginning: 2026, 2026-05, 2026-05-31, 31.5.2026, today, yesterday and the same in German."""
    if value in _DAYS:
        today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return today - timedelta(days=_DAYS[value])
    for pattern in _DATES:
        if found := pattern.fullmatch(value):
            try:
                return datetime(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1), tzinfo=UTC)
            except ValueError:
                return None
    return None
