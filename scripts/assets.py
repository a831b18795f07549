"""Copy the styles, scripts and fonts that the service serves out of the locked npm packages.

Run by `make` after `npm ci`. Three edits to the NHS.UK stylesheet, each for a reason:
the licensed Frutiger font faces go (they point at an outside host and may not be used outside the
NHS), source-map comments go (the maps are not shipped and the static manifest would look for
them), and asset addresses become relative (so that the manifest can give them hashed names).
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
STATIC = ROOT / "igtoolkit" / "web" / "static" / "vendor"
PDF_FONTS = ROOT / "igtoolkit" / "reports" / "pdf" / "fonts"

INTER = PACKAGES / "@expo-google-fonts" / "inter"
DEJAVU = PACKAGES / "dejavu-fonts-ttf"
FONTS = [
    INTER / "400Regular" / "Inter_400Regular.ttf",
    INTER / "500Medium" / "Inter_500Medium.ttf",
    INTER / "600SemiBold" / "Inter_600SemiBold.ttf",
    INTER / "700Bold" / "Inter_700Bold.ttf",
    DEJAVU / "ttf" / "DejaVuSans.ttf",
    DEJAVU / "ttf" / "DejaVuSans-Bold.ttf",
]
LICENCES = {"Inter-LICENCE.txt": INTER / "LICENSE_FONT", "DejaVu-LICENCE.txt": DEJAVU / "LICENSE"}


def stylesheet(source: str) -> str:
    """The NHS.UK stylesheet without outside fonts, source maps and rooted addresses."""
    source = re.sub(r"@font-face\s*\{[^}]*\}", "", source)
    source = re.sub(r'"?Frutiger W01"?\s*,\s*', "", source)
    source = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", source)
    return re.sub(r"url\((['\"]?)/assets/", r"url(\1assets/", source)


def script(source: str) -> str:
    return re.sub(r"//# sourceMappingURL=.*", "", source)


def main() -> None:
    nhsuk = PACKAGES / "nhsuk-frontend" / "dist" / "nhsuk"
    shutil.rmtree(STATIC, ignore_errors=True)
    STATIC.mkdir(parents=True)
    css = stylesheet((nhsuk / "nhsuk-frontend.min.css").read_text("utf-8"))
    if "frutiger" in css.lower() or re.search(r"url\(['\"]?https?:", css):
        raise SystemExit("assets: the stylesheet still names an outside host or font")
    (STATIC / "nhsuk-frontend.css").write_text(css, "utf-8")
    (STATIC / "nhsuk-frontend.js").write_text(script((nhsuk / "nhsuk-frontend.min.js").read_text("utf-8")), "utf-8")
    shutil.copytree(nhsuk / "assets", STATIC / "assets", ignore=shutil.ignore_patterns("logos", "*.map"))
    shutil.rmtree(PDF_FONTS, ignore_errors=True)
    PDF_FONTS.mkdir(parents=True)
    for font in FONTS:
        shutil.copy(font, PDF_FONTS / font.name)
    for name, licence in LICENCES.items():
        shutil.copy(licence, PDF_FONTS / name)


if __name__ == "__main__":
    main()
