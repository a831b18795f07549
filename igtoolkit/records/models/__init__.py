"""The records, as one list."""

from igtoolkit.records.models.answers import Answer, Evidence
from igtoolkit.records.models.assessments import Assessment, SeniorPerson
from igtoolkit.records.models.audit import AuditEvent
from igtoolkit.records.models.demonstration import Demonstration
from igtoolkit.records.models.desk import RequestedFile, SavedView
from igtoolkit.records.models.organisations import FormerCode, Organisation, Registration, Succession
from igtoolkit.records.models.people import Person, Role
from igtoolkit.records.models.plans import ImprovementPlan, PlanAction, Review
from igtoolkit.records.models.submissions import (
    Dismissal,
    PeerFigures,
    RecordedPerformance,
    RollUp,
    SecondLook,
    StoredDocument,
    Submission,
    Turnout,
)
from igtoolkit.records.models.support import SupportAccess
from igtoolkit.records.models.tokens import ApiToken
from igtoolkit.records.models.tries import Tries

__all__ = [
    "Answer",
    "ApiToken",
    "Assessment",
    "AuditEvent",
    "Demonstration",
    "Dismissal",
    "Evidence",
    "FormerCode",
    "ImprovementPlan",
    "Organisation",
    "PeerFigures",
    "Person",
    "PlanAction",
    "RecordedPerformance",
    "Registration",
    "RequestedFile",
    "Review",
    "Role",
    "RollUp",
    "SavedView",
    "SecondLook",
    "SeniorPerson",
    "StoredDocument",
    "Submission",
    "Succession",
    "SupportAccess",
    "Tries",
    "Turnout",
]
