"""Which columns hold what somebody wrote, and which are known to hold none of it, with the reason."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tests.proofs.crawl.world import FULL, NDG

TEXT = (models.CharField, models.TextField, models.BinaryField, models.JSONField, models.FileField)
# Tables that no organisation has rows of.
NOBODYS = {
    "auth.Group": "the framework's groups, which nothing here uses",
    "auth.Permission": "the framework's rights, which nothing here uses",
    "contenttypes.ContentType": "the names of tables",
    "sessions.Session": "sealed, and found by a key that only its browser has",
    "socialaccount.SocialApp": "never a row: the identity service is named in settings",
    "socialaccount.SocialToken": "never a row: no token of the identity service is kept",
    "records.Demonstration": "two instants",
    "records.RollUp": "counts of a whole kind and region",
    "records.Turnout": "counts of a whole kind and region",
    "records.PeerFigures": "coarsened figures of a whole kind: tests/proofs of inference are about them",
    "records.Tries": "digests and instants",
}
# Columns whose words are ours: codes of lists, digests, keys that mean nothing.
OURS = {
    "year": "a year",
    "stage": "one of three",
    "stage_reached": "one of three",
    "kind": "a code of the framework",
    "framework_code": "a code of the framework",
    "requirement": "a code of the framework",
    "requirements": "codes of the framework",
    "criterion": "a code of the framework",
    "ticks": "codes of the framework",
    "status": "one of five",
    "post": "one of four",
    "role": "one of four",
    "rule": "one of three",
    "what": "one of five",
    "type": "one of three",
    "provider": "the identity service's key in settings",
    "form": "the name of a form",
    "renderer": "the name and version of a program",
    "event": "one of the trail's verbs",
    "digest": "a digest",
    "sha256": "a digest",
    "hash": "a digest",
    "previous": "a digest",
    "password": "a hash",
    "begins": "how a secret begins that its owner alone was told",
    "extra_data": "always empty: nothing that the identity service tells is kept",
    "key": "the one-time key of a form: chance",
}
# Written by others than the trust that has everything.
WRITTEN_BY = {
    "records.RequestedFile.failed": NDG,
    "records.RequestedFile.name": NDG,
    "records.RequestedFile.content": NDG,
    "records.SavedView.name": NDG,
    "records.SavedView.note": NDG,
    "records.SavedView.query": NDG,
}


def written() -> Iterator[tuple[str, type[models.Model], str, str]]:
    """(its name, the table, the column, whose mark must stand in it) of every column that somebody's words are in."""
    for model in apps.get_models():
        if model._meta.label in NOBODYS:
            continue
        for column in model._meta.concrete_fields:
            if isinstance(column, TEXT) and column.name not in OURS:
                name = f"{model._meta.label}.{column.name}"
                yield name, model, column.name, WRITTEN_BY.get(name, FULL)
