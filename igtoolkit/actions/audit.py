"""Telling the audit trail of a change, in the transaction of the change. How events are sealed: access/trail.py."""

from igtoolkit.access.trail import OPERATOR, Telling, audit, audit_many

__all__ = ["OPERATOR", "Telling", "audit", "audit_many"]
