"""Reading the community: its row, own styles, legal texts, the worker's rows and the audit log."""

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
from forum.community.queries.machinery import QUEUES, AuditRow, Work, WorkRow, audit_log, audit_of, work

__all__ = [
    "QUEUES",
    "AuditRow",
    "CommunityRow",
    "FullLegalVersion",
    "LegalPage",
    "LegalVersionRow",
    "Work",
    "WorkRow",
    "audit_log",
    "audit_of",
    "current",
    "earlier_legal_page",
    "earlier_legal_pages",
    "legal_bodies",
    "legal_history",
    "legal_numbers",
    "legal_page",
    "legal_version",
    "own_style",
    "work",
]
