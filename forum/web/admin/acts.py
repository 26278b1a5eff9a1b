"""The acts of the audit log and what they are done to, in the reader's words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

ACTS: Mapping[str, Any] = {
    "case.claim": _l("Case taken"),
    "case.decide": _l("Case decided"),
    "case.release": _l("Case given back"),
    "category.create": _l("Category made"),
    "category.delete": _l("Category deleted"),
    "category.grants": _l("Category: rights of groups"),
    "category.order": _l("Categories put in order"),
    "category.update": _l("Category changed"),
    "community.change": _l("Community: settings"),
    "community.import": _l("Archive imported"),
    "decision.reverse": _l("Decision undone"),
    "event.dismiss": _l("Failed event dismissed"),
    "event.try-again": _l("Failed event tried again"),
    "group.accept": _l("Group: request granted"),
    "group.add": _l("Group: member added"),
    "group.change": _l("Group changed"),
    "group.create": _l("Group made"),
    "group.delete": _l("Group deleted"),
    "group.invite": _l("Group: member invited"),
    "group.owner": _l("Group: owners"),
    "group.refuse": _l("Group: request declined"),
    "group.remove": _l("Group: member removed"),
    "group.uninvite": _l("Group: invitation withdrawn"),
    "idea.area": _l("Idea: product area"),
    "idea.area-create": _l("Product area made"),
    "idea.area-delete": _l("Product area deleted"),
    "idea.area-order": _l("Product areas put in order"),
    "idea.area-update": _l("Product area changed"),
    "idea.export": _l("Export of ideas"),
    "idea.export-again": _l("Export of ideas made again"),
    "idea.make": _l("Idea made of a post"),
    "idea.merge": _l("Idea merged into another"),
    "idea.note": _l("Idea: note of the team"),
    "idea.owner": _l("Idea: who looks after it"),
    "idea.status": _l("Idea: status and answer"),
    "idea.status-create": _l("Status of ideas made"),
    "idea.status-delete": _l("Status of ideas deleted"),
    "idea.status-order": _l("Statuses of ideas put in order"),
    "idea.status-update": _l("Status of ideas changed"),
    "idea.target": _l("Idea: target month"),
    "idea.unmerge": _l("Merge of ideas undone"),
    "invitation.make": _l("Invitation made"),
    "invitation.revoke": _l("Invitation withdrawn"),
    "invitation.use": _l("Invitation accepted"),
    "job.dismiss": _l("Failed job dismissed"),
    "job.try-again": _l("Failed job tried again"),
    "legal-text.change": _l("Legal text changed"),
    "member.approve": _l("Request to join granted"),
    "member.confirm": _l("Member: address confirmed by hand"),
    "member.create": _l("Member: account made"),
    "member.email": _l("Member: e-mail address"),
    "member.fields": _l("Member: what the team says"),
    "member.refuse": _l("Request to join declined"),
    "member.remind": _l("Member: reminded to confirm"),
    "member.rename": _l("Member: user name"),
    "member.reset-two-factor": _l("Member: second step reset"),
    "member.roles": _l("Member: roles"),
    "member.sign_out": _l("Member signed out"),
    "note.change": _l("Note about a member changed"),
    "note.delete": _l("Note about a member deleted"),
    "note.write": _l("Note about a member"),
    "post.edit": _l("Post of somebody else edited"),
    "profile_field.create": _l("Profile field made"),
    "profile_field.delete": _l("Profile field deleted"),
    "profile_field.order": _l("Profile fields put in order"),
    "profile_field.update": _l("Profile field changed"),
    "provider.change": _l("Sign-in provider changed"),
    "provider.create": _l("Sign-in provider made"),
    "provider.remove": _l("Sign-in provider removed"),
    "report.make": _l("Report made"),
    "rulebook.publish": _l("Rules published"),
    "setup.begin": _l("Setting up begun"),
    "setup.finish": _l("Setting up finished"),
    "site.look": _l("Site looked at as others see it"),
    "style.change": _l("Own styles changed"),
    "thread.close": _l("Thread closed"),
    "thread.move": _l("Thread moved"),
    "thread.pin": _l("Thread pinned"),
    "thread.rename": _l("Thread: title"),
    "thread.reopen": _l("Thread reopened"),
    "thread.solve": _l("Thread: solution marked"),
    "thread.tag": _l("Thread: tags"),
    "thread.unpin": _l("Thread no longer pinned"),
    "thread.unsolve": _l("Thread: solution withdrawn"),
    "token.make": _l("Personal token made"),
    "token.revoke": _l("Personal token revoked"),
}
"""Every act that is recorded; a test compares."""

KINDS: Mapping[str, Any] = {
    "api_token": _l("Personal token"),
    "area": _l("Product area"),
    "case": _l("Case"),
    "category": _l("Category"),
    "community": _l("Community"),
    "event": _l("Event of the worker"),
    "group": _l("Group"),
    "idea": _l("Idea"),
    "idea_export": _l("Export of ideas"),
    "invitation": _l("Invitation"),
    "job": _l("Job of the worker"),
    "member": _l("Member"),
    "post": lazy_ngettext("Post", "Posts", 1),
    "profile_field": _l("Profile field"),
    "provider": _l("Sign-in provider"),
    "rulebook": _l("Version of the rules"),
    "setup": _l("Setting up"),
    "status": _l("Status of ideas"),
    "thread": lazy_ngettext("Thread", "Threads", 1),
}
"""Every kind of target; a test compares."""

_PAGES = {
    "case": "/moderation/cases/{}",
    "category": "/admin/categories/{}",
    "group": "/admin/groups/{}",
    "idea": "/ideas/{}",
    "member": "/admin/members/{}",
    "post": "/p/{}",
    "thread": "/t/{}",
}


def act_name(act: str) -> str:
    """What an act is called; one that is no longer known, as it was recorded."""
    return str(ACTS.get(act, act))


def kind_name(kind: str) -> str:
    """What a kind of target is called."""
    return str(KINDS.get(kind, kind))


def target_address(kind: str, target_id: int | None) -> str:
    """Where a target is, if it has a page that everybody may open who reads the log; else empty."""
    return _PAGES[kind].format(target_id) if kind in _PAGES and target_id is not None else ""
