"""The rulebook: its versions, and publishing a new one by a form that begins with the newest."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.locale import languages, name_of
from forum.http.forms import by_language
from forum.http.language import of_answer
from forum.http.moments import moment_of
from forum.http.render import flash
from forum.http.viewer import actor
from forum.rules import actions, draft, queries
from forum.rules.draft import RuleDraft, Words
from forum.rules.queries import RuleRow
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.rules import PublishForm
from forum.web.proving import recently_proved

_SPARE = 1
_PLAIN, _WORDS = ("number", "severity"), ("title", "text")
Row = Mapping[str, str]


@bp.get("/rules")
def rulebook() -> AnyResponse:
    require(actor(), "rulebook.publish")
    return admin_page("admin/rules.html", "rules", versions=queries.history())


def _worded() -> list[str]:
    """The parts of a rule that are there in each language, as the form names them."""
    return [f"{part}_{language}" for part in _WORDS for language in languages()]


def _of_newest() -> list[Row]:
    """The rules of the newest version as the form has them."""
    newest = next(iter(queries.history()), None)
    return rows_of(queries.version(newest.version).rules) if newest is not None else []


def rows_of(rules: Iterable[RuleRow | RuleDraft]) -> list[Row]:
    """Rules as a form has them."""
    rows: list[Row] = []
    for rule in rules:
        row = {"number": str(rule.number), "severity": str(rule.severity)}
        rows.append(row | by_language("title", rule.title) | by_language("text", rule.text))
    return rows


def typed_rows() -> list[Row]:
    """The rules as they were sent; those without any word are left out."""
    count = request.form.get("count", "0")
    rows: list[Row] = []
    for place in range(min(int(count), draft.MOST_RULES + _SPARE) if count.isdecimal() and len(count) < 5 else 0):
        row = {
            part: request.form.get(f"rule-{place}-{part}", "").strip() for part in ("number", "severity", *_worded())
        }
        if any(row[part] for part in _worded()):
            rows.append(row)
    return rows


def _words(row: Row, part: str) -> Words:
    return {language: row[f"{part}_{language}"] for language in languages() if row[f"{part}_{language}"]}


def rule_of(row: Row, place: int) -> RuleDraft:
    """The checked rule of a row. Raises Invalid with `rule-` and its place as the field."""
    number = row["number"]
    try:
        return draft.make_rule(
            int(number) if number.isdecimal() and len(number) < 6 else None,
            _words(row, "title"),
            _words(row, "text"),
            int(row["severity"]) if row["severity"].isdecimal() and len(row["severity"]) == 1 else 1,
        )
    except Invalid as error:
        raise Invalid(error.code, field=f"rule-{place}", **error.parameters) from error


def _moment(raw: str) -> datetime | None:
    """A moment in the actor's zone; empty means at once."""
    try:
        return moment_of(raw, actor().time_zone)
    except ValueError as error:
        raise Invalid("rules-date", field="effective_at") from error


def _form_page(form: PublishForm, rows: list[Row], status: int = 200, wrong: int | None = None) -> Response:
    require(actor(), "rulebook.publish")
    empty = dict.fromkeys(_worded(), "") | {"severity": "1", "number": str(len(rows) + 1)}
    named = [(language, name_of(language, of_answer())) for language in languages()]
    values = {"rows": [*rows, empty], "wrong": wrong, "languages": named}
    return admin_page("admin/rules_new.html", "rules", status, form=form, **values)


@bp.get("/rules/new")
def new_rules() -> AnyResponse:
    return _form_page(PublishForm(formdata=None), _of_newest())


@bp.post("/rules/new")
def publish_rules() -> AnyResponse:
    require(actor(), "rulebook.publish")
    form, rows = PublishForm(), typed_rows()
    if "add" in request.form:
        return _form_page(form, rows)
    return _publish(form, rows)


@recently_proved
def _publish(form: PublishForm, rows: list[Row]) -> AnyResponse:
    """A version stays for good, and may ask every member for a new acceptance."""
    try:
        if form.kind.data not in {"material", "editorial"}:
            raise Invalid("required", field="kind")
        version = draft.make(
            [rule_of(row, place) for place, row in enumerate(rows)],
            is_material=form.kind.data == "material",
            effective_at=_moment(form.effective_at.data or ""),
            label=form.label.data or "",
            note=form.note.data or "",
        )
        with transaction(actor()) as staff:
            actions.publish(staff, version)
    except Conflict as error:
        form.refuse(Invalid(error.code))
        return _form_page(form, rows, 409)
    except Invalid as error:
        form.refuse(error)
        place = (error.field or "").removeprefix("rule-")
        return _form_page(form, rows, 400, int(place) if place.isdecimal() else None)
    flash(_("The new version of the rules is published."))
    return back("rulebook")
