"""The moderators' desk: the list, one case with everything that is needed to decide it, and the decision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request
from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import decide as ask
from forum.access import may, require
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.core.locale import name_of, text_in
from forum.core.paging import Page
from forum.http.forms import number_or_none, options
from forum.http.reasons import sentence
from forum.http.render import flash, page, wants_json
from forum.http.viewer import actor, community, signed_in
from forum.moderation import actions, queries
from forum.moderation.actions import DecisionDraft
from forum.moderation.queries import CaseFile, QueueRow, View
from forum.notifications import words
from forum.rules import queries as rules
from forum.rules.queries import NamedRule
from forum.text import as_markup, compare, render
from forum.web.forms.moderation import DecisionForm, ReversalForm
from forum.web.proving import recently_proved, recently_proved_where

bp = Blueprint("moderation", __name__, url_prefix="/moderation")

DAYS_OF_THE_LADDER = (3, 7, 30, 90)
"""The length that is proposed for a member's first, second, third … silence or suspension."""


@dataclass(frozen=True, slots=True)
class Line:
    """A case in the list."""

    id: int
    url: str
    title: str
    excerpt: str
    opened_at: datetime
    urgency: str
    urgency_text: str
    owner_name: str


@dataclass(frozen=True, slots=True)
class Key:
    """One of the decisions to choose from; `digit` is its key on the keyboard."""

    digit: int
    act: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choosing:
    """A decision that is being made: the form, and the letter as it will be sent; `is_severe`: nobody takes part after
    it."""

    act: str
    has_days: bool
    is_severe: bool
    form: DecisionForm
    rules: list[tuple[int, str]]
    letter: list[str]
    language: str
    language_name: str


def act_text(act: str, about_post: bool) -> str:
    """The name of an act, as a key of the desk shows it."""
    names = {
        "no_action": _("No violation"),
        "remove": _("Remove") if about_post else _("Remove pictures"),
        "remove_warn": _("Remove and warn") if about_post else _("Warn"),
        "silence": _("Silence"),
        "suspend": _("Suspend"),
        "ban": _("Ban"),
    }
    return names.get(act, "")


def done_text(act: str, about_post: bool) -> str:
    """What was decided, in a word or two."""
    names = {
        "no_action": _("no violation"),
        "remove": _("removed") if about_post else _("pictures removed"),
        "remove_warn": _("removed and warned") if about_post else _("warned"),
        "silence": _("silenced"),
        "suspend": _("suspended"),
        "ban": _("banned"),
    }
    return names.get(act, "")


def due_text(due_at: datetime) -> str:
    """How long a case may wait."""
    left = due_at - clock.now()
    if left.total_seconds() <= 0:
        return _("overdue")
    return _("due %(time)s", time=format_timedelta(left, granularity="minute", add_direction=True))


# ---------------------------------------------------------------- the list


def _view() -> View:
    raw = request.args.get("view", "open")
    if raw == "mine":
        return "mine"
    return "decided" if raw == "decided" else "open"


def _address(case_id: int, view: View) -> str:
    return f"/moderation/cases/{case_id}" + (f"?view={view}" if view != "open" else "")


def _line(row: QueueRow, view: View, language: str) -> Line:
    title = text_in(row.rule_title, language) or _("No rule named")
    if row.reporter_count > 1:
        reports = ngettext("%(num)s report", "%(num)s reports", row.reporter_count)
        title = f"{title} · {reports}"
    if view == "decided":
        said = _("undone") if row.is_reversed else done_text(row.act, row.is_about_post)
        said, owner = " · ".join(filter(None, (said, row.owner_name))), ""
    else:
        said, owner = due_text(row.due_at), row.owner_name
    moment = row.decided_at if view == "decided" and row.decided_at is not None else row.opened_at
    url = _address(row.id, view)
    return Line(row.id, url, title, row.excerpt, moment, row.urgency, said, owner)


def _list_values(who: Actor, view: View) -> tuple[Page[QueueRow], dict[str, Any]]:
    found = queries.queue(who, view, request.args.get("before"), community().stamp)
    values = {
        "view": view,
        "lines": [_line(row, view, who.language) for row in found.rows],
        "older": found.older,
        "overdue": sum(row.is_overdue for row in found.rows),
    }
    return found, values


