"""The crawl is only worth what is hidden in its world: a mark in every text that anybody wrote."""

from django.apps import apps

from tests.proofs.crawl.fields import NOBODYS, WRITTEN_BY, written
from tests.proofs.crawl.reading import unpacked


def test_every_column_with_words_holds_a_mark_of_its_owner(world):
    without = []
    for name, model, column, owner in written():
        rows = getattr(model, "unscoped", model._base_manager).values_list(column, flat=True)
        texts = (text for each in rows if each for text in unpacked(_bytes(each)))
        owners = {found.owner for text in texts for found in world.canaries.found_in(text)}
        if owner not in owners:
            without.append(name)
    assert without == [], "hide a mark in these in tests/proofs/crawl/lives.py, or say why not in fields.py"


def test_each_exception_is_still_there():
    labels = {model._meta.label for model in apps.get_models()}
    assert set(NOBODYS) <= labels
    assert set(WRITTEN_BY) <= {name for name, *_ in written()}


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
