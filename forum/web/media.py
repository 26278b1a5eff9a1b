"""Pictures: uploading them, the face and the banner of a member, and sending what was uploaded."""

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.http.limits import limited
from forum.http.render import flash, page, wants_json
from forum.http.uploads import take_pictures
from forum.http.viewer import actor, signed_in
from forum.media import actions, faces, pictures
from forum.media import queries as uploads
from forum.media.pictures import Picture
from forum.media.store import store
from forum.members import actions as member_actions
from forum.members import queries as member_queries
from forum.moderation import queries as moderation
from forum.threads import queries as threads
from forum.web.forms.media import PictureForm

bp = Blueprint("media", __name__)
take_pictures(bp)

LONGEST_ALT = 100
_NO_WORDS = re.compile(r"[\W_]+")


# ---------------------------------------------------------------- a picture for a text


@bp.get("/media")
@signed_in
def new() -> AnyResponse:
    """The way without script: choose a picture, copy the line that shows it."""
    require(actor(), "media.upload")
    return _upload_page(PictureForm(formdata=None))


@bp.post("/media")
@limited("media", "20 per minute; 300 per day")
def upload() -> AnyResponse:
    require(actor(), "media.upload")
    form = PictureForm()
    try:
        picture = pictures.picture(_content(form))
    except Invalid as error:
        if wants_json():
            raise
        form.refuse(error)
        return _upload_page(form, error.status)
    store().put(picture.name, picture.content)
    with transaction(actor()) as member:
        name = actions.keep(member, picture)
    address = uploads.address(name)
    alt = _words(form.file.data.filename or "")
    markdown = f"![{alt}]({address})"
    if wants_json():
        return jsonify(markdown=markdown)
    size = (picture.width, picture.height)
    return _upload_page(PictureForm(formdata=None), markdown=markdown, address=address, alt=alt, size=size)


def _upload_page(form: PictureForm, status: int = 200, **done: Any) -> Response:
    nothing = {"markdown": "", "address": "", "alt": "", "size": (0, 0)}
    return page("media/upload.html", status, form=form, limit=pictures.MOST_BYTES // 1024**2, **(nothing | done))


def _content(form: PictureForm) -> bytes:
    if not form.file.data:
        raise Invalid("picture-missing", field="file")
    return bytes(form.file.data.read())


def _words(filename: str) -> str:
    """The words of a file name, for a start: the member replaces them by what the picture shows."""
    words = _NO_WORDS.sub(" ", PurePath(filename.replace("\\", "/")).stem).strip()
    return words[:LONGEST_ALT].strip() or _("Picture")


# ---------------------------------------------------------------- the face of a member


@bp.get("/settings/avatar")
@signed_in
def avatar() -> AnyResponse:
    return page("media/avatar.html", form=PictureForm(formdata=None))


@bp.post("/settings/avatar")
@signed_in
@limited("avatar", "10 per hour")
def set_avatar() -> AnyResponse:
    require(actor(), "media.upload")
    form = PictureForm()
    try:
        picture = pictures.avatar(_content(form))
    except Invalid as error:
        form.refuse(error)
        return page("media/avatar.html", error.status, form=form)
    _keep_or_remove("avatar", member_actions.set_avatar, picture)
    flash(_("Your picture is saved."))
    return redirect(url_for("settings.profile"), 303)


@bp.post("/settings/avatar/remove")
@signed_in
def remove_avatar() -> AnyResponse:
    _keep_or_remove("avatar", member_actions.set_avatar)
    flash(_("Your picture is removed."))
    return redirect(url_for("settings.profile"), 303)


def _keep_or_remove(
    kind: str, act: Callable[[Actor, Any, str | None], str | None], picture: Picture | None = None
) -> None:
    """Gives the member this face or banner, or none; the file of a former one that nobody has any more goes."""
    if picture is not None:
        faces.put(picture)
    with transaction(actor()) as member:
        name = actions.keep(member, picture, kind=kind) if picture is not None else None
        former = act(member, member_queries.get_member(member, member.member_id, lock=True), name)
        is_over = former is not None and actions.forget_face(former, kind)
    if former is not None and is_over:
        faces.delete(former)


# ---------------------------------------------------------------- the head of their profile


@bp.get("/settings/banner")
@signed_in
def banner() -> AnyResponse:
    return _banner_page(PictureForm(formdata=None))


@bp.post("/settings/banner")
@signed_in
@limited("banner", "10 per hour")
def set_banner() -> AnyResponse:
    require(actor(), "media.upload")
    form = PictureForm()
    try:
        picture = pictures.banner(_content(form))
    except Invalid as error:
        form.refuse(error)
        return _banner_page(form, error.status)
    _keep_or_remove("banner", member_actions.set_banner, picture)
    flash(_("Your banner is saved."))
    return redirect(url_for("settings.profile"), 303)


@bp.post("/settings/banner/remove")
@signed_in
def remove_banner() -> AnyResponse:
    _keep_or_remove("banner", member_actions.set_banner)
    flash(_("Your banner is removed."))
    return redirect(url_for("settings.profile"), 303)


def _banner_page(form: PictureForm, status: int = 200) -> Response:
    return page("media/banner.html", status, form=form, banner=member_queries.settings_of(actor()).banner)


# ---------------------------------------------------------------- sending


@bp.get("/media/<name>")
def show(name: str) -> Response:
    """An upload, for whoever may see it. Its name says its content, so their browser may keep it for ever."""
    found = uploads.read(name)
    if found.is_of_profile:
        moderation.admit_to_face(actor(), found.name)
    else:
        threads.admit_to_picture(actor(), found.name)
    response = Response(found.content, mimetype=found.mimetype)
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.set_etag(name)
    response.make_conditional(request)
    return response
