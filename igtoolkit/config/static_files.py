"""Styles and scripts under names that change with their content, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Hashed(CompressedManifestStaticFilesStorage):
    """Also renames the modules that our scripts import from each other."""

    support_js_module_import_aggregation = True
