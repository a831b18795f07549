"""The Information Governance Toolkit: one record, every report."""

__version__ = "0.1.0"
