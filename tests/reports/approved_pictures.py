"""Pictures of papers, compared with those that somebody looked at and approved.

`python -m tests.reports.approved_pictures` draws the board report's again and approves them: look at them first.
"""

import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parents[2]
APPROVED = Path(__file__).with_name("approved")
NEW = ROOT / "var" / "pictures"
APPROVE = "python -m tests.reports.approved_pictures"
FAINT = 96  # of 255 shades: less is how one version of a rasteriser draws an edge, and another does not
FEW = 40  # pixels that may differ by more: a letter has as many


def drawn(pdf: bytes, *, dpi: int = 60) -> Image.Image:
    """The first page in shades of grey."""
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-png", "-singlefile", "-"]
    made = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return Image.open(BytesIO(made.stdout)).convert("L")


def differing(one: Image.Image, other: Image.Image) -> int:
    """How many pixels differ plainly; all of them where the sizes do."""
    if one.size != other.size:
        return max(one.width * one.height, other.width * other.height)
    return sum(ImageChops.difference(one, other).histogram()[FAINT:])


def check(name: str, pdf: bytes) -> None:
    """Fail where the paper does not look as approved; says where its new picture is."""
    now, approved = drawn(pdf), APPROVED / f"{name}.png"
    found = differing(now, Image.open(approved)) if approved.exists() else -1
    if 0 <= found <= FEW:
        return
    NEW.mkdir(parents=True, exist_ok=True)
    now.save(NEW / f"{name}.png")
    told = f"differs from {approved} in {found} pixels" if found > 0 else f"has no approved picture at {approved}"
    raise AssertionError(f"{name} {told}. Look at {NEW / f'{name}.png'}; if it is right, run `{APPROVE}`.")


def approve() -> None:
    """Draw and keep each picture of the board report."""
    from tests.reports.test_board_pictures import PICTURED, paper

    APPROVED.mkdir(exist_ok=True)
    for name in PICTURED:
        drawn(paper(name)).save(APPROVED / f"board-{name}.png", optimize=True)


if __name__ == "__main__":
    approve()
