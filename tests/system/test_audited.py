"""Every form of the administration that changes something leaves an entry in the audit log, with what was before."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

import sqlalchemy as sa
from PIL import Image

from forum.community import actions as community
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.ideas import queries as ideas
from tests.factories.visitor import Visitor
from tests.system.conftest import Stage
from tests.system.routes import ROWS, Row
from tests.system.test_routes import on_engines

DONE = (200, 201, 303)
CHANGES_NOTHING = {
    "/admin/mails/decision/send": "a sample to one's own address",
    "/admin/mails/try": "a mail to one's own address, to see whether mail works",
    "/admin/providers/{provider}/try": "a question to the provider, to see whether it answers",
    "/admin/providers/only": "refused to whom a password let in: tests/web/test_admin_providers.py",
}
"""What needs no entry, and why."""

BEGINS = ("create", "make", "add", "invite", "write", "look", "area-create", "status-create")
ENDS = ("remove", "delete", "refuse", "dismiss", "area-delete", "status-delete")
"""The last word of acts before which there is nothing, and after which there is nothing."""

WITHOUT_BEFORE = {"member.email"}
"""Acts on what doesn't stand in the log, since nobody could take it out again: addresses (decision 32)."""


Sent = tuple[str, dict[str, Any]]
"""An address, and what its form holds."""


def _logo(stage: Stage, admin: Visitor) -> Sent:
    drawn = BytesIO()
    Image.new("RGB", (300, 100), "teal").save(drawn, "PNG")
    drawn.seek(0)
    return "/admin/logo", {"light": (drawn, "logo.png")}


def _owner(stage: Stage, admin: Visitor) -> Sent:
    address = stage.world.address("/admin/groups/{testers}/owners/{tester_id}")
    admin.post(f"{address}/remove")
    return address, {}


def _fields(stage: Stage, admin: Visitor) -> Sent:
    return "/admin/members/{member_id}/fields", {stage.world.address("field_{contract_field}"): "1"}


def _unsuspended(stage: Stage, admin: Visitor) -> Sent:
    why = {"rule": stage.world.address("{rule}"), "reason": "Advertising in every thread."}
    admin.post(stage.world.address("/admin/members/{member_id}/suspend"), **why)
    return "/admin/members/{member_id}/unsuspend", {"reason": "It was somebody else."}


def _all_ways(stage: Stage, admin: Visitor) -> Sent:
    with transaction(stage.world.members["admin"]) as actor:
        community.set_sso_only(actor, is_on=True)
    return "/admin/providers/only/off", {}


def _status(stage: Stage, admin: Visitor) -> Sent:
    admin.post("/admin/statuses/new", name_en="On hold", stage="under review")
    return f"/admin/statuses/{ideas.get_status(stage.world.members['admin'], 'on-hold').id}/delete", {}


DIFFERENTLY: Mapping[str, Callable[[Stage, Visitor], Sent]] = {
    "/admin/logo": _logo,
    "/admin/groups/{testers}/owners/{tester_id}": _owner,
    "/admin/members/{member_id}/fields": _fields,
    "/admin/members/{banned_id}/unsuspend": _unsuspended,
    "/admin/providers/only/off": _all_ways,
    "/admin/statuses/{status_id}/delete": _status,
}
"""Where what the route table sends finds nothing to change: what is sent instead."""


def _as_in_table(stage: Stage, row: Row) -> Sent:
    return row.address, {key: stage.world.address(value) for key, value in (row.form or {}).items()} | row.files()


def _of_administration() -> Sequence[Row]:
    return [
        row
        for row in ROWS
        if row.method == "POST" and row.address.startswith("/admin") and row.expected["admin"] in DONE
    ]


def _entries(since: int) -> Sequence[Any]:
    wanted = sa.select(AuditEntry.act, AuditEntry.before, AuditEntry.after).where(AuditEntry.id > since)
    return db.session.execute(wanted.order_by(AuditEntry.id)).all()


def _wanting(entry: Any) -> str:
    """What an entry lacks."""
    last = entry.act.split(".")[-1]
    if not entry.before and last not in BEGINS and entry.act not in WITHOUT_BEFORE:
        return "before"
    if not entry.after and last not in ENDS:
        return "after"
    return "difference" if entry.before == entry.after else ""


@on_engines
def test_each_form_of_the_administration_leaves_an_entry_with_before_and_after(stage: Stage) -> None:
    silent, wanting = set(), {}
    for row in _of_administration():
        admin = Visitor(stage.app, stage.world.members["admin"])
        prepare = DIFFERENTLY.get(row.address)
        address, form = prepare(stage, admin) if prepare else _as_in_table(stage, row)
        last = db.session.scalar(sa.select(sa.func.max(AuditEntry.id))) or 0
        db.session.rollback()
        assert admin.post(stage.world.address(address), **form).status_code in DONE, row.name
        found = _entries(last)
        if not found:
            silent.add(row.address)
        wanting |= {f"{entry.act} of {row.name}": lack for entry in found if (lack := _wanting(entry))}
        stage.again()
    assert silent == set(CHANGES_NOTHING)
    assert wanting == {}
