"""Which acts ask for the password once more, when whoever does them has proved longer ago to be the member: what takes
somebody's access away or gives any, can't be undone, or concerns how people get in (decision 41)."""

from datetime import timedelta

import pytest

from forum.core import clock
from tests.factories.visitor import Visitor
from tests.system.conftest import Stage
from tests.system.routes import ROWS, Row
from tests.system.test_routes import on_engines

ASKED = {
    # gives access or power, or takes it away
    "/admin/members/{member_id}/roles",
    "/admin/members/{member_id}/fields",
    "/admin/members/{member_id}/suspend",
    "/admin/members/{banned_id}/unsuspend",
    "/admin/members/{member_id}/sign-out",
    "/admin/members/{member_id}/sessions/{session_id}/sign-out",
    "/admin/groups/{testers}",
    "/admin/groups/{testers}/owners/{tester_id}",
    "/admin/groups/{testers}/owners/{tester_id}/remove",
    "/admin/categories/new",
    "/admin/categories/{category_id}",
    "/admin/categories/{category_id}/threads",
    "/admin/rules/new",
    "/moderation/cases/{case}/decide ban",
    "/moderation/cases/{case}/decide suspend",
    "/settings/tokens",
    # can't be undone
    "/admin/requests/act refuse",
    "/admin/requests/{waiting_id}/refuse",
    "/admin/groups/{testers}/delete",
    "/admin/categories/{category_id}/delete",
    "/admin/profile-fields/{bike_field}",
    "/admin/profile-fields/{bike_field}/delete",
    "/admin/areas/{area_id}/delete",
    "/admin/jobs/job/{job}/dismiss",
    "/admin/jobs/event/{event}/dismiss",
    "/moderation/decisions/{decision}/reverse",
    # how people get in
    "/admin/registration",
    "/admin/sign-in",
    "/admin/providers",
    "/admin/providers/{provider}",
    "/admin/providers/{provider}/remove",
    "/admin/providers/only",
    "/admin/providers/only/off",
    "/admin/invitations",
    "/admin/members/{unconfirmed_id}/confirm",
    "/admin/members/{member_id}/username",
    "/admin/members/{member_id}/email",
    "/admin/members/{product_id}/two-factor",
    "/settings/passkeys",
    "/settings/passkeys/{passkey}/remove",
    "/settings/providers/link",
    "/settings/providers/{identity}/unlink",
    "/settings/two-factor",
}
"""The addresses of the route table, with the act where the form names one. Putting into groups and taking out of them
asks where the group opens categories; that of the table opens none (tests/web/test_proving.py has one that does)."""


def _name(row: Row) -> str:
    return f"{row.address} {(row.form or {}).get('act', '')}".strip()


@on_engines
def test_the_acts_that_ask_for_the_password_are_those_of_the_list(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = set()
    for row in ROWS:
        if row.method != "POST":
            continue
        admin = Visitor(stage.app, stage.world.members["admin"])
        form = {name: stage.world.address(value) for name, value in (row.form or {}).items()}
        with monkeypatch.context() as patched:
            later = clock.now() + timedelta(minutes=20)
            patched.setattr(clock, "now", lambda later=later: later)
            answer = admin.post(stage.world.address(row.address), **form, **row.files())
        if 'id="prove"' in answer.text:
            asking.add(_name(row))
        else:
            stage.again()
    assert asking == ASKED
