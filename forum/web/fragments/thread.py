"""The posts of a page, joined from pieces that were rendered once.

`templates/threads/_post.html` is rendered once for each language, with a mark in the place of each value; a page then
only joins strings.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from flask import current_app
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from forum.access import may
from forum.core import formats
from forum.core.actor import Actor
from forum.core.paging import page_of
from forum.http import language, render, viewer
from forum.ideas.queries import MadeIdea
from forum.media.queries import face_address
from forum.threads.queries import Person, PostView, ThreadPage, ThreadRow, is_folded
from forum.web import answers, intents
from forum.web.fragments.pieces import Piece, pieces_of

KINDS = ("like", "thanks", "insightful", "celebrate")


@dataclass(frozen=True, slots=True)
class Kit:
    """All pieces in one language, and those that every post needs with their fixed words in them."""

    made: dict[str, Piece]
    links: tuple[str, ...]
    on: tuple[str, ...]
    off: tuple[str, ...]
    counts: tuple[str, ...]


_kits: dict[tuple[int, str], Kit] = {}


def kit(tongue: str) -> Kit:
    """The pieces of posts in the language of this answer."""
    key = (id(current_app.jinja_env), tongue)
    if key not in _kits:
        made = pieces_of("threads/_post.html", tongue)
        fixed = [{"name": made[f"name_{kind}"].fill(), "symbol_html": made[f"symbol_{kind}"].fill()} for kind in KINDS]
        named = list(zip(KINDS, fixed, strict=True))
        _kits[key] = Kit(
            made,
            tuple(made["react_link"].ready(**one) for one in fixed),
            tuple(made["react_on"].ready(kind=kind, **one) for kind, one in named),
            tuple(made["react_off"].ready(kind=kind, **one) for kind, one in named),
            tuple(made["react_count"].ready(**one) for one in fixed),
        )
    return _kits[key]


@lru_cache(maxsize=4_000)
def _person(person: Person, tongue: str, company: str, environment: int) -> tuple[str, str, str]:
    """Face, name and badge of a member, as they stand beside each of their posts."""
    made = _kits[environment, tongue].made
    if person.avatar:
        face = made["picture"].fill(url=face_address(person.avatar, 44))
    else:
        face = made["initials"].fill(hue=person.id * 47 // 15 % 24, letters=render.initials(person.display_name))
    author = made["author"].fill(url=quote(person.username), name=person.display_name)
    badge = ""
    if person.is_staff:
        badge = made["team"].fill(company=company)
    elif person.standing in {"ambassador", "trusted"}:
        badge = made[person.standing].fill()
    return face, author, badge


class Maker:
    """Makes the posts of one page for one reader."""

    def __init__(
        self, actor: Actor, page: ThreadPage, reported: Collection[int], became: Mapping[int, MadeIdea]
    ) -> None:
        self.actor, self.page, self.thread, self.reported = actor, page, page.thread, reported
        self.became = became
        self.environment = id(current_app.jinja_env)
        self.tongue = language.tongue_of_answer()
        self.kit = kit(self.tongue)
        self.pieces = self.kit.made
        self.company = viewer.community().team_name
        self.zone = render.zone_of_reader()
        self.address = str(escape(page.thread.address))
        self.here = self.address + (f"?page={page.page}" if page.page > 1 else "")
        self.to_first, self.to_others = answers.words(page.thread.kind).act, answers.words("discussion").act
        if actor.is_guest:
            self.sign, self.next = intents.signer(), quote(page.thread.address, safe="")
            return
        self.token = generate_csrf()
        self.may_reply = may(actor, "thread.reply", page.thread)
        self.may_solve = may(actor, "thread.solve", page.thread)
        self.keeps_order = may(actor, "thread.move", page.thread)
        self.makes_ideas = may(actor, "idea.inbox")

    def post(self, post: PostView) -> str:
        """One post, or its placeholder."""
        if post.state != "published":
            return self._placeholder(post)
        made = self.pieces
        classes, badge = "", ""
        if post.author is None:
            face, author = made["gone"].template, made["former"].template
        else:
            face, author, badge = _person(post.author, self.tongue, self.company, self.environment)
            if post.author.is_staff:
                classes = " is-team"
        if post.number == self.thread.solution_number:
            classes += " is-solution"
            badge += made["solves"].template
        if post.number > 1 and post.author_id is not None and post.author_id == self.thread.author_id:
            badge = badge or made["proposer" if self.thread.kind == "idea" else "starter"].template
        stamp = post.created_at.isoformat(timespec="seconds")[:19]
        said = formats.written(post.created_at, "medium", self.actor.language, self.zone)
        shape = "folded" if is_folded(self.actor, post.author) else "post"
        return made[shape].template % {
            "number": post.number,
            "classes": classes,
            "face_html": face,
            "author_html": author,
            "badge_html": badge,
            "place": f"{self.address}/{post.number}",
            "time_html": made["time"].template % {"stamp": f"{stamp}Z", "written": said},
            "notes_html": self._notes(post),
            "lang": escape(post.language),
            "body_html": post.html,
            "became_html": self._became(post),
            "foot_html": self._guest_foot(post) if self.actor.is_guest else self._member_foot(post),
        }

    def _notes(self, post: PostView) -> str:
        made, notes = self.pieces, ""
        if post.reply_to_number is not None and post.reply_to_number != post.number - 1:
            notes = made["answers"].fill(place=f"{self.address}/{post.reply_to_number}", number=post.reply_to_number)
        if post.revision > 1:
            notes += made["edited"].fill() if self.actor.is_guest else made["edited_link"].fill(id=post.id)
        if post.id in self.reported:
            notes += made["reported"].template
        return notes

    def _became(self, post: PostView) -> str:
        one = self.became.get(post.id)
        if one is None or one.id == self.thread.id:  # merged with the idea on whose page it stands
            return ""
        return self.pieces["became"].fill(place=one.address, title=one.title, lang=one.language)

    def _placeholder(self, post: PostView) -> str:
        made, more = self.pieces, ""
        words = {
            "removed": _("This post was removed by the moderators."),
            "deleted": _("The author has taken this post back."),
            "held": _("This post is waiting for approval."),
            "moved": _("This post was moved back to where it was written."),
        }[post.state]
        if post.html:
            more = made["show_removed"].fill(words=_("Show the text"), lang=post.language, body_html=post.html)
        if post.state == "moved":
            more = made["moved"].fill(place=f"{self.thread.address}/{post.number}")
        if may(self.actor, "post.restore", post):
            more += made["restore"].fill(id=post.id)
        return made["placeholder"].fill(number=post.number, words=words, more_html=more)

    def _guest_foot(self, post: PostView) -> str:
        place = f"{self.next}%2F{post.number}"
        reactions = [
            link
            % {
                "next": place,
                "intent": self.sign(f"react:{post.id}:{kind}"),
                "count_html": self._counted(count),
            }
            for kind, count, link in zip(KINDS, post.counts, self.kit.links, strict=True)
            if count or kind == "like"
        ]
        return self.pieces["guest_foot"].template % {
            "reactions_html": "".join(reactions),
            "next": place,
            "id": post.id,
            "number": post.number,
            "word": self._word(post),
        }

    def _word(self, post: PostView) -> Markup:  # an idea is commented on, a comment is replied to
        return escape(self.to_first if post.number == 1 else self.to_others)

    def _counted(self, count: int) -> str:
        return self.pieces["counted"].template % {"count": render.number(count)} if count else ""

    def _reactions(self, post: PostView) -> str:
        if post.author_id == self.actor.id:
            pairs = zip(post.counts, self.kit.counts, strict=True)
            return "".join(one % {"count_html": self._counted(count)} for count, one in pairs if count)
        mine = self.page.mine.reactions
        shown: list[str] = []
        more: list[str] = []
        for kind, count, on, off in zip(KINDS, post.counts, self.kit.on, self.kit.off, strict=True):
            filled = (off if (post.id, kind) in mine else on) % {"count_html": self._counted(count)}
            (shown if count or kind == "like" else more).append(filled)
        if more:
            shown.append(self.pieces["react_more"].template % {"number": post.number, "buttons_html": "".join(more)})
        return "".join(shown)

    def _member_foot(self, post: PostView) -> str:
        made, actor = self.pieces, self.actor
        is_own = post.author_id == actor.id
        items: list[str] = []
        this = {"id": post.id}
        if (is_own or self.keeps_order) and may(actor, "post.edit", post):
            items.append(made["item_edit"].template % this)
        if self.may_solve and post.number > 1:
            name = "item_unsolve" if post.number == self.thread.solution_number else "item_solve"
            items.append(made[name].template % this)
        if post.revision > 1:
            items.append(made["item_history"].template % this)
        if self.makes_ideas and post.id not in self.became and not (self.thread.kind == "idea" and post.number == 1):
            items.append(made["item_idea"].template % this)
        if is_own and may(actor, "post.delete", post):
            items.append(made["item_delete"].template % this)
        if not is_own and post.id not in self.reported:
            items.append(made["item_report"].template % this)
        reply = ""
        if self.may_reply:
            joint = "&amp;" if "?" in self.here else "?"
            place = f"{self.here}{joint}quote={post.number}#reply"
            reply = made["reply_link"].template % {"quote": place, "word": self._word(post)}
        parts = {"reactions_html": self._reactions(post), "reply_html": reply, "menu_html": ""}
        if items:
            parts["menu_html"] = made["post_menu"].template % {"number": post.number, "items_html": "".join(items)}
        if is_own:
            return made["own_foot"].template % parts
        return made["member_foot"].template % {"id": post.id, "token": self.token, **parts}


def posts(
    actor: Actor, page: ThreadPage, reported: Collection[int], became: Mapping[int, MadeIdea]
) -> Sequence[tuple[int, Markup]]:
    """The posts of a page as (number, HTML), the line "new since your last visit" included; `reported` are the ids of
    those that this reader has reported, `became` the ideas that posts became, by the post's id."""
    maker = Maker(actor, page, reported, became)
    first_new = page.first_unread
    made = []
    for post in page.posts:
        line = maker.pieces["new_line"].template if post.number == first_new else ""
        made.append((post.number, Markup(line + maker.post(post))))  # noqa: S704  every value was escaped
    return made


def address_of(thread: ThreadRow, number: int) -> str:
    """The page on which a post stands, with its mark."""
    page = page_of(number)
    return thread.address + (f"?page={page}" if page > 1 else "") + f"#p{number}"


def forget() -> None:
    """Drops every piece made so far."""
    _kits.clear()
    _person.cache_clear()
