"""Rendering many texts through the whole pipeline: a few in this process, many in others ahead of the writer."""

import multiprocessing
import os
import re
import signal
import zlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Self

from forum import text
from forum.core.processes import die_with_parent

CHUNK = 40
FEW = 200
"""Up to so many texts in all, starting processes would take longer than the rendering."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A text as it stands in a file. `head` is put before it (a title that had to be cut), `name` makes ids unique."""

    body: str
    name: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A text as it is stored, with what was noticed; `language` is empty when the words don't tell it."""

    body: str
    html: str
    excerpt: str
    version: int
    language: str = ""
    mentions: tuple[str, ...] = ()
    removed: int = 0
    was_cut: bool = False


_MAY_MENTION = re.compile(r"(?<![^\W_])@\w")
"""Where a mention could begin. Most texts with an @ hold addresses only, and looking for mentions parses them again."""

EMPTY = Made("", "", "", text.PIPELINE_VERSION)


def _prefix(name: str) -> str:
    return f"{zlib.crc32(name.encode()):08x}"


def make(
    raw: Raw, members: Mapping[str, str] | None = None, groups: Mapping[str, tuple[str, str]] | None = None
) -> Made:
    """One text, cleaned, cut and rendered; `members` and `groups` are those it may mention (`text.Resolved`)."""
    cleaned = text.clean_body(raw.body)
    if not cleaned.text:
        return Made("", "", "", text.PIPELINE_VERSION, removed=cleaned.removed)
    body, was_cut = text.cut_body(f"{raw.head}\n\n{cleaned.text}" if raw.head else cleaned.text)
    mentions = tuple(sorted(text.find(body).mentions)) if _MAY_MENTION.search(body) else ()
    prefix = _prefix(raw.name) if "[^" in body else ""
    rendered = text.render(body, text.Resolved(members or {}, groups or {}), prefix=prefix)
    language = text.language(body, "")
    return Made(body, rendered.html, rendered.excerpt, rendered.version, language, mentions, cleaned.removed, was_cut)


def make_all(raws: Sequence[Raw]) -> list[Made]:
    """A chunk of texts, none of which mentions anybody yet."""
    return [make(raw) for raw in raws]


def _begin(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    die_with_parent(parent)
    make(Raw("*warm*"))


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class Promise:
    """Texts that are being rendered; `result` waits for them."""

    _parts: "list[Future[list[Made]] | list[Made]]"

    def result(self) -> list[Made]:
        return [made for part in self._parts for made in (part if isinstance(part, list) else part.result())]


class Renderer:
    """Renders chunks in a pool of processes that is started when it is worth it."""

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes or cores()
        self._pool: ProcessPoolExecutor | None = None
        self._asked = 0

    def ask(self, raws: Sequence[Raw]) -> Promise:
        """Begins to render; a few texts are done at once."""
        self._asked += len(raws)
        if self._pool is None and self._asked <= FEW:
            return Promise([make_all(raws)])
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._processes, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(os.getpid(),)
            )
        chunks = [raws[start : start + CHUNK] for start in range(0, len(raws), CHUNK)]
        return Promise([self._pool.submit(make_all, chunk) for chunk in chunks])

    def close(self) -> None:
        """Ends the processes; what was asked for and not fetched is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
