"""Reporting, one's own reports, and decisions as those read them whom they concern."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid, NotFound
from forum.core.locale import text_in
from forum.http.forms import number_or_none, options
from forum.http.language import tongue_of_answer
from forum.http.limits import limited
from forum.http.reasons import sentence
from forum.http.render import page
from forum.http.viewer import actor, signed_in
from forum.moderation import actions, queries
from forum.moderation.queries import Target
from forum.notifications import words
from forum.rules import queries as rules
from forum.text import shortened
from forum.web.forms.moderation import ReportForm

bp = Blueprint("reports", __name__)

RULE_CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """A rule in plain words, as one chooses it."""

    id: int
    title: str
    text: str


def _choices(language: str) -> list[RuleChoice]:
    book = rules.current()
    return [
        RuleChoice(
            rule.id,
            f"{rule.number}. {text_in(rule.title, language)}",
            shortened(" ".join(text_in(rule.text, language).split()), RULE_CHARACTERS),
        )
        for rule in (book.rules if book else ())
    ]


def _target(who: Actor, post: str, member: str) -> Target:
    """What is to be reported. Raises NotFound when that isn't said, or what can't be seen."""
    post_id, member_id = number_or_none(post), number_or_none(member)
    if post_id is not None:
        return queries.post_target(who, post_id)
    if member_id is not None:
        return queries.member_target(who, member_id)
    raise NotFound


def _form(form: ReportForm, target: Target, status: int = 200) -> Response:
    choices = _choices(actor().language)
    form.rule.choices = options([("", _("Choose …")), *((one.id, one.title) for one in choices)])
    return page("moderation/report.html", status, form=form, target=target, choices=choices)


@bp.get("/report")
@signed_in
def report() -> AnyResponse:
    target = _target(actor(), request.args.get("post", ""), request.args.get("member", ""))
    require(actor(), "report.make", target)
    if (known := queries.open_report(actor(), target)) is not None:
        return redirect(f"/reports/{known}", 303)
    form = ReportForm(formdata=None)
    form.post.data = str(target.id) if target.kind == "post" else ""
    form.member.data = str(target.id) if target.kind == "member" else ""
    return _form(form, target)


@bp.post("/report")
@signed_in
@limited("report", "60 per hour")
def make_report() -> AnyResponse:
    form = ReportForm()
    wanted = (form.post.data or request.args.get("post", ""), form.member.data or request.args.get("member", ""))
    target = _target(actor(), *wanted)
    try:
        with transaction(actor()) as who:
            made = actions.report(who, _target(who, *wanted), form.rule.data, form.text.data or "")
    except Invalid as error:
        form.refuse(error)
        return _form(form, target, 400)
    except Conflict as error:
        known = queries.open_report(actor(), target)
        if error.code != "reported-already" or known is None:
            raise
        return redirect(f"/reports/{known}?again=1", 303)
    return redirect(f"/reports/{made.report_id}?new=1", 303)


@bp.get("/reports")
@signed_in
def mine() -> AnyResponse:
    return page("moderation/reports.html", reports=queries.my_reports(actor()))


@bp.get("/reports/<int:report_id>")
@signed_in
def receipt(report_id: int) -> AnyResponse:
    found = queries.my_report(actor(), report_id)
    said = sentence(Conflict("reported-already")) if request.args.get("again") else ""
    return page("moderation/receipt.html", report=found, is_new=bool(request.args.get("new")), said=said)


@bp.get("/decisions/<int:decision_id>")
@signed_in
def decision(decision_id: int) -> AnyResponse:
    who = actor()
    said = queries.statement_for(who, decision_id)
    return page(
        "moderation/decision.html",
        said=said,
        letter=words.letter(said, tongue_of_answer(), who.time_zone),
        reversal=words.reversal(said, tongue_of_answer()) if said.reversed_at else (),
    )
