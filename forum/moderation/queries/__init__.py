"""Reading the desk: the queue, case files, reports, decisions."""

from forum.moderation.queries.cases import (
    View,
    case_of_decision,
    get_case,
    next_case,
    open_count,
    queue,
)
from forum.moderation.queries.decisions import (
    decision_for,
    draft_statement,
    reporters,
    statement,
    statement_for,
)
from forum.moderation.queries.files import case_file
from forum.moderation.queries.people import (
    PersonRecord,
    Suspension,
    bans_on,
    newest_cases,
    person_record,
    suspension_of,
)
from forum.moderation.queries.pictures import admit_to_face
from forum.moderation.queries.reports import (
    member_target,
    my_report,
    my_reports,
    open_report,
    post_target,
    reported_posts,
)
from forum.moderation.queries.rows import (
    CaseFile,
    CaseRow,
    DecisionRow,
    EvidenceRow,
    MyReport,
    PersonFile,
    QueueRow,
    ReportRow,
    Statement,
    Target,
    reference,
)

__all__ = [
    "CaseFile",
    "CaseRow",
    "DecisionRow",
    "EvidenceRow",
    "MyReport",
    "PersonFile",
    "PersonRecord",
    "QueueRow",
    "ReportRow",
    "Statement",
    "Suspension",
    "Target",
    "View",
    "admit_to_face",
    "bans_on",
    "case_file",
    "case_of_decision",
    "decision_for",
    "draft_statement",
    "get_case",
    "member_target",
    "my_report",
    "my_reports",
    "newest_cases",
    "next_case",
    "open_count",
    "open_report",
    "person_record",
    "post_target",
    "queue",
    "reference",
    "reported_posts",
    "reporters",
    "statement",
    "statement_for",
    "suspension_of",
]
