"""Telling the audit trail of a change, in the transaction of the change. How events are sealed: access/trail.py."""

from igtoolkit.access.trail import AT_ONCE, OPERATOR, Telling, audit, audit_many

__all__ = ["AT_ONCE", "OPERATOR", "Telling", "audit", "audit_many"]
