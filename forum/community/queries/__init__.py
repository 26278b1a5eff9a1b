"""Reading the community: its row, own styles, legal texts, the worker's rows and the audit log."""

from forum.community.queries.audit import (
    AuditRow,
    FullEntry,
    SoughtEntries,
    audit_entry,
    audit_log,
    audit_of,
    ended_under,
)
from forum.community.queries.house import CommunityRow, current, own_style
from forum.community.queries.legal import (
    FullLegalVersion,
    LegalPage,
    LegalVersionRow,
    earlier_legal_page,
    earlier_legal_pages,
    legal_bodies,
    legal_history,
    legal_numbers,
    legal_page,
    legal_version,
)
from forum.community.queries.machinery import QUEUES, Work, WorkRow, dead_letter, failed_queue, work

__all__ = [
    "QUEUES",
    "AuditRow",
    "CommunityRow",
    "FullEntry",
    "FullLegalVersion",
    "LegalPage",
    "LegalVersionRow",
    "SoughtEntries",
    "Work",
    "WorkRow",
    "audit_entry",
    "audit_log",
    "audit_of",
    "current",
    "dead_letter",
    "earlier_legal_page",
    "earlier_legal_pages",
    "ended_under",
    "failed_queue",
    "legal_bodies",
    "legal_history",
    "legal_numbers",
    "legal_page",
    "legal_version",
    "own_style",
    "work",
]
