"""Exports of the board: asking for one, the list of snapshots, their files."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, redirect, request, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.database import transaction
from forum.core.errors import Invalid, NotFound, Refused
from forum.http.forms import options
from forum.http.limits import limited
from forum.http.moments import moment_of
from forum.http.reasons import sentence
from forum.http.render import zone_of_reader
from forum.http.viewer import actor, signed_in
from forum.ideas import queries
from forum.ideas.export import files, selection, snapshots
from forum.ideas.export.snapshots import Snapshot
from forum.web.forms.ideas_export import ExportForm
from forum.web.ideas.frame import bp, ideas_page


@dataclass(frozen=True, slots=True)
class Shown:
    """A snapshot in the list: what was chosen and what went wrong, in words."""

    snapshot: Snapshot
    statuses: Sequence[str]
    areas: Sequence[str]
    error: str


def _shown(one: Snapshot) -> Shown:
    rows = queries.statuses(actor())
    stages = {stage: ", ".join(row.name for row in rows if row.stage == stage) for stage in {row.stage for row in rows}}
    statuses = stages | {row.slug: row.name for row in rows}
    areas = {row.slug: row.name for row in queries.areas(actor())}
    return Shown(
        one,
        [statuses.get(slug, slug) for slug in one.selection.statuses],
        [areas.get(slug, slug) for slug in one.selection.areas],
        sentence(Refused(one.error)) if one.error else "",
    )


def _exports_page(form: ExportForm, status: int = 200) -> Response:
    before = request.args.get("before")
    found = snapshots.snapshots(actor(), before)
    form.status.choices = options([("", _("Any status")), *((row.slug, row.name) for row in queries.statuses(actor()))])
    form.area.choices = options([("", _("All areas")), *((row.slug, row.name) for row in queries.areas(actor()))])
    return ideas_page(
        "ideas/exports.html",
        status,
        form=form,
        rows=[_shown(one) for one in found.rows],
        formats=files.FORMATS,
        older=found.older,
        before=before,
    )


@bp.get("/ideas/exports")
@signed_in
def exports() -> AnyResponse:
    require(actor(), "idea.export")
    return _exports_page(ExportForm(formdata=None))


@bp.post("/ideas/exports")
@signed_in
@limited("export", "30 per hour")
def make_export() -> AnyResponse:
    """Up to `snapshots.AT_ONCE` rows are made at once; the worker makes more."""
    require(actor(), "idea.export")
    form = ExportForm()
    try:
        since, as_of, top = _earlier(form), _moment(form), _top(form)
        before = since.selection if since else selection.Selection()
        chosen = selection.select_ideas(
            actor(),
            top=top if top is not None else before.top,
            statuses=_given(form.status.data) or before.statuses,
            areas=_given(form.area.data) or before.areas,
        )
        expected = snapshots.expected(chosen, as_of)
        by_worker = expected > snapshots.AT_ONCE
        with transaction(actor()) as member:
            number = snapshots.ask(member, chosen, as_of, expected, since, by_worker=by_worker)
    except Invalid as error:
        form.refuse(error)
        return _exports_page(form, 400)
    if not by_worker:
        snapshots.make(number)
    return redirect(f"/ideas/exports#export-{number}", 303)


@bp.post("/ideas/exports/<int:number>/again")
@signed_in
@limited("export", "30 per hour")
def make_export_again(number: int) -> AnyResponse:
    with transaction(actor()) as member:
        snapshots.ask_again(member, number)
    return redirect(f"/ideas/exports#export-{number}", 303)


def _given(name: str | None) -> Sequence[str]:
    return (name,) if name else ()


def _top(form: ExportForm) -> int | None:
    """Raises Invalid for what is no number of ideas."""
    raw = form.top.data or ""
    if not raw:
        return None
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= 9):
        raise Invalid("export-top", field="top", limit=selection.MOST_ROWS)
    return int(raw)


def _earlier(form: ExportForm) -> Snapshot | None:
    raw = form.since.data or ""
    if not raw:
        return None
    with contextlib.suppress(NotFound, ValueError):
        return snapshots.get_snapshot(actor(), int(raw))
    raise Invalid("no-such-snapshot", field="since", number=raw[:20])


def _moment(form: ExportForm) -> datetime:
    """The moment asked for, in the reader's time zone; now where there is none. Raises Invalid."""
    try:
        given = moment_of(form.as_of.data or "", zone_of_reader())
        return selection.present_minute() if given is None else selection.check_as_of(given)
    except ValueError:
        raise Invalid("time-unreadable", field="as_of") from None


@bp.get("/ideas/exports/<int:number>/<form>")
@signed_in
def export_file(number: int, form: str) -> AnyResponse:
    """A snapshot as a file, or with `?since=` what differs in it from an earlier one."""
    if form not in files.FORMATS:
        raise NotFound
    made = snapshots.get_snapshot(actor(), number)
    raw = request.args.get("since", "")
    if raw and not (raw.isascii() and raw.isdecimal()):
        raise NotFound
    since = snapshots.get_snapshot(actor(), int(raw)) if raw else None
    response = send_file(
        snapshots.file(made, form, since),
        mimetype=files.KINDS_OF_FILES[form],
        as_attachment=True,
        download_name=snapshots.name_of(made, form, since),
        conditional=False,
        etag=False,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
