"""The forms that set kinds: some rows of the page, or everything a spreadsheet would change."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from igtoolkit.actions.register.kind_files import Proposed
from igtoolkit.actions.register.kinds import Setting

PK = re.compile(r"[0-9]{1,18}")
FIELD = re.compile(rf"kind-({PK.pattern})")


@dataclass(frozen=True)
class KindsForm:
    """What was chosen: {registration pk: (kind, the kind seen)}, and where it is from."""

    chosen: Mapping[int, tuple[str, str]]
    source: str = ""

    @classmethod
    def posted(cls, post: Mapping[str, str]) -> "KindsForm":
        found = [(int(match[1]), name) for name in post if (match := FIELD.fullmatch(name))]
        chosen = {pk: (post[name].strip(), post.get(f"seen-{pk}", "").strip()) for pk, name in found}
        return cls(chosen, " ".join(post.get("source", "").split()))

    @property
    def settings(self) -> list[Setting]:
        """The kinds that were chosen to be others than those seen."""
        return [Setting(pk, kind, seen, self.source) for pk, (kind, seen) in self.chosen.items() if kind != seen]


def carried(proposed: Iterable[Proposed]) -> str:
    """What a preview hands on to its confirmation: a line for each change."""
    return "\n".join(
        "\t".join([str(each.registration.pk), each.kind, each.registration.kind, " ".join(each.source.split())])
        for each in proposed
    )


def handed_on(text: str) -> list[Setting]:
    """The changes that a confirmation hands back. Raises ValueError for anything but lines of `carried`."""
    found = []
    for line in text.splitlines():
        pk, kind, seen, source = line.split("\t")
        if not PK.fullmatch(pk):
            raise ValueError(f"{pk!a} is no registration.")
        found.append(Setting(int(pk), kind, seen, source))
    return found
