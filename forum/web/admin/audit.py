"""The audit log: found by who, act, target and time, and each entry in full."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlencode

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from forum.community import queries
from forum.community.queries import AuditRow, SoughtEntries
from forum.core.errors import Invalid, NotFound
from forum.core.paging import Page
from forum.http.forms import number_or_none
from forum.http.plain import one_line
from forum.http.reasons import sentence
from forum.http.viewer import actor
from forum.members import queries as members
from forum.moderation import queries as moderation
from forum.threads import queries as threads
from forum.web.admin.acts import ACTS, KINDS, act_name, kind_name, target_address
from forum.web.admin.changes import changes, in_full
from forum.web.admin.days import beginning_of
from forum.web.admin.frame import admin_page, bp

MOST_TYPED = 254
_ENDS = {"member": "member.refuse", "group": "group.delete", "category": "category.delete"}
"""By kind what ends one of that kind; the entry keeps the name."""
_FILTERS = ("who", "act", "kind", "of", "from", "until")


def _asked() -> dict[str, str]:
    """What the address says about which entries to look for; empty parts are left out."""
    said = {name: one_line(request.args.get(name, ""), MOST_TYPED) for name in _FILTERS}
    return {name: value for name, value in said.items() if value}


def _who(name: str) -> tuple[int | None, str]:
    """Whose acts are meant: a member's, by any name they have or had; else whoever was written so then."""
    name = name.removeprefix("@")
    found = members.find_account(name) if name else None
    return (found.id, "") if found is not None else (None, name)


def _target(kind: str, said: str) -> int | None:
    """The id of what is meant by a number or a name: of what there is, else of what was ended under that name. Raises
    Invalid for what there never was."""
    if not said:
        return None
    if not kind:
        raise Invalid("choose-kind", "kind")
    found: int | None = None
    if kind == "member":
        said = said.removeprefix("@")
        account = members.find_account(said)
        found = account.id if account is not None else None
    elif kind == "group":
        named = (one.id for one in members.groups() if one.name.casefold() == said.casefold())
        found = next(named, None)
    elif kind == "category":
        same = (one.id for one in threads.categories(actor()) if said.casefold() in (one.slug, one.name.casefold()))
        found = next(same, None)
    if found is None and kind in _ENDS:
        found = queries.ended_under(actor(), _ENDS[kind], said)
    if found is None:
        found = number_or_none(said.removeprefix("#"))
    if found is None:
        raise Invalid("no-such-target", "of")
    return found


def cases_of(member_id: int) -> tuple[str, Sequence[int]] | None:
    """What entries may be about besides a member to be about them: the newest cases that are about them, if any."""
    cases = moderation.newest_cases(actor(), member_id)
    return ("case", cases) if cases else None


def _sought(asked: Mapping[str, str]) -> SoughtEntries:
    """Which entries the address asks for. Raises Invalid beside a field, NotFound for a choice that can't be."""
    act, kind = asked.get("act", ""), asked.get("kind", "")
    if (act and act not in ACTS) or (kind and kind not in KINDS):
        raise NotFound
    actor_id, name = _who(asked.get("who", ""))
    until = beginning_of(asked.get("until", ""), "until")
    target_id = _target(kind, asked.get("of", ""))
    return SoughtEntries(
        actor_id=actor_id,
        name=name,
        act=act,
        target_kind=kind,
        target_id=target_id,
        also=cases_of(target_id) if kind == "member" and target_id is not None else None,
        since=beginning_of(asked.get("from", ""), "from"),
        before=until + timedelta(days=1) if until is not None else None,
    )


def _address(asked: Mapping[str, str], **more: str) -> str:
    said = urlencode({**asked, **more})
    return f"/admin/audit?{said}" if said else "/admin/audit"


def _by_words(named: Mapping[str, object]) -> list[tuple[str, str]]:
    return sorted(((value, str(words)) for value, words in named.items()), key=lambda one: one[1].casefold())


@bp.get("/audit")
def audit() -> AnyResponse:
    asked, before, status, errors = _asked(), request.args.get("before"), 200, {}
    found: Page[AuditRow]
    try:
        found = queries.audit_log(actor(), _sought(asked), before)
    except Invalid as error:
        errors, status = {error.field: sentence(error)}, 400
        found = Page(())
    return admin_page(
        "admin/audit.html",
        "audit",
        status,
        rows=[(row, changes(row.before, row.after)) for row in found.rows],
        asked=asked,
        errors=errors,
        acts=_by_words(ACTS),
        kinds=_by_words(KINDS),
        act_name=act_name,
        kind_name=kind_name,
        first=_address(asked) if before else None,
        more=_address(asked, before=found.older) if found.older else None,
    )


@bp.get("/audit/<int:entry_id>")
def audit_entry(entry_id: int) -> AnyResponse:
    found = queries.audit_entry(actor(), entry_id)
    entry = found.entry
    return admin_page(
        "admin/audit_entry.html",
        "audit",
        found=found,
        row=entry,
        changes=in_full(entry.before, entry.after),
        act=act_name(entry.act),
        kind=kind_name(entry.target_kind),
        address=target_address(entry.target_kind, entry.target_id),
    )
