"""Every way round the guard on tenant rows that Django offers: closed, or counted and known."""

import ast
import re
from collections import Counter

import pytest
from django.apps import apps

from igtoolkit.records.guarding import Tenant, Unscoped
from igtoolkit.records.models import Organisation
from tests.access.test_fences import AROUND_THE_GUARD, modules

# Reaching further on PostgreSQL than the person may: for a query (raised) or a moment (reaching).
REACHING = {
    "access/comparing.py": 2,
    "access/scope.py": 5,
    "access/trail.py": 2,
    "actions/inviting.py": 1,
    "actions/reading.py": 1,
    "actions/withheld.py": 1,
    "reports/checking.py": 2,
    "reports/reviews.py": 1,
}
# SQL of our own. Each is a lock, a look at the catalogue or at what a transaction is, and none reads a tenant's row.
CURSORS = {
    "access/reach.py",
    "access/trail.py",
    "api/health.py",
    "config/holding.py",
    "config/patience.py",
    "records/rows.py",
    "records/triggers.py",
    "reports/verify.py",
}
# Queries that begin in scope and go on from there, from a submission to what is its own.
JOINED = {"reports/national.py": 3, "reports/national_rows.py": 2, "web/pages/plans.py": 1}
TENANTS_OF_OTHERS = re.compile(
    r"(^|__)(submissions|assessments|events|support_accesses|answers|performance|plans|documents|second_looks)__"
)
# What leads to an organisation and is nobody's secret from it; docs/decisions/access.md gives the reasons.
NOT_TENANTS = {
    "Organisation",  # the register is public
    "Registration",
    "FormerCode",
    "Succession",
    "Person",  # signing in comes before anything is known of anybody; scope.people is whom one manages
}


def test_reaching_further_is_counted():
    found = Counter(
        name
        for name, tree in modules()
        if name != "access/reach.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and (node.func.id, len(node.args)) in {("raised", 2), ("reaching", 1)}
    )
    assert found == REACHING


def test_only_the_gate_says_for_whom_a_connection_asks():
    taken = {
        name: {each.name for each in node.names} - {"raised", "reaching"}
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "igtoolkit.access.reach"
    }
    assert {name: names for name, names in taken.items() if names} == {
        "access/gate.py": {"asking_for"},
        "config/wsgi.py": {"nobody_unless_told"},
        "web/views/trail.py": {"asking_for"},  # a long file, written while it is sent: after the gate is left
    }


def test_sql_of_our_own_is_known():
    found = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"cursor", "chunked_cursor"}
    }
    assert found == CURSORS


def test_no_name_of_a_way_round_is_hidden_in_a_string():
    found = [
        f"{name}: {text}"
        for name, text, _ in _texts()
        if text in AROUND_THE_GUARD - {"raw", "extra"} and not name.startswith("access/")
    ]
    assert found == []


def test_no_query_joins_tenant_rows_but_from_scope():
    found = Counter(
        name
        for name, text, _ in _texts()
        if TENANTS_OF_OTHERS.search(text) and not name.startswith(("access/", "records/"))
    )
    assert found == JOINED


def _texts():
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield name, node.value, node
            elif isinstance(node, ast.keyword) and node.arg:
                yield name, node.arg, node


def test_every_model_that_leads_to_an_organisation_is_a_tenants():
    ours = apps.get_app_config("records").get_models()
    leading = {each for each in ours if _leads(each)}
    assert {each.__name__ for each in leading if not issubclass(each, Tenant)} == NOT_TENANTS


def _leads(model, past=frozenset()) -> bool:
    """Through its keys to the organisation it is about; a key to a person says who did something, and leads nowhere."""
    keys = [each.related_model for each in model._meta.concrete_fields if each.is_relation]
    named = {each for each in keys if each.__name__ != "Person" and each not in past}
    return model is Organisation or any(_leads(each, past | {model}) for each in named)


@pytest.mark.parametrize("model", Tenant.__subclasses__(), ids=lambda each: each.__name__)
@pytest.mark.parametrize(
    "way", ["all", "count", "first", "exists", "values", "iterator", "none", "get", "in_bulk", "create"]
)
def test_an_open_query_is_refused_however_it_is_asked(model, way):
    with pytest.raises(Unscoped):
        getattr(model.objects, way)()
