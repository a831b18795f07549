"""How long each record stays, and how closely it is kept, is said for every table there is."""

import re
from pathlib import Path

from django.apps import apps

from igtoolkit.records.guarding import Tenant
from igtoolkit.records.rows import WALLS

PRIVACY = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")


def test_every_table_says_how_long_its_rows_stay():
    said = set(re.findall(r"`([a-z]+_[a-z_]+)`", PRIVACY.partition("## How long")[2].partition("\nLogs:")[0]))
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables - said == set(), "a table without its line in docs/privacy.md"
    assert {each for each in said - tables if each.startswith("records_")} == set(), "a line for no table"


def levels() -> dict[str, set[str]]:
    """{level: the tables on its line} of how closely each record is kept."""
    part = PRIVACY.partition("## How closely")[2].partition("## How long")[0]
    return {
        level: set(re.findall(r"`([a-z]+_[a-z_]+)`", tables))
        for level, tables in re.findall(r"^\| ([a-z ]+) \| ([^|]+) \|", part, re.M)
        if level != "level"
    }


def test_every_table_stands_on_one_level_of_protection():
    tables = [each for several in levels().values() for each in several]
    assert len(tables) == len(set(tables))
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert known <= set(tables), "a table without its level in docs/privacy.md"
    assert {each for each in set(tables) - known if each.startswith("records_")} == set(), "a level for no table"


def test_what_is_of_one_organisation_is_guarded_as_such_and_nothing_else_is():
    guarded = {model._meta.db_table for model in apps.get_models() if issubclass(model, Tenant)}
    assert levels()["of one organisation"] == guarded
    assert set(WALLS) == guarded
