"""The shorter ways through the library give what the library gives, byte for byte."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest
import tinyhtml5

from mediation.documents import pdf, quicker
from mediation.documents.render import Mark
from mediation.paths import LETTERS
from tests.documents.paper import FOLDERS, blank, example, letter

# The same compression and the same cut typefaces on both sides: ours are others on purpose.
_THEIR_WAY = """
import json, sys
from types import SimpleNamespace
import pydyf
import weasyprint
from weasyprint.pdf import fonts
from mediation.documents import pdf, quicker
from tests.documents.paper import example, letter

class Page(weasyprint.HTML):
    def __init__(self, html, base_url, url_fetcher):
        super().__init__(string=html, base_url=base_url, url_fetcher=url_fetcher)

quicker.install = lambda library: None
quicker.page_class = lambda library, ground: Page
pydyf.zlib = SimpleNamespace(
    compress=quicker.deflate, compressobj=lambda level: quicker.Deflate()
)
fonts.Font.subset = quicker.subset
print(json.dumps({f: pdf.draw(letter(example(f))).sha256 for f in sys.argv[1:]}))
"""


@pytest.fixture(scope="module")
def their_way() -> dict[str, str]:
    """Every letter drawn by the library as it is, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _THEIR_WAY, *FOLDERS], capture_output=True, text=True, check=True,
        timeout=200,
    )  # fmt: skip
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_same_bytes_as_the_library_makes(folder: str, their_way: dict[str, str]) -> None:
    assert pdf.draw(letter(example(folder))).sha256 == their_way[folder]


def _plain(element: Any) -> tuple[Any, ...]:
    """A tree without the white space between its blocks."""
    text, tail = ((part or "").strip() for part in (element.text, element.tail))
    return element.tag, dict(element.attrib), text, tail, [_plain(child) for child in element]


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("mark", [Mark.NONE, Mark.DRAFT])
def test_a_letter_is_read_as_a_browser_reads_it(folder: str, mark: Mark) -> None:
    for case in (example(folder), blank(folder)):
        html = letter(case, mark).html
        theirs = tinyhtml5.parse(html, namespace_html_elements=False)
        assert _plain(quicker.read(html)) == _plain(theirs)


def test_rows_by_themselves_are_a_body_of_their_own() -> None:
    page = "<html><head></head><body><table><tr></tr><thead></thead><tr></tr><tr></tr></table></body></html>"
    assert _plain(quicker.read(page)) == _plain(
        tinyhtml5.parse(page, namespace_html_elements=False)
    )


def test_every_tag_of_a_letter_stands_in_the_ground_sheet_or_needs_nothing() -> None:
    ground = (LETTERS / "base" / "ground.css").read_text("utf-8")
    known = set(
        re.findall(r"\b[a-z]+[1-6]?\b", re.sub(r"\{[^}]*\}|/\*.*?\*/", "", ground, flags=re.DOTALL))
    )
    used = {
        tag
        for path in LETTERS.rglob("*.html")
        for tag in re.findall(r"<([a-z][a-z0-9]*)", path.read_text("utf-8"))
    }
    assert used - known == {"span", "circle", "path", "g", "line", "rect"} & used


def test_only_one_margin_box_is_used() -> None:
    """Each one that a sheet names is worked out for every page."""
    styles = [p for p in LETTERS.rglob("*.css") if p.name != "ground.css"]
    named = {
        name
        for p in styles
        for name in re.findall(r"@(?:top|bottom|left|right)-[a-z-]+", p.read_text())
    }
    assert named == {"@bottom-left"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_tighter_saves_no_more_than_the_press_reckons_with(folder: str) -> None:
    made = letter(example(folder))
    if pdf._MAY_TIGHTEN not in made.html:
        return
    fetcher = pdf._press().fetcher(made.assets)
    heights = []
    for html in (made.html, made.html.replace(pdf._MAY_TIGHTEN, 'class="tight', 1)):
        pages = pdf._pages(made, html, fetcher).pages
        heights.append(sum(pdf._flow(page._page_box)[0] for page in pages))
    assert heights[1] >= heights[0] * (1 - pdf._MOST_SAVED)
