"""The lists of parts that `make audit` writes name every part that is served or runs, with its licence."""

import json

from scripts import audit
from tests.config.test_parts import locked
from tests.proofs import full, report


def test_the_lists_of_parts_name_every_one_with_its_licence(tmp_path, monkeypatch):
    """In full the Python parts as well: looking through the whole environment takes half a minute."""
    monkeypatch.setattr(audit, "OUT", tmp_path)
    makers = full([audit.npm_parts], [audit.npm_parts, audit.python_parts])
    told = [make() for make in makers]
    assert [state for state, _ in told] == [audit.WELL] * len(makers), told
    report("parts", "; ".join(words for _, words in told))
    listed = tmp_path / "sbom-python.cdx.json"
    if listed.exists():
        parts = json.loads(listed.read_text("utf-8"))["components"]
        assert {audit.plain(each["name"]) for each in parts} == set(locked())
