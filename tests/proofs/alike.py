"""Changes that change nothing anybody can see, each with its reason."""

ALIKE: dict[str, str] = {
    "scope.py: _corrected: without number__gt=1": (
        "a later one than another is not the first: said again so that the index of corrections alone is read"
    ),
    "addresses.py: addressed: without When(code=F('organisation__code'), then=F('code'))": (
        "the present code is the answer in the end too: asked first, it saves most rows the look for a holder"
    ),
}
