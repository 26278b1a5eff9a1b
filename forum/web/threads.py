"""A thread's page, starting one, replying, and steering it."""

from collections.abc import Callable, Hashable, Mapping, Sequence

from flask import Blueprint, Flask, current_app, jsonify, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum import text
from forum.access import decide, may
from forum.core import paging
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Conflict, Denied, Gone, Invalid, Moved, NotFound
from forum.http import cache
from forum.http.limits import limited
from forum.http.reasons import sentence
from forum.http.render import flash, page, wants_json
from forum.http.viewer import actor, community, signed_in
from forum.ideas import queries as ideas
from forum.moderation import queries as moderation
from forum.search.queries import SimilarRow
from forum.threads import actions, queries
from forum.threads.actions import ReplyDraft
from forum.threads.queries import ThreadPage, ThreadRow
from forum.web import answers, fragments, intents
from forum.web.forms.threads import EmptyForm, ReplyForm, SteerForm, ThreadForm, new_submission
from forum.web.publishing import WAITS, begun_at, chosen, kept, place_of_draft
from forum.web.search import suggest

bp = Blueprint("threads", __name__)
bp.add_app_template_global(fragments.reply_form, "reply_form")
bp.add_app_template_global(fragments.scrubber, "scrubber")
bp.add_app_template_global(fragments.thread_bar, "thread_bar")
bp.add_app_template_global(fragments.whom, "whom")
bp.add_app_template_global(answers.words, "answer_words")
NOTHING_TYPED: Mapping[str, str] = {}


def _thread_version(thread_id: int, **_arguments: object) -> Hashable | None:
    return queries.thread_version(thread_id)


def number_of(raw: str | None) -> int | None:
    """A post number or revision from a form or an address; None for anything else."""
    return int(raw) if raw and raw.isascii() and raw.isdecimal() and len(raw) < 10 else None


# ---------------------------------------------------------------- reading


@bp.get("/t/<int:thread_id>")
@bp.get("/t/<int:thread_id>/<slug>")
@cache.for_guests(_thread_version, ("page",))
def show(thread_id: int, slug: str = "") -> Response:
    found = queries.thread_page(actor(), thread_id, request.args.get("page"), ideas.BECAME)
    if slug != found.thread.slug or found.thread.kind == "idea":
        query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
        return redirect(found.thread.address + query, 301)
    quoted = number_of(request.args.get("quote"))
    if actor().is_guest:
        return _show(found)
    if quoted is not None and wants_json():
        return quoted_as_json(found, quoted)
    answer = _show(found, {"submission": new_submission(), **prefilled(found, quoted)})
    note_seen(answer, found)
    return answer


def quoted_as_json(found: ThreadPage, number: int) -> Response:
    """The Markdown that quotes a post, for the script of the composer."""
    return jsonify(markdown=_quote(actor(), found, number))


def _quote(member: Actor, found: ThreadPage, number: int) -> str:
    """The Markdown that quotes a post. Raises NotFound for one that can't be read."""
    post = queries.get_post_by_number(member, found.thread.id, number)
    author = next((one.author for one in found.posts if one.number == number), None)
    name = author.username if author else _("former member")
    return text.quote(name, found.thread.id, found.thread.slug, number, post.body)


def prefilled(found: ThreadPage, quoted: int | None) -> dict[str, str]:
    """What stands in the composer: the draft that is kept, and the quotation that was asked for."""
    body, reply_to = found.mine.draft_body, found.mine.draft_fields.get("reply_to", "")
    if quoted is not None:
        quotation = _quote(actor(), found, quoted)
        if quotation.strip() not in body:
            body = f"{body.rstrip()}\n\n{quotation}" if body.strip() else quotation
        reply_to = str(quoted)
    return {"body": body, "reply_to": reply_to}


def _show(
    found: ThreadPage, typed: Mapping[str, str] = NOTHING_TYPED, form: ReplyForm | None = None, status: int = 200
) -> Response:
    """The page with what the composer holds: a draft or quotation that was `typed`, or a `form` that was refused."""
    who, thread = actor(), found.thread
    can = {verb: not who.is_guest and may(who, f"thread.{verb}", thread) for verb in ("edit", "move", "close", "pin")}
    return page(
        "threads/show.html",
        status,
        found=found,
        thread=thread,
        posts=fragments.posts(who, found, reported(who, found), ideas.made_of(who, found.posts, community().stamp)),
        form=form,
        typed=typed,
        can=can,
        **replying(who, thread),
        first_unread=found.first_unread,
        unread_address=fragments.address_of(thread, found.first_unread) if found.first_unread else "",
    )


