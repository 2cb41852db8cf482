"""The documentation as a site: it builds without a warning, asks nobody else for anything, and fits a phone."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.watch import Watch
from tests.docs.blocks import ROOT

FETCHED = re.compile(
    r"""<(?:script|img|iframe|source)[^>]*\ssrc=["']?(?P<src>[^"'> ]+)|<link[^>]*\shref=["']?(?P<href>[^"'> ]+)"""
)
NARROW = 360
SEEN = ("", "guides/customers/", "guides/operators/", "tutorial/", "architecture/", "guides/policy-authors/")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def built(folder: Path, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Not `--quiet`: a warning that isn't written isn't counted either, and a broken link passes."""
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    plain = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(build, cwd=root, env=plain, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = built(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_every_page_is_there_and_fetches_nothing_from_elsewhere(site: Path) -> None:
    html = [file for file in site.rglob("*.html") if "assets" not in file.parts]
    decisions = [file for file in html if file.parent.parent.name == "adr"]
    assert len(decisions) == len(list((ROOT / "docs" / "adr").glob("*.md")))
    outside = [
        (file.name, found["src"] or found["href"])
        for file in html
        for found in FETCHED.finditer(file.read_text())
        if (found["src"] or found["href"]).startswith(("http:", "https:", "//"))
    ]
    assert outside == []
    styles = "".join(file.read_text() for file in site.rglob("*.css"))
    assert not re.search(r"url\([\"']?(https?:)?//|@import", styles)


def test_a_link_that_leads_nowhere_breaks_the_build(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for file in (ROOT / "mkdocs.yml", *ROOT.glob("*.md")):
        shutil.copy(file, tmp_path)
    with (tmp_path / "docs" / "glossary.md").open("a") as page:
        page.write("\n[a page](nowhere.md), [a place](#nowhere)\n")
    done = built(tmp_path / "site", tmp_path)
    assert done.returncode == 1
    assert "'glossary.md' contains a link 'nowhere.md'" in done.stderr
    assert "'glossary.md' contains a link '#nowhere'" in done.stderr
    assert "Aborted with 2 warnings" in f"{done.stdout}{done.stderr}", "the pages as they are have none"


def test_on_a_phone_no_page_is_wider_than_the_screen_and_nobody_else_is_asked(browser: Browser, address: str) -> None:
    context, watch = browser.new_context(viewport={"width": NARROW, "height": 780}, color_scheme="dark"), Watch(address)
    watch.over(context)
    page = context.new_page()
    for path in SEEN:
        page.goto(f"{address}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, path
    context.close()
    assert watch.troubles == []
