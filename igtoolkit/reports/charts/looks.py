"""The colours, hatches and shapes of the charts: each told apart without its colour. The pages' own colours."""

from dataclasses import dataclass

INK = "#212b32"
QUIET = "#425563"
LINE = "#d8dde0"
PAPER = "#ffffff"
BLUE = "#005eb8"


@dataclass(frozen=True)
class Look:
    """How a mark is drawn. hatch: matplotlib's pattern, in `edge`. shape: matplotlib's marker, for dots."""

    fill: str
    edge: str
    width: float = 1.0
    hatch: str = ""
    shape: str = ""


MET = Look(fill="#00703c", edge="#00703c")
PARTLY = Look(fill="#fff3d1", edge="#8a5d00", hatch="////")
NOT = Look(fill=PAPER, edge="#a8160c", width=1.5)
BARS = {"met": MET, "partly_met": PARTLY, "not_met": NOT}

STAGES = {
    "baseline": Look(fill=PAPER, edge=QUIET, width=1.6, shape="o"),
    "update": Look(fill="#9cc4ea", edge="#0b4a8c", width=1.4, shape="D"),
    "final": Look(fill="#003087", edge="#003087", width=1.4, shape="s"),
}
DOT = Look(fill=BLUE, edge=BLUE, width=1.4, shape="o")
FEW = Look(fill=PAPER, edge=BLUE, width=1.6, shape="o")
DOTS = {"many": DOT, "few": FEW}
