"""Changes that change nothing anybody can see, each with its reason."""

ALIKE: dict[str, str] = {}