@bp.get("")
@signed_in
def desk() -> AnyResponse:
    who = actor()
    found, values = _list_values(who, _view())
    opened = _case_values(who, queries.case_file(who, found.rows[0].id)) if found.rows else {"file": None}
    return page("moderation/desk.html", **values, **opened, is_open=False)


# ---------------------------------------------------------------- one case


def _keys(file: CaseFile, chosen: str, may_judge: bool) -> list[Key]:
    about_post = file.case.post_id is not None
    acts = list(actions.ACTS)
    if not about_post and not _pictures(file):
        acts.remove("remove")
    if file.case.about_id is None or not may_judge:
        acts = [act for act in acts if act in {"no_action", "remove"}]
    return [Key(number, act, act_text(act, about_post), act == chosen) for number, act in enumerate(acts, 1)]


def _pictures(file: CaseFile) -> list[tuple[str, str]]:
    """The pictures of a reported profile that can be taken away, in words."""
    if file.case.member_id is None or file.person is None:
        return []
    shown = {"avatar": file.person.face.avatar, "banner": file.person.banner}
    words = {"avatar": _("The picture"), "banner": _("The banner")}
    return [(kind, words[kind]) for kind, name in shown.items() if name]


def _rule_choices(file: CaseFile, language: str) -> tuple[list[tuple[int, str]], dict[int, NamedRule]]:
    """The rules in force, and those of older versions that the reports name."""
    choices = list(rules.rule_choices(language))
    known = dict(rules.named_rules([id for id, _title in choices]))
    for report in file.reports:
        if report.rule is not None and report.rule.id not in known:
            known[report.rule.id] = report.rule
            title = f"{report.rule.number}. {text_in(report.rule.title, language)}"
            old = _("%(title)s (version %(version)s)", title=title, version=report.rule.version)
            choices.append((report.rule.id, old))
    return choices, known


def _proposed_days(file: CaseFile) -> int:
    """A step more for each silence or suspension that was not undone."""
    sanctions = file.person.sanctions if file.person else ()
    earlier = sum(one.kind in {"silence", "suspension"} and not one.was_undone for one in sanctions)
    return DAYS_OF_THE_LADDER[min(earlier, len(DAYS_OF_THE_LADDER) - 1)]


def _choosing(file: CaseFile, act: str, form: DecisionForm | None, who: Actor) -> Choosing:
    """The decision form, filled in with what suggests itself unless it was sent, and the letter that follows."""
    offered = _pictures(file)
    choices, known = _rule_choices(file, who.language)
    if form is None:
        form = DecisionForm(formdata=None)
        form.act.data = act
        form.rule.data = file.rule.id if file.rule is not None else None
        form.days.data = str(_proposed_days(file))
        form.removes_post.data = True
        form.pictures.data = [kind for kind, _words in offered] if act == "remove" and len(offered) == 1 else []
    form.pictures.choices = options(offered)
    language = file.person.language if file.person is not None else community().default_language
    zone = file.person.time_zone if file.person is not None else community().time_zone
    days = number_or_none(form.days.data) if act in actions.FOR_DAYS else None
    said = queries.draft_statement(
        file,
        act,
        known.get(form.rule.data or 0),
        form.reason.data or "…",
        actions.until_of(days if days and days <= actions.MOST_DAYS else None),
        file.case.post_id is not None and (act in {"remove", "remove_warn"} or bool(form.removes_post.data)),
        pictures=(form.pictures.data or ()) if act != "no_action" else (),
    )
    letter = [] if act == "no_action" or file.person is None else words.letter(said, community().tongue(language), zone)
    has_days, is_severe = act in actions.FOR_DAYS, act in {"suspend", "ban"}
    return Choosing(act, has_days, is_severe, form, choices, letter, language, name_of(language, who.language))


