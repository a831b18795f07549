"""The wheel: one file that runs from an empty folder."""

import os
import re
import shutil
import site
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener
from zipfile import ZipFile

import pytest

from scripts.with_postgresql import free_port

ROOT = Path(__file__).parents[2]
SOURCE = ["pyproject.toml", "README.md", "LICENSE", "requirements.in"]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
PATIENCE = 60  # seconds for the service to answer, on a machine that has much else to do
# `igtoolkit demo` with a nation of one trust.
SMALL_DEMO = """
from functools import partial
from igtoolkit.config.commands import igtoolkit, terminal
terminal.start()
from igtoolkit.config import demonstration
size = demonstration.Size(acute=1, mental_health=0, ambulance=0, practices=0)
demonstration.build = partial(demonstration.build, size=size)
igtoolkit(["demo"])
"""

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built from a copy of the sources, with nothing fetched."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in SOURCE:
        shutil.copy(ROOT / name, source / name)
    shutil.copytree(ROOT / "igtoolkit", source / "igtoolkit", ignore=shutil.ignore_patterns("__pycache__"))
    how = ["--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(built)]
    subprocess.run([*PIP, "wheel", *how, str(source)], check=True)
    return next(built.glob("igtoolkit-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The programs of a fresh environment that holds the wheel; what it needs is lent by this one."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    subprocess.run([*PIP, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)], check=True)
    packages = next((home / "lib").glob("python*/site-packages"))
    (packages / "lent.pth").write_text("\n".join(site.getsitepackages()), "utf-8")
    return home / "bin"


def environment() -> dict[str, str]:
    """As somebody has it who set nothing."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("IGTOOLKIT_", "DJANGO_", "PY"))}


@contextmanager
def served(program: Path, folder: Path) -> Iterator[str]:
    port = free_port()
    with (folder.parent / "served.log").open("w") as log:
        command = [program, "serve", "--port", str(port)]
        server = subprocess.Popen(command, cwd=folder, env=environment(), stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def answer(browser: OpenerDirector, address: str, form: dict[str, str] | None = None) -> bytes:
    """What the service answers, once it has started."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return browser.open(address, urlencode(form).encode() if form else None, timeout=PATIENCE).read()
        except URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError) or time.monotonic() > end:
                raise
            time.sleep(0.2)


def test_the_wheel_carries_frameworks_pages_styles_and_fonts_and_no_tests(wheel):
    names = set(ZipFile(wheel).namelist())
    assert {
        "igtoolkit/frameworks/igt-13/framework.yaml",
        "igtoolkit/reports/pdf/board.typ",
        "igtoolkit/reports/pdf/fonts/Inter_400Regular.ttf",
        "igtoolkit/web/jinja2/base.jinja",
        "igtoolkit/web/mail/people/forgotten.txt",
        "igtoolkit/web/static/igtoolkit.css",
        "igtoolkit/web/static/comfort/saving.js",
        "igtoolkit/web/static/vendor/nhsuk-frontend.css",
    } <= names
    written = (path for path in (ROOT / "igtoolkit").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert sorted({str(path.relative_to(ROOT)) for path in written} - names) == []
    assert {name.split("/")[0].split("-")[0] for name in names} == {"igtoolkit"}


def test_it_runs_from_an_empty_folder(installed, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    demo = [installed / "python", "-c", SMALL_DEMO]
    made = subprocess.run(demo, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert made.stdout.endswith("The demonstration is ready: run `igtoolkit serve`.\n")
    assert [each.name for each in folder.iterdir()] == ["var"]
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    with served(installed / "igtoolkit", folder) as address:
        home = answer(browser, f"{address}/").decode()
        for style in re.findall(r'(?:stylesheet" href|module" src)="([^"]+)"', home):
            assert re.search(r"\.[0-9a-f]{12}\.(css|js)$", style)
            assert len(answer(browser, address + style)) > 200
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer(browser, f"{address}/sign-in/").decode())
        login = {"login": "viewer@dma001.example", "password": "caldicott-demo", "csrfmiddlewaretoken": token[1]}
        answer(browser, f"{address}/sign-in/", login)
        paper = answer(browser, f"{address}/organisations/DMA001/2015-16/baseline/caldicott2.pdf")
    assert paper.startswith(b"%PDF-")
