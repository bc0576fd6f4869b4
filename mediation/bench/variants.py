"""The ways a benchmark document comes about: ours, and its peers with the same words and typeface.

Each makes ready what is made ready once, and returns what draws the n-th document.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mediation.bench import matter
from mediation.documents import pdf
from mediation.documents.render import Letter
from mediation.paths import LETTERS

# Fonts stay loaded; the next letter's words come in.
_CHROMIUM_FILL = """async body => {
  document.body.innerHTML = body;
  await document.fonts.ready;
  await Promise.all([...document.images].map(one => one.decode()));
}"""
Draw = Callable[[int], bytes]
SONG = LETTERS / "base" / "fonts" / "WusongSong-Regular.ttf"
BOLD = LETTERS / "base" / "fonts" / "WusongSong-Bold.ttf"


class NotHere(Exception):
    """A peer that is not installed on this machine."""


def product() -> Draw:
    """The press as an office runs it."""
    pdf.warm_up()
    return lambda n: pdf.draw(matter.letter(n)).pdf


def plain() -> Draw:
    """The press without PDF/A and tags."""
    pdf.warm_up()
    return lambda n: pdf.draw_volume([matter.letter(n)]).pdf


def fallback() -> Draw:
    """The press with typefaces cut by fontTools, as the library does where it finds nothing better."""
    pdf.warm_up()
    from weasyprint.pdf import fonts

    fonts.harfbuzz_subset = None
    fonts.Font.subset = _their_subset
    return lambda n: pdf.draw(matter.letter(n)).pdf


def _their_subset(font: Any, to_unicode: dict[int, str], hinting: object) -> None:
    font._fonttools_subset(to_unicode, hinting)  # noqa: SLF001


def naive() -> Draw:
    """WeasyPrint as its first page shows it, with the same letter, typefaces and kind of PDF."""
    import weasyprint

    def draw(n: int) -> bytes:
        letter = matter.letter(n)
        page = weasyprint.HTML(
            string=letter.html,
            base_url=(LETTERS / letter.folder / "letter.html").as_uri(),
            url_fetcher=_pictures(letter),
        )
        made: bytes = page.write_pdf(
            stylesheets=[LETTERS / letter.folder / "letter.css"],
            pdf_variant="pdf/a-3b", pdf_tags=True,
        )  # fmt: skip
        return made

    return draw


def _pictures(letter: Letter) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Pictures(URLFetcher):  # type: ignore[misc]  # the library ships no types
        def fetch(self, url: str, headers: object = None) -> Any:
            kind, _, name = url.partition(":")
            if kind != "asset":
                return super().fetch(url, headers)
            return URLFetcherResponse(url, letter.assets[name], {"Content-Type": "image/png"})

    return Pictures()


def reportlab() -> Draw:
    """The same agreement by reportlab's platypus."""
    try:
        from mediation.bench import peer_reportlab
    except ImportError as error:
        raise NotHere("reportlab") from error
    peer_reportlab.make_ready(SONG, BOLD)
    return lambda n: peer_reportlab.draw(matter.agreement(n), matter.letter(n).assets["qr"])


def typst() -> Draw:
    """The same agreement by typst, its compiler kept."""
    try:
        from mediation.bench import peer_typst
    except ImportError as error:
        raise NotHere("typst") from error
    compiler = peer_typst.make_ready(SONG.parent)
    return lambda n: peer_typst.draw(compiler, matter.agreement(n), matter.letter(n).assets["qr"])


def chromium() -> Draw:
    """The same letter by a headless Chromium kept open, with the same typeface."""
    from mediation.parts import browser

    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise NotHere("playwright") from error
    found = browser()
    if found is None:
        raise NotHere("chromium")
    driver = sync_playwright().start()
    page = driver.chromium.launch(executable_path=str(found), args=["--no-sandbox"]).new_page()
    first = matter.letter(0)
    folder = Path(tempfile.mkdtemp(prefix="wusong-bench-"))
    style = (LETTERS / first.folder / "letter.css").as_uri()
    head = f'<link rel="stylesheet" href="{style}"></head>'
    (folder / "letter.html").write_text(first.html.replace("</head>", head), "utf-8")
    page.goto((folder / "letter.html").as_uri())

    def draw(n: int) -> bytes:
        letter = matter.letter(n)
        code = "data:image/png;base64," + b64encode(letter.assets["qr"]).decode()
        body = letter.html.split("<body")[1].split(">", 1)[1].split("</body>")[0]
        page.evaluate(_CHROMIUM_FILL, body.replace("asset:qr", code))
        return page.pdf(format="A4", prefer_css_page_size=True, tagged=True)

    return draw


def libreoffice() -> Draw:
    """The agreement's Word copy by LibreOffice, a process a document."""
    program = shutil.which("soffice")
    if program is None:
        raise NotHere("libreoffice")
    from mediation.documents.word.copy import word_copy

    folder = Path(tempfile.mkdtemp(prefix="wusong-bench-"))

    def draw(n: int) -> bytes:
        (folder / "letter.docx").write_bytes(word_copy(matter.agreement(n)))
        subprocess.run(
            (program, "--headless", f"-env:UserInstallation={folder.as_uri()}/profile",
             "--convert-to", "pdf", "--outdir", str(folder), str(folder / "letter.docx")),
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (folder / "letter.pdf").read_bytes()

    return draw


BY_NAME: dict[str, Callable[[], Draw]] = {
    make.__name__: make
    for make in (product, plain, fallback, naive, reportlab, typst, chromium, libreoffice)
}
