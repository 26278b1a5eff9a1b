"""The rules: the version in force, its history, what changed, and accepting."""

from flask import Blueprint, Response, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid, NotFound
from forum.http import cache
from forum.http.language import of_answer
from forum.http.render import flash, page
from forum.http.viewer import actor, signed_in
from forum.members.queries import reload
from forum.rules import actions, queries
from forum.web import intents
from forum.web.forms.rules import AcceptForm
from forum.web.rulebook import written
from forum.web.sign_in import safe_next

bp = Blueprint("rules", __name__, url_prefix="/rules")


@bp.get("")
@cache.for_guests(cache.of_community)
def current() -> AnyResponse:
    book = queries.current()
    return page(
        "rules/show.html",
        book=book.head if book else None,
        rules=written(book.rules) if book else [],
        versions=queries.history(),
        is_current=True,
    )


@bp.get("/<int:version>")
@cache.for_guests(cache.of_community)
def show(version: int) -> AnyResponse:
    book, now = queries.version(version), queries.current()
    return page(
        "rules/show.html",
        book=book.head,
        rules=written(book.rules),
        versions=queries.history(),
        is_current=now is not None and now.head.id == book.head.id,
    )


def _number(name: str) -> int:
    raw = request.args.get(name, "")
    if not raw.isascii() or not raw.isdecimal() or len(raw) > 9:
        raise NotFound
    return int(raw)


@bp.get("/changes")
def changes() -> AnyResponse:
    versions = queries.history()
    if "from" not in request.args and "to" not in request.args and len(versions) > 1:
        return redirect(f"/rules/changes?from={versions[1].version}&to={versions[0].version}", 303)
    old, new = queries.version(_number("from")), queries.version(_number("to"))
    return page(
        "rules/changes.html",
        old=old.head,
        new=new.head,
        changes=queries.changes(old, new, of_answer()),
        versions=versions,
    )


# ---------------------------------------------------------------- accepting


def _accept_page(form: AcceptForm, status: int = 200) -> Response:
    owed = queries.owed(actor(), of_answer())
    if owed is None:
        raise NotFound
    return page(
        "rules/accept.html",
        status,
        form=form,
        owed=owed,
        rules=written(owed.book.rules),
        draft=_draft(),
        next_address=safe_next(request.values.get("next")),
    )


def _draft() -> int | None:
    raw = request.values.get("draft", "")
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 18 else None


@bp.get("/accept")
@signed_in
def accept() -> AnyResponse:
    return _accept_page(AcceptForm(formdata=None))


@bp.post("/accept")
@signed_in
def do_accept() -> AnyResponse:
    """Records the acceptance, then sends what the member had typed when the rules stood in the way."""
    form = AcceptForm()
    shown = form.rulebook.data or ""
    try:
        if not form.accept.data:
            raise Invalid("accept-rules-box", field="accept")
        with transaction(actor()) as member:
            actions.accept(member, int(shown) if shown.isdecimal() and len(shown) < 18 else 0, form.sha256.data or "")
    except Invalid as error:
        form.refuse(error)
        return _accept_page(form, 400)
    except Conflict as error:
        form.refuse(Invalid(error.code, field="accept"))
        form.accept.data = False
        return _accept_page(form, 409)
    draft = _draft()
    if draft is not None:
        return redirect(intents.publish_draft(_fresh(), draft), 303)
    flash(_("Thank you. You have accepted the rules and can write as before."))
    return redirect(safe_next(request.form.get("next")), 303)


def _fresh() -> Actor:
    """The actor as of now: the acceptance just written counts already."""
    return reload(actor())


# ---------------------------------------------------------------- for the team


@bp.get("/acceptances")
@signed_in
def acceptances() -> AnyResponse:
    missing = request.args.get("who", "missing") != "accepted"
    overview = queries.acceptance_overview(actor(), missing=missing, before=request.args.get("before"))
    return page("rules/acceptances.html", overview=overview, missing=missing)
