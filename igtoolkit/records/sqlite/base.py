"""Django's SQLite, without its CHECK that a JSON column holds JSON: `trusted_schema=OFF` refuses JSON_VALID there.

The columns are the sign-in library's, who alone writes them, and nothing asks for what is inside them.
"""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    data_type_check_constraints = {
        kind: check for kind, check in base.DatabaseWrapper.data_type_check_constraints.items() if kind != "JSONField"
    }
