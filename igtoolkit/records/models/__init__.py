"""The records, as one list."""

from igtoolkit.records.models.assessments import Answer, Assessment, Evidence, SeniorPerson
from igtoolkit.records.models.audit import AuditEvent
from igtoolkit.records.models.demonstration import Demonstration
from igtoolkit.records.models.organisations import Organisation, Registration
from igtoolkit.records.models.people import Person, Role
from igtoolkit.records.models.submissions import RecordedPerformance, RollUp, SecondLook, StoredDocument, Submission

__all__ = [
    "Answer",
    "Assessment",
    "AuditEvent",
    "Demonstration",
    "Evidence",
    "Organisation",
    "Person",
    "RecordedPerformance",
    "Registration",
    "Role",
    "RollUp",
    "SecondLook",
    "SeniorPerson",
    "StoredDocument",
    "Submission",
]