def _case_values(who: Actor, file: CaseFile, form: DecisionForm | None = None, act: str = "") -> dict[str, Any]:
    """What the panes of a case need."""
    case, post = file.case, file.post
    reported = file.evidence[-1] if file.evidence else None
    decision = ask(who, "case.decide", case)
    may_judge = may(who, "member.judge")
    keys = _keys(file, act, may_judge)
    if act not in {key.act for key in keys}:
        act = ""
    body = reported.body if reported is not None else ""
    is_same = reported is None or post is None or reported.body == post.body
    html = post.html if is_same and post is not None else render(body, prefix="reported").html
    if post is None and file.person is not None and reported is None:
        html = file.person.about_html
    return {
        "file": file,
        "case": case,
        "accused": as_markup(html),
        "changes": [] if is_same or post is None else [(row.kind, row.parts) for row in compare(body, post.body)],
        "due": due_text(case.due_at) if case.is_open else "",
        "keys": keys,
        "choosing": _choosing(file, act, form, who) if act and decision else None,
        "may_decide": bool(decision),
        "may_judge": may_judge,
        "why_not": "" if decision or not case.is_open else sentence(decision.error()),
        "may_claim": case.owner_id is None and may(who, "case.claim", case),
        "may_release": case.owner_id is not None and may(who, "case.release", case),
        "may_reverse": may(who, "decision.reverse", case),
        "reversal": ReversalForm(formdata=None),
        "done_text": done_text,
        "has_it": case.owner_id is not None and case.owner_id == who.id,
    }


def _case_page(
    case_id: int, status: int = 200, form: DecisionForm | None = None, reversal: ReversalForm | None = None
) -> Response:
    who = actor()
    file = queries.case_file(who, case_id)
    act = (form.act.data or "") if form is not None else request.args.get("act", "")
    values = _case_values(who, file, form, act)
    if reversal is not None:
        values["reversal"] = reversal
    return page("moderation/desk.html", status, **_list_values(who, _view())[1], **values, is_open=True)


@bp.get("/cases/<int:case_id>")
@signed_in
def show(case_id: int) -> AnyResponse:
    return _case_page(case_id)


def _back(case_id: int) -> AnyResponse:
    return redirect(_address(case_id, _view()), 303)


@bp.post("/cases/<int:case_id>/claim")
@signed_in
def claim(case_id: int) -> AnyResponse:
    with transaction(actor()) as who:
        actions.claim(who, queries.get_case(who, case_id, lock=True))
    return _back(case_id)


@bp.post("/cases/<int:case_id>/release")
@signed_in
def release(case_id: int) -> AnyResponse:
    with transaction(actor()) as who:
        actions.release(who, queries.get_case(who, case_id, lock=True))
    return _back(case_id)


@bp.post("/cases/<int:case_id>/preview")
@signed_in
def preview(case_id: int) -> AnyResponse:
    """The letter as it would be sent; nothing is decided."""
    form = DecisionForm()
    if not wants_json():
        return _case_page(case_id, form=form)
    who = actor()
    file = queries.case_file(who, case_id)
    require(who, "case.decide", file.case)
    return jsonify(letter=_choosing(file, form.act.data or "", form, who).letter)


def _shuts_out(**_case: int) -> bool:
    """Whether nobody takes part after this decision, as after a suspension in the administration."""
    return request.form.get("act") not in {"no_action", "remove", "remove_warn", "silence"}


@bp.post("/cases/<int:case_id>/decide")
@signed_in
@recently_proved_where(_shuts_out)
def decide(case_id: int) -> AnyResponse:
    form = DecisionForm()
    draft = DecisionDraft(
        act=form.act.data or "",
        rule_id=form.rule.data,
        reason=form.reason.data or "",
        days=number_or_none(form.days.data),
        removes_post=bool(form.removes_post.data),
        pictures=form.pictures.data or (),
    )
    try:
        with transaction(actor()) as who:
            case = queries.get_case(who, case_id, lock=True)
            actions.decide(who, case, draft)
    except Invalid as error:
        form.refuse(error)
        return _case_page(case_id, 400, form)
    said = done_text(draft.act, case.post_id is not None)
    flash(_("Case %(number)s is decided: %(decision)s.", number=case.number, decision=said))
    following = queries.next_case(actor())
    return redirect(f"/moderation/cases/{following}" if following is not None else "/moderation", 303)


@bp.post("/decisions/<int:decision_id>/reverse")
@signed_in
@recently_proved
def reverse(decision_id: int) -> AnyResponse:
    form = ReversalForm()
    case = queries.case_of_decision(actor(), decision_id)
    try:
        with transaction(actor()) as who:
            case = queries.case_of_decision(who, decision_id, lock=True)
            actions.reverse(who, case, decision_id, form.reason.data or "")
    except Invalid as error:
        form.refuse(error)
        return _case_page(case.id, 400, reversal=form)
    flash(_("The decision is undone. Those concerned are told."))
    return redirect(f"/moderation/cases/{case.id}?view=decided", 303)
