"""The names in the files that carry scores in and out. Source: docs/forms.md."""

LEVEL_COLUMNS = ("stage", "toolkit_version", "date", "requirement", "level")
ASSESSMENT_FORM = "igtoolkit-assessment-1"
