"""Single posts: editing, history, taking back, reactions, the solution."""

from flask import Blueprint, jsonify, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.access import require
from forum.core.database import transaction
from forum.core.errors import Conflict, Denied, Gone, Invalid, Moved
from forum.http.limits import limited
from forum.http.render import flash, page, wants_json
from forum.http.viewer import actor, signed_in
from forum.threads import actions, queries
from forum.threads.queries import PostRow
from forum.web import fragments
from forum.web.differences import differences
from forum.web.forms.threads import EditForm, EmptyForm
from forum.web.publishing import kept
from forum.web.threads import number_of

bp = Blueprint("posts", __name__)


def _place(post: PostRow) -> str:
    return fragments.address_of(post.thread, post.number or 1)


# ---------------------------------------------------------------- editing


@bp.get("/p/<int:post_id>/edit")
@signed_in
def edit(post_id: int) -> Response:
    post = queries.get_post(actor(), post_id)
    require(actor(), "post.edit", post)
    draft = queries.draft_at(actor(), f"edit:{post_id}")
    body, base = post.body, post.revision
    if draft is not None and draft.body and draft.body != post.body:
        body, base = draft.body, number_of(str(draft.fields.get("base_revision", ""))) or post.revision
    form = EditForm(formdata=None, data={"body": body, "base_revision": base})
    return _edit_page(post, form, is_draft=body != post.body)


def _edit_page(
    post: PostRow, form: EditForm, status: int = 200, *, theirs: str = "", is_draft: bool = False
) -> Response:
    changes = differences(theirs, form.body.data or "") if theirs else []
    return page(
        "threads/edit.html",
        status,
        post=post,
        thread=post.thread,
        form=form,
        theirs=theirs,
        changes=changes,
        is_draft=is_draft,
    )


@bp.post("/p/<int:post_id>/edit")
@signed_in
@limited("edit", "30 per minute; 300 per hour")
def do_edit(post_id: int) -> Response:
    form = EditForm()
    try:
        written = actions.write(actor(), form.body.data or "")
        with transaction(actor()) as member:
            post = queries.get_post(member, post_id, lock=True)
            actions.edit_post(member, post, written, number_of(form.base_revision.data) or 0)
    except Invalid as error:
        form.refuse(error)
        return _edit_page(queries.get_post(actor(), post_id), form, 400)
    except Conflict as error:
        if error.code != "changed-meanwhile":
            return kept(actor(), error, f"edit:{post_id}", request.form)
        form.refuse(Invalid(error.code, "body"))
        form.base_revision.data = str(error.parameters["revision"])
        return _edit_page(queries.get_post(actor(), post_id), form, 409, theirs=error.parameters["theirs"])
    except (Denied, Gone, Moved) as error:
        return kept(actor(), error, f"edit:{post_id}", request.form)
    return redirect(_place(post), 303)


@bp.get("/p/<int:post_id>/history")
@signed_in
def history(post_id: int) -> Response:
    post = queries.get_post(actor(), post_id)
    versions = queries.history(actor(), post)
    known = {version.number: version for version in versions}
    new = known.get(number_of(request.args.get("new")) or 0, versions[-1])
    old = known.get(number_of(request.args.get("old")) or 0) or known.get(new.number - 1, versions[0])
    return page(
        "threads/history.html",
        post=post,
        thread=post.thread,
        versions=versions,
        old=old,
        new=new,
        changes=differences(old.body, new.body),
    )


# ---------------------------------------------------------------- taking back


@bp.get("/p/<int:post_id>/delete")
@signed_in
def delete(post_id: int) -> Response:
    post = queries.get_post(actor(), post_id)
    require(actor(), "post.delete", post)
    return page("threads/delete.html", post=post, thread=post.thread, form=EmptyForm(formdata=None))


@bp.post("/p/<int:post_id>/delete")
@signed_in
def do_delete(post_id: int) -> Response:
    with transaction(actor()) as member:
        post = queries.get_post(member, post_id, lock=True)
        actions.delete_post(member, post)
    flash(_("Taken back. You can restore it at its place in the thread."))
    return redirect(_place(post), 303)


@bp.post("/p/<int:post_id>/restore")
@signed_in
def restore(post_id: int) -> Response:
    with transaction(actor()) as member:
        post = queries.get_post(member, post_id, lock=True)
        actions.restore_post(member, post)
    return redirect(_place(post), 303)


# ---------------------------------------------------------------- reactions and solutions


@bp.post("/p/<int:post_id>/react")
@signed_in
@limited("react", "60 per minute; 600 per hour")
def react(post_id: int) -> Response:
    """Sets the reaction named by `on`, or withdraws the one named by `off`."""
    is_on = "on" in request.form
    kind = request.form.get("on" if is_on else "off", "")
    with transaction(actor()) as member:
        post = queries.get_post(member, post_id, lock=True)
        actions.react(member, post, kind, is_on)
    if not wants_json():
        return redirect(_place(post), 303)
    post, mine = queries.get_post(actor(), post_id), queries.own_reactions(actor(), post_id)
    return jsonify(reactions=[{"kind": one, "count": count, "mine": one in mine} for one, count in post.counts.items()])


@bp.post("/p/<int:post_id>/solution")
@signed_in
def solution(post_id: int) -> Response:
    with transaction(actor()) as member:
        post = queries.get_post(member, post_id, lock=True)
        actions.mark_solution(member, post)
    flash(_("Marked as the solution."))
    return redirect(post.thread.address, 303)


@bp.post("/p/<int:post_id>/no-solution")
@signed_in
def no_solution(post_id: int) -> Response:
    with transaction(actor()) as member:
        post = queries.get_post(member, post_id, lock=True)
        actions.unmark_solution(member, post.thread)
    return redirect(_place(post), 303)


@bp.get("/p/<int:post_id>")
def show(post_id: int) -> Response:
    return redirect(_place(queries.get_post(actor(), post_id)), 302)
