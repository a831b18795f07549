"""The records, as one list."""

from igtoolkit.records.models.assessments import Answer, Assessment, Evidence, SeniorPerson
from igtoolkit.records.models.audit import AuditEvent
from igtoolkit.records.models.demonstration import Demonstration
from igtoolkit.records.models.organisations import FormerCode, Organisation, Registration, Succession
from igtoolkit.records.models.people import Person, Role
from igtoolkit.records.models.plans import ImprovementPlan, PlanAction, Review
from igtoolkit.records.models.submissions import RecordedPerformance, RollUp, SecondLook, StoredDocument, Submission
from igtoolkit.records.models.tokens import ApiToken

__all__ = [
    "Answer",
    "ApiToken",
    "Assessment",
    "AuditEvent",
    "Demonstration",
    "Evidence",
    "FormerCode",
    "ImprovementPlan",
    "Organisation",
    "Person",
    "PlanAction",
    "RecordedPerformance",
    "Registration",
    "Review",
    "Role",
    "RollUp",
    "SecondLook",
    "SeniorPerson",
    "StoredDocument",
    "Submission",
    "Succession",
]
