"""How long each record stays is said for every table there is."""

import re
from pathlib import Path

from django.apps import apps

PRIVACY = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")


def test_every_table_says_how_long_its_rows_stay():
    said = set(re.findall(r"`([a-z]+_[a-z_]+)`", PRIVACY.partition("## How long")[2].partition("\nLogs:")[0]))
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables - said == set(), "a table without its line in docs/privacy.md"
    assert {each for each in said - tables if each.startswith("records_")} == set(), "a line for no table"