def replying(who: Actor, thread: ThreadRow) -> dict[str, object]:
    """Whether the reader may write a reply (sent now, or kept until they may send it), why it can't be sent, and the
    way there: `write`, `sign-in` or none."""
    reply = decide(who, "thread.reply", thread)
    may_write = bool(reply) or reply.code in WAITS
    why_not = "" if reply or who.is_guest else sentence(reply.error())
    guest_way = "" if thread.is_closed else "sign-in"
    way = guest_way if who.is_guest else "write" if may_write else ""
    return {"may_write": may_write, "why_not": why_not, "way": way}


def reported(who: Actor, found: ThreadPage) -> frozenset[int]:
    """Which posts the reader has reported. Who keeps order here sees all reports at the desk, and is spared the
    question."""
    if may(who, "case.list", [found.thread.category]):
        return frozenset()
    return moderation.reported_posts(who, [post.id for post in found.posts])


def note_seen(response: Response, found: ThreadPage) -> None:
    """Notes how far the member has read, after the answer is on its way and in a transaction of its own."""
    last = found.posts[-1].number if found.posts else 0
    if last <= found.mine.read_number or found.thread.state != "published" or actor().is_onlooker:
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    member, thread_id = actor(), found.thread.id

    def write() -> None:
        with app.app_context(), transaction():
            actions.mark_read(member, thread_id, last)

    response.call_on_close(write)


@bp.get("/t/<int:thread_id>/<slug>/<number>")
def jump(thread_id: int, slug: str, number: str) -> Response:  # noqa: ARG001  the path itself is compared
    return to_post(queries.get_thread(actor(), thread_id, number=number_of(number)), number)


def to_post(thread: ThreadRow, number: str) -> Response:
    """The page on which one post of a thread stands. Raises NotFound for a number that was never given."""
    wanted = number_of(number)
    if wanted is None or not 1 <= wanted <= thread.last_number:
        raise NotFound
    if request.path != f"{thread.address}/{number}":
        return redirect(f"{thread.address}/{wanted}", 301)
    return redirect(fragments.address_of(thread, wanted), 302)


# ---------------------------------------------------------------- writing


@bp.get("/new")
def start() -> Response:
    if actor().is_guest:
        return redirect(f"/login?next=%2Fnew{_asked_category()}", 303)
    place, values = begun_at(actor(), "new", number_of(request.args.get("draft")))
    category = request.args.get("category") or values.get("category", "")
    values |= {"submission": new_submission(), "category": category}
    return _form_page(ThreadForm(formdata=None, data=values), place)


def _asked_category() -> str:
    asked = request.args.get("category", "")
    return f"%3Fcategory%3D{asked}" if asked.replace("-", "").isalnum() and asked.isascii() else ""


def _form_page(
    form: ThreadForm, place: str, status: int = 200, similar: Sequence[SimilarRow] | None = None
) -> Response:
    categories = queries.categories_to_start_in(actor(), community().stamp)
    form.offer(categories)
    return page("threads/new.html", status, form=form, open_to_me=categories, place_of_draft=place, similar=similar)


@bp.post("/new")
@signed_in
@limited("post", "20 per minute; 200 per hour")
def do_start() -> Response:
    form = ThreadForm()
    place = place_of_draft("new")
    if "look" in request.form:  # the step between, for readers without scripts
        return _form_page(form, place, similar=suggest(form.title.data or "", form.body.data or ""))
    try:
        chosen(queries.categories_to_start_in(actor(), community().stamp), form.category.data, "category")
        draft = actions.draft_of_thread(
            actor(),
            form.title.data or "",
            form.body.data or "",
            form.kind.data or "",
            form.tags.data or "",
            (form.submission.data or "")[:40] or None,
        )
        with transaction(actor()) as member:
            offered = queries.categories_to_start_in(member)  # as its grants are now
            category = chosen(offered, form.category.data, "category")
            posted = actions.start_thread(member, category, draft)
            actions.discard_at(member, place)
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, place, 400)
    except Conflict as error:
        form.submission.data = new_submission()
        form.refuse(Invalid(error.code))
        return _form_page(form, place, 409)
    except Denied as error:
        return kept(actor(), error, place, request.form)
    return redirect(intents.place_of(posted), 303)


