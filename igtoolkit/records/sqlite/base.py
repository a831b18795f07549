"""Django's SQLite, in which writers wait in turn, and without its CHECK that a JSON column holds JSON.

`trusted_schema=OFF` refuses JSON_VALID there. The columns are the sign-in library's, who alone writes them, and nothing
asks for what is inside them.
"""

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from igtoolkit.records.sqlite.turns import AT_MOST, Turns, turns_at


class DatabaseWrapper(base.DatabaseWrapper):
    data_type_check_constraints = {
        kind: check for kind, check in base.DatabaseWrapper.data_type_check_constraints.items() if kind != "JSONField"
    }
    turn: Turns | None = None

    def _start_transaction_under_autocommit(self) -> None:
        """Every transaction writes (`transaction_mode=IMMEDIATE`), so each begins when it is its turn."""
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self._give_turn()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._give_turn()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._give_turn()

    def _take_turn(self) -> None:
        if self.turn is not None or self.is_in_memory_db():
            return
        try:
            turns = turns_at(str(self.settings_dict["NAME"]))
        except OSError:
            return  # a folder that takes no file: SQLite says what is wrong, or only reads
        if not turns.take(self.settings_dict["OPTIONS"].get("timeout", AT_MOST)):
            raise OperationalError("database is locked")
        self.turn = turns

    def _give_turn(self) -> None:
        turn, self.turn = self.turn, None
        if turn is not None:
            turn.give()
