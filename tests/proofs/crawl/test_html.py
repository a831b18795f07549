"""Every page is HTML as the standard has it: the Nu checker of the W3C and the WHATWG finds no error."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proofs import PROVING, report
from tests.proofs.crawl.addresses import routes
from tests.proofs.crawl.questions import is_paper
from tests.proofs.crawl.world import FULL, NDG, NONE, NOWHERE, SERVICE, STARTED

pytestmark = pytest.mark.xdist_group("crawl")
CHECKER = Path(__file__).parents[3] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
BRIEF = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # for a few seconds of work: half the time, the same words
TOLD_OF = ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS")  # Java says so among the checker's words
WHO = [
    (FULL, "administrator"),
    (NDG, NDG),
    (SERVICE, SERVICE),
    (NOWHERE, "visitor"),
    (NONE, "administrator"),
    (STARTED, "contributor"),
    (FULL, "viewer"),
]


# The roles that a table's parts have anyway, said once more: narrow screens lay tables out as blocks, and some readers
# then take them for no tables. The checker holds that to be superfluous; for whom it is not, it is all there is.
CHOSEN = re.compile(r"The “role” attribute must not be used on a “t[rdh]” element which has a “table” ancestor")


def pages(crawl, addresses) -> Iterator[tuple[str, bytes]]:
    """(what it is, its bytes) of each page there is, with what stands in it, with nothing, and with errors."""
    twins: set[int] = set()
    for who in WHO if PROVING else WHO[:4]:
        place = who[0] if who[0] in crawl.world.organisations else FULL
        for route in (each for each in routes() if not is_paper(each)):
            path = addresses.of(route, place)[0].path
            for method in ("GET", "POST"):
                response = crawl.ask(crawl.world.viewers[who], method, path, route)
                known, twin = response.status_code in twins, response.status_code in (403, 404, 405)
                if _is_page(response) and not (known and twin):
                    twins.add(response.status_code)
                    yield f"{' of '.join(who)} {method} {route} {response.status_code}", response.content


def _is_page(response) -> bool:
    return response.get("Content-Type", "").startswith("text/html") and not response.streaming and response.content


def checked(folder: Path) -> list[dict[str, str]]:
    """The errors in a folder's pages: each its address and words."""
    command = ["java", *BRIEF, "-Xss2m", "-jar", str(CHECKER), "--format", "json", "--errors-only", str(folder)]
    env = {name: value for name, value in os.environ.items() if name not in TOLD_OF}
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=False, env=env).stderr)["messages"]


def test_every_page_is_html_as_the_standard_has_it(crawl, addresses, tmp_path):
    names = {}
    for n, (what, content) in enumerate(pages(crawl, addresses)):
        names[f"{n}.html"] = what
        (tmp_path / f"{n}.html").write_bytes(content)
    found = sorted({f"{names[Path(each['url']).name]}: {each['message']}" for each in checked(tmp_path)})
    errors = [each for each in found if not CHOSEN.search(each)]
    told = f"{len(names)} pages by the Nu checker, {len(errors)} errors, {len(found) - len(errors)} of the kind chosen"
    report("HTML as the standard has it", told)
    assert errors == []


def test_the_checker_finds_what_is_wrong(tmp_path):
    (tmp_path / "wrong.html").write_text("<!doctype html><html lang='en'><title>x</title><p><div></p>", "utf-8")
    assert checked(tmp_path)