@bp.post("/t/<int:thread_id>/reply")
@signed_in
@limited("post", "20 per minute; 200 per hour")
def do_reply(thread_id: int) -> Response:
    form = ReplyForm()
    try:
        draft = ReplyDraft(
            actions.write(actor(), form.body.data or ""),
            number_of(form.reply_to.data),
            (form.submission.data or "")[:40] or None,
        )
        with transaction(actor()) as member:
            thread = queries.get_thread(member, thread_id, lock=True)
            posted = actions.post_reply(member, thread, draft)
    except Invalid as error:
        form.refuse(error)
        return _again(thread_id, form, 400)
    except Conflict as error:
        if error.code != "sent-twice-changed":
            return kept(actor(), error, f"thread:{thread_id}", request.form)
        form.submission.data = new_submission()
        form.refuse(Invalid(error.code, "body"))
        return _again(thread_id, form, 409)
    except (Denied, Gone, Moved) as error:
        place = error.thread_id if isinstance(error, Moved) else thread_id
        return kept(actor(), error, f"thread:{place}", request.form)
    return redirect(intents.place_of(posted), 303)


def _again(thread_id: int, form: ReplyForm, status: int) -> Response:
    """The last page of the thread with the refused form in it."""
    thread = queries.get_thread(actor(), thread_id)
    form.body.label.text = answers.words(thread.kind).yours  # the summary of what was refused names the field
    if thread.kind == "idea":
        from forum.web.ideas import show as idea_pages

        return idea_pages.again(thread_id, form, status)
    found = queries.thread_page(actor(), thread_id, paging.pages_in(thread.last_number), ideas.BECAME)
    return _show(found, form=form, status=status)


# ---------------------------------------------------------------- steering


def _steer(
    thread_id: int,
    act: Callable[[Actor, ThreadRow], None],
    told: Callable[[ThreadRow], str] | None = None,
) -> Response:
    if not EmptyForm().validate_on_submit():
        raise Invalid("csrf")
    with transaction(actor()) as member:
        thread = queries.get_thread(member, thread_id, lock=True)
        act(member, thread)
    if told is not None:
        flash(told(thread))
    return redirect(thread.address, 303)


@bp.post("/t/<int:thread_id>/close")
@signed_in
def close(thread_id: int) -> Response:
    return _steer(thread_id, actions.close, answers.told_of_closing)


@bp.post("/t/<int:thread_id>/reopen")
@signed_in
def reopen(thread_id: int) -> Response:
    return _steer(thread_id, actions.reopen, answers.told_of_opening)


@bp.post("/t/<int:thread_id>/pin")
@signed_in
def pin(thread_id: int) -> Response:
    return _steer(thread_id, actions.pin, lambda _thread: _("Pinned: it is at the top of its lists now."))


@bp.post("/t/<int:thread_id>/unpin")
@signed_in
def unpin(thread_id: int) -> Response:
    return _steer(thread_id, actions.unpin, lambda _thread: _("No longer pinned."))


@bp.post("/t/<int:thread_id>/follow")
@signed_in
def follow(thread_id: int) -> Response:
    level = request.form.get("level", "")
    return _steer(
        thread_id,
        lambda member, thread: actions.follow(member, thread, level),
        lambda _thread: answers.told_of_following(level),
    )


@bp.get("/t/<int:thread_id>/steer")
@signed_in
def steer(thread_id: int) -> Response:
    thread = queries.get_thread(actor(), thread_id)
    _require_steering(thread)
    form = SteerForm(
        formdata=None,
        data={"title": thread.title, "tags": ", ".join(thread.tags), "category": thread.category.slug},
    )
    return _steer_page(thread, form)


def _require_steering(thread: ThreadRow) -> None:
    decision = decide(actor(), "thread.edit", thread)
    if not decision:
        raise decision.error()


def _steer_page(thread: ThreadRow, form: SteerForm, status: int = 200) -> Response:
    form.offer(queries.categories_to_move_to(actor(), thread, community().stamp))
    return page("threads/steer.html", status, thread=thread, form=form, may_move=may(actor(), "thread.move", thread))


@bp.post("/t/<int:thread_id>/steer")
@signed_in
def do_steer(thread_id: int) -> Response:
    form = SteerForm()
    thread = queries.get_thread(actor(), thread_id)
    try:
        title = actions.check_title(form.title.data or "")
        tags = actions.tags_of(form.tags.data or "")
        with transaction(actor()) as member:
            thread = queries.get_thread(member, thread_id, lock=True)
            actions.rename(member, thread, title, text.slug(title))
            actions.tag(member, thread, tags)
            if form.category.data and form.category.data != thread.category.slug:
                actions.move(member, thread, queries.get_category(member, form.category.data))
    except Invalid as error:
        form.refuse(error)
        return _steer_page(thread, form, 400)
    return redirect(queries.get_thread(actor(), thread_id).address, 303)
