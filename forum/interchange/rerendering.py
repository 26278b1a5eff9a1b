"""`forum rerender`: HTML of posts, answers, profiles and legal texts anew, in batches, while the community runs."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import TypeVar

from forum.community import records as community
from forum.community.legal import html_of
from forum.core import origins
from forum.core.database import transaction
from forum.core.exchange import CHUNK, batched
from forum.ideas import records as ideas
from forum.interchange.rendering import Made, Promise, Raw, Renderer, make
from forum.members import queries as member_queries
from forum.members import records as members
from forum.text import PIPELINE_VERSION
from forum.threads import records as threads
from forum.threads.records import PostText

AHEAD = 3
Key = TypeVar("Key")


class Work:
    """What is to be rendered anew: everything, or what an older version of the pipeline made."""

    def __init__(self, *, everything: bool = False) -> None:
        self._below = None if everything else PIPELINE_VERSION

    def total(self) -> int:
        """How many texts there are to do."""
        return sum(room.outdated_count(self._below) for room in (threads, ideas, members, community))

    def run(self, processes: int | None, progress: Callable[[int], None]) -> int:
        """Does it all; returns how many texts were made anew."""
        below, done = self._below, 0
        with Renderer(processes) as renderer:
            for count in chain(
                self._posts(renderer),
                _texts(ideas.outdated_answers(below), partial(_html, "answer"), ideas.write_html),
                _texts(members.outdated_profiles(below), partial(_html, "member"), members.write_html),
                _texts(community.outdated_texts(below), _legal_html, community.write_html),
            ):
                done += count
                progress(done)
        return done

    def _posts(self, renderer: Renderer) -> Iterator[int]:
        waiting: deque[tuple[Sequence[PostText], Promise]] = deque()
        for batch in threads.outdated_posts(self._below):
            waiting.append((batch, renderer.ask([Raw(post.body, f"post/{post.id}") for post in batch])))
            if len(waiting) > AHEAD:
                yield _write(*waiting.popleft())
        while waiting:
            yield _write(*waiting.popleft())


def _texts(
    batches: Iterable[Sequence[tuple[Key, str]]],
    html: Callable[[Key, str], str],
    write: Callable[[Mapping[tuple[Key, str], str], int], None],
) -> Iterator[int]:
    """Makes batches of texts anew. `write` gets each body along, to leave alone what was changed meanwhile."""
    for batch in batches:
        made = {(key, body): html(key, body) for key, body in batch}
        with transaction():
            write(made, PIPELINE_VERSION)
        yield len(batch)


def _html(kind: str, id: int, body: str) -> str:
    return make(Raw(body, f"{kind}/{id}"), named_in(body)).html


def _legal_html(_key: object, body: str) -> str:
    return html_of(body)


def _write(batch: Sequence[PostText], promise: Promise) -> int:
    made = dict(zip(batch, promise.result(), strict=True))
    mentioning = [post for post in batch if made[post].mentions]
    sources: dict[int, tuple[str, str]] = {}
    for chunk in batched([post.id for post in mentioning], CHUNK):
        sources |= origins.of("post", chunk)
    for post in mentioning:
        source = sources.get(post.id)
        meant = (
            members.named(source[0], made[post].mentions)
            if source
            else member_queries.resolve_names(made[post].mentions)
        )
        named = {} if source else member_queries.resolve_groups(made[post].mentions)
        if meant or named:
            groups = member_queries.mention_links(named)
            made[post] = make(Raw(post.body, f"post/{post.id}"), meant, groups)
    with transaction():
        threads.write_html({post: (one.html, one.excerpt) for post, one in made.items()}, PIPELINE_VERSION)
    return len(batch)


def named_in(body: str) -> dict[str, str]:
    """The members that a profile or an answer names."""
    made: Made = make(Raw(body))
    return dict(member_queries.resolve_names(made.mentions)) if made.mentions else {}
