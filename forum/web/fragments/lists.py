"""The rows of a list of conversations, joined from the pieces of `templates/threads/_talk.html`."""

from collections.abc import Sequence
from functools import lru_cache

from flask import current_app
from markupsafe import Markup, escape

from forum.core import formats
from forum.http import language, render
from forum.media.queries import face_address
from forum.threads.queries import CategoryRow, Person, TalkRow
from forum.web import answers
from forum.web.fragments.pieces import Piece, pieces_of

_rows: dict[tuple[int, str], dict[str, Piece]] = {}


@lru_cache(maxsize=4_000)
def _small_faces(person: Person | None, environment: int, tongue: str) -> tuple[str, str]:
    """A member's face in the size for who started a thread and in that for who spoke last."""
    made = _rows[environment, tongue]
    if person is None:
        return made["gone"].fill(size="l"), made["gone"].fill(size="s")
    if person.avatar:
        return (
            made["picture"].fill(url=face_address(person.avatar, 44), size="l", pixels=44),
            made["picture"].fill(url=face_address(person.avatar, 24), size="s", pixels=24),
        )
    look = {"hue": person.id * 47 // 15 % 24, "letters": render.initials(person.display_name)}
    return made["initials"].fill(size="l", **look), made["initials"].fill(size="s", **look)


@lru_cache(maxsize=4_000)
def _category(category: CategoryRow, environment: int, tongue: str) -> str:
    made = _rows[environment, tongue]
    return made["category"].fill(slug=category.slug, hue=category.hue // 15 % 24, name=category.name)


def _chips(row: TalkRow, made: dict[str, Piece]) -> str:
    chips = ""
    if row.is_pinned:
        chips += made["pinned"].template
    if row.kind in {"announcement", "idea"}:
        chips += made["announced" if row.kind == "announcement" else "idea"].template
    if row.is_solved:
        chips += made["solved"].template
    return chips + made["closed"].template if row.is_closed else chips


def talks(rows: Sequence[TalkRow], *, one_category: bool = False) -> Markup:
    """The rows of a list of conversations; with `one_category` none of them says which."""
    tongue, environment, zone = language.tongue_of_answer(), id(current_app.jinja_env), render.zone_of_reader()
    if (environment, tongue) not in _rows:
        _rows[environment, tongue] = pieces_of("threads/_talk.html", tongue)
    made = _rows[environment, tongue]
    spoken, found = language.of_answer(), []
    for row in rows:
        lang, author, last = escape(row.language), row.author, row.last_author
        who = ""
        if author is not None:
            who = made["asker" if row.kind == "question" else "who"].template % {"name": escape(author.display_name)}
        stamp = row.last_post_at.isoformat(timespec="seconds")[:19]
        found.append(
            made["talk"].template
            % {
                "classes": (" is-unread" if row.is_unread else "") + (" is-pinned" if row.is_pinned else ""),
                "face_html": _small_faces(author, environment, tongue)[0],
                "lang": lang,
                "place": escape(row.new_url or row.address),
                "title": escape(row.title),
                "new_html": made["new"].template if row.is_unread else "",
                "excerpt_html": made["excerpt"].template % {"lang": lang, "words": escape(row.excerpt)}
                if row.excerpt
                else "",
                "chips_html": ("" if one_category else _category(row.category, environment, tongue))
                + _chips(row, made),
                "who_html": who,
                "replies_html": escape(answers.counted(row.kind, row.reply_count, tongue)),
                "last_face_html": _small_faces(last, environment, tongue)[1] if row.reply_count else "",
                "last_html": made["last_comment_by" if row.kind == "idea" else "last_by"].template
                % {"name": escape(last.display_name)}
                if last is not None and row.reply_count
                else "",
                "time_html": made["time"].template
                % {"stamp": f"{stamp}Z", "written": formats.written(row.last_post_at, "medium", spoken, zone)},
            }
        )
    return Markup("\n".join(found))  # noqa: S704  every value was escaped


def forget() -> None:
    """Drops every piece made so far."""
    _rows.clear()
    for kept in (_small_faces, _category):
        kept.cache_clear()
