"""Reading the community: its row, own styles, legal texts, the worker's rows and the audit log."""

from forum.community.queries.house import CommunityRow, current, own_style
from forum.community.queries.legal import LegalPage, legal_bodies, legal_page
from forum.community.queries.machinery import QUEUES, AuditRow, Work, WorkRow, audit_log, audit_of, work

__all__ = [
    "QUEUES",
    "AuditRow",
    "CommunityRow",
    "LegalPage",
    "Work",
    "WorkRow",
    "audit_log",
    "audit_of",
    "current",
    "legal_bodies",
    "legal_page",
    "own_style",
    "work",
]
