"""What happened at the desk."""

from dataclasses import dataclass

from forum.core.events import Event


@dataclass(frozen=True, slots=True)
class ReportMade(Event):
    """A member reported something; the report belongs to this case."""

    report_id: int
    case_id: int


@dataclass(frozen=True, slots=True)
class CaseDecided(Event):
    """A case was decided."""

    decision_id: int


@dataclass(frozen=True, slots=True)
class DecisionReversed(Event):
    """A decision was undone: what it removed is back, what it imposed is lifted."""

    decision_id: int
