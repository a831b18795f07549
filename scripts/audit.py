"""What the service is made of, and whether anything in it is known to be unsafe: `make audit`.

Writes the lists of parts (CycloneDX) to dist/sbom-python.cdx.json and dist/sbom-npm.cdx.json, with licences.
Ends with 0 when all was asked and nothing found, 1 when something was found, 2 when an advisory service could not
be asked: not knowing is not the same as being well.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent.parent
OUT = HERE / "dist"
BIN = Path(sys.executable).parent
WELL, FOUND, NOT_ASKED = 0, 1, 2
LICENSED_AT_LEAST = 95  # percent of the parts
# Parts whose package says no licence, and what their own licence file says.
KNOWN_LICENCES = {"dejavu-fonts-ttf": "Bitstream-Vera AND LicenseRef-Public-Domain"}


def said(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """What a program of ours says."""
    return subprocess.run([str(each) for each in words], cwd=HERE, capture_output=True, text=True, check=False)


def python_advisories() -> tuple[int, str]:
    """Known holes in the locked Python packages."""
    quiet = ("--format", "json", "--progress-spinner", "off")
    answer = said(BIN / "pip-audit", "-r", "requirements.txt", "--require-hashes", "--disable-pip", *quiet)
    try:
        parts = json.loads(answer.stdout)["dependencies"]
    except (ValueError, KeyError):
        return NOT_ASKED, f"pip-audit gave no answer: {answer.stderr.strip()[-300:]}"
    holes = [f"{each['name']} {each['version']}: {hole['id']}" for each in parts for hole in each.get("vulns", ())]
    asked = [each for each in parts if "skip_reason" not in each]
    if holes:
        return FOUND, "; ".join(holes)
    if len(asked) < len(parts):
        return NOT_ASKED, f"{len(parts) - len(asked)} of {len(parts)} packages could not be asked about"
    return WELL, f"no known hole in {len(parts)} packages"


def npm_advisories() -> tuple[int, str]:
    """Known holes in the locked npm packages that are served."""
    answer = said("npm", "audit", "--omit=dev", "--json")
    try:
        counted = json.loads(answer.stdout)["metadata"]["vulnerabilities"]
    except (ValueError, KeyError):
        return NOT_ASKED, "the npm registry could not be asked"
    holes = counted["total"]
    return (FOUND, f"{holes} known holes") if holes else (WELL, "no known hole")


def code() -> tuple[int, str]:
    """What bandit finds in our own code: nothing of high severity. The rest is counted, and looked at in
    tests/access/test_allowed.py."""
    answer = said(BIN / "bandit", "-q", "-r", "igtoolkit", "scripts", "-f", "json")
    found = json.loads(answer.stdout)["results"]
    severe = [each for each in found if each["issue_severity"] == "HIGH"]
    high = [f"{each['filename']}:{each['line_number']} {each['test_id']}" for each in severe]
    return (FOUND, "; ".join(high)) if high else (WELL, f"none of high severity; {len(found)} lesser ones")


def python_parts() -> tuple[int, str]:
    """The list of the Python packages that the service runs with."""
    said(BIN / "cyclonedx-py", "environment", BIN.parent, "--of", "JSON", "-o", OUT / "all.json")
    told = json.loads((OUT / "all.json").read_text("utf-8"))
    (OUT / "all.json").unlink()
    locked = {plain(name) for name in re.findall(r"^([\w.-]+)==", (HERE / "requirements.txt").read_text("utf-8"), re.M)}
    told["components"] = [each for each in told["components"] if plain(each["name"]) in locked]
    kept = {each["bom-ref"] for each in told["components"]}
    told["dependencies"] = [
        {**each, "dependsOn": [one for one in each.get("dependsOn", ()) if one in kept]}
        for each in told.get("dependencies", ())
        if each["ref"] in kept
    ]
    return written("sbom-python.cdx.json", told)


def npm_parts() -> tuple[int, str]:
    """The list of the npm packages whose files the service serves."""
    answer = said("npm", "sbom", "--sbom-format", "cyclonedx", "--omit", "dev")
    return written("sbom-npm.cdx.json", json.loads(answer.stdout))


def written(name: str, told: dict[str, Any]) -> tuple[int, str]:
    """Write a list of parts; how many there are, and how many say their licence."""
    parts = told["components"]
    for each in parts:
        if not each.get("licenses") and each["name"] in KNOWN_LICENCES:
            each["licenses"] = [{"expression": KNOWN_LICENCES[each["name"]]}]
    (OUT / name).write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", "utf-8")
    licensed = sum(bool(each.get("licenses")) for each in parts)
    enough = parts and 100 * licensed >= LICENSED_AT_LEAST * len(parts)
    return WELL if enough else FOUND, f"{len(parts)} parts, {licensed} with their licence: dist/{name}"


def plain(name: str) -> str:
    """A package's name as all spellings of it agree."""
    return re.sub(r"[-_.]+", "-", name).lower()


ASKED: dict[str, Callable[[], tuple[int, str]]] = {
    "advisories, Python": python_advisories,
    "advisories, npm": npm_advisories,
    "our own code": code,
    "parts, Python": python_parts,
    "parts, npm": npm_parts,
}


def main() -> int:
    OUT.mkdir(exist_ok=True)
    worst = WELL
    for name, ask in ASKED.items():
        state, words = ask()
        worst = FOUND if FOUND in (worst, state) else max(worst, state)
        print(f"{('well', 'FOUND', 'NOT ASKED')[state]:10} {name}: {words}")
    return worst


if __name__ == "__main__":
    sys.exit(main())
