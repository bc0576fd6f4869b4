"""The press: the only room that knows WeasyPrint. A filled letter goes in, PDF bytes come out.

Nothing is fetched but what lies in `letters/` and what the letter carries in memory. Whatever goes
wrong on the way (an address asked for, a character without a glyph, a face that is not ours) means
that there is no PDF at all. The same letter gives the same bytes.
"""

from __future__ import annotations

import atexit
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from html import unescape
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlsplit

from mediation.documents import glyphs, quicker
from mediation.documents.facts_json import Attached
from mediation.documents.glyphs import GlyphMissing, PaperRefused, SignRefused
from mediation.documents.render import Letter
from mediation.documents.typefaces import Face, ideographs_of
from mediation.paths import LETTERS
from mediation.wording import Text

__all__ = [
    "Drawn",
    "GlyphMissing",
    "PaperRefused",
    "SignRefused",
    "draw",
    "lay_out",
    "warm_up",
    "write",
]

_TYPES = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}
_NOT_TEXT = re.compile(r"<head>.*?</head>|<[^>]*>", re.DOTALL)
_ONE_AT_A_TIME = Lock()
# What is issued is kept for decades: PDF/A-3b, with tags for those who listen to it.
_TO_KEEP = {"pdf_variant": "pdf/a-3b", "pdf_tags": True}
# What a file inside a paper without a day of issue is dated.
_NO_DAY = date(2000, 1, 1)
_KIND = re.compile(r"@import url\(\.\./base/(\w+)\.css\)")
_MAY_TIGHTEN = 'class="may-tighten'
# The tighter pitch and rows of a sheet save a seventh of its height at most; a test holds it.
_MOST_SAVED = 0.2
# A line with few characters, the rest of it blanks to fill in, is left ragged: in ems.
_WIDEST_GAP = 0.2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished paper. `sha256` is that of exactly these bytes."""

    pdf: bytes
    pages: int
    sha256: str


def draw(letter: Letter) -> Drawn:
    """Draw a letter as PDF/A-3b with tags. Raises PaperRefused, GlyphMissing or SignRefused."""
    with _ONE_AT_A_TIME:
        return write(letter, *lay_out(letter))


def draw_volume(letters: Sequence[Letter]) -> Drawn:
    """Many letters in one file for the printer: typefaces shared, each letter with its own pages.

    Nobody keeps it, so it is plain PDF without tags. Raises as `draw` does, for the first letter
    that cannot be drawn.
    """
    with _ONE_AT_A_TIME:
        laid_out = [lay_out(_placed(letter, place)) for place, letter in enumerate(letters)]
        pages = [page for document, _ in laid_out for page in document.pages]
        refused = [address for _, fetcher in laid_out for address in fetcher.refused]
        marks = b"".join(letter.identifier for letter in letters)
        own = frozenset[str]().union(*map(_own, letters))
        return _written(laid_out[0][0].copy(pages), marks, refused, {}, own)


def _placed(letter: Letter, place: int) -> Letter:
    """The library knows a picture by its address alone: each letter's own gets one of its own."""
    html = letter.html.replace('"asset:', f'"asset:{place}-')
    assets = {f"{place}-{name}": data for name, data in letter.assets.items()}
    return replace(letter, html=html, assets=assets)


def write(letter: Letter, document: Any, fetcher: Any) -> Drawn:
    """The bytes of a laid-out letter."""
    along = [_along(one) for one in letter.attached]
    how = _TO_KEEP | ({"attachments": along} if along else {})
    own = _own(letter)
    return _written(document, letter.identifier, fetcher.refused, how, own)


def _along(one: Attached) -> Any:
    """A file that goes along, with a day of its own: the same paper is the same bytes."""
    on = datetime.combine(one.on or _NO_DAY, time())
    return _press().Attachment(
        string=one.data, name=one.name, description=one.description, created=on, modified=on,
        relationship="Data",
    )  # fmt: skip


def _written(
    document: Any, marks: bytes, refused: list[str], how: dict[str, Any], own: frozenset[str]
) -> Drawn:
    """`own` are families that are a site's, beside those we ship."""
    used: list[Any] = []
    pdf: bytes = document.write_pdf(
        finisher=lambda made, pdf: _finish(made, pdf, used),
        pdf_identifier=hashlib.sha256(marks).hexdigest()[:32].encode(),
        **how,
    )
    _refuse_strangers(used, refused, own)
    return Drawn(pdf, len(document.pages), hashlib.sha256(pdf).hexdigest())


def _finish(made: Any, pdf: Any, used: list[Any]) -> None:
    """Look at the fonts that were used. The library names every file that goes along twice, and
    packs the description away in which a paper is recognised.
    """
    used.extend(made.fonts.values())
    if "Metadata" in pdf.catalog:
        pdf.objects[int(pdf.catalog["Metadata"].split()[0])].compress = False
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def lay_out(letter: Letter) -> tuple[Any, Any]:
    """The laid-out pages before they are written, and the fetcher with what it refused.

    A tighter pitch is taken where it saves a sheet; a single sheet has no mark for a seam stamp.
    """
    glyphs.check(_text_of(letter.html))
    fetcher = _press().fetcher(letter.assets)
    document = _pages(letter, letter.html, fetcher)
    if _MAY_TIGHTEN in letter.html and _could_save_a_sheet(document):
        tight = letter.html.replace(_MAY_TIGHTEN, 'class="tight', 1)
        other = _pages(letter, tight, fetcher)
        document = other if len(other.pages) < len(document.pages) else document
    if len(document.pages) == 1:
        _take_out("seam", document.pages[0]._page_box)  # noqa: SLF001  # the library shows no tree
    return document, fetcher


def _pages(letter: Letter, html: str, fetcher: Any) -> Any:
    press = _press()
    page = press.Page(html, _base_of(letter.folder), fetcher)
    styles = [_style(letter.folder)]
    if faces := letter.typefaces.faces:
        styles += [_site_faces(faces), _site_style(letter.folder, faces)]
    return page.render(stylesheets=styles, font_config=press.fonts)


def _could_save_a_sheet(document: Any) -> bool:
    """Whether the text might go on one sheet less, were it as much tighter as it ever gets."""
    sheets = [_flow(page._page_box) for page in document.pages]  # noqa: SLF001
    room = sum(page for _, page in sheets[:-1])
    return len(sheets) > 1 and sum(used for used, _ in sheets) * (1 - _MOST_SAVED) <= room


def _flow(page: Any) -> tuple[float, float]:
    """How high the text of a laid-out page is, and how high it might be, in pixels."""
    mains = [box for box in page.descendants() if box.element_tag == "main"]
    parts = [box for main in mains for box in main.children]
    if not parts:
        return 0, page.height
    top = min(box.position_y for box in parts)
    return max(box.position_y + box.margin_height() for box in parts) - top, page.height


def _take_out(name: str, box: Any) -> None:
    """Leave out what has this class; it stands in a fixed place, so that nothing else moves."""
    if not hasattr(box, "children"):
        return
    box.children = tuple(
        child
        for child in box.children
        if child.element is None or child.element.get("class") != name
    )
    for child in box.children:
        _take_out(name, child)


def warm_up() -> None:
    """Load the library before the first letter comes; about a second."""
    _press()


def _text_of(html: str) -> str:
    return unescape(_NOT_TEXT.sub("", html))


def _base_of(folder: str) -> str:
    return (LETTERS / folder / "letter.html").as_uri()


def _refuse_strangers(
    fonts: list[Any], refused: list[str], own: frozenset[str] = frozenset()
) -> None:
    if refused:
        raise PaperRefused(
            Text(
                "文书里有不许取用的地址：{what}", "The paper asks for what it may not have: {what}"
            ).with_(what="、".join(refused))
        )
    strangers = sorted({font.family for font in fonts} - glyphs.families() - own)
    if strangers:
        raise PaperRefused(
            Text(
                "文书用到了字库以外的字体：{what}", "The paper uses a font that is not ours: {what}"
            ).with_(what="、".join(strangers))
        )
    for font in fonts:
        for code in font.missing:
            raise GlyphMissing(chr(code))


@cache
def _style(folder: str) -> Any:
    press = _press()
    path = LETTERS / folder / "letter.css"
    fetcher = press.fetcher({})
    style = press.CSS(filename=path, url_fetcher=fetcher, font_config=press.fonts)
    _refuse_strangers([], fetcher.refused)
    return style


@cache
def _site_faces(faces: tuple[Face, ...]) -> Any:
    """A site's own faces, once a process. Each lends its ideographs alone."""
    press = _press()
    fetcher = press.fetcher({face.role: Path(face.path).read_bytes() for face in faces})
    rules = "".join(
        f'@font-face {{ font-family: "{_called(face.role, faces)}"; src: url(asset:{face.role});'
        f" unicode-range: {ideographs_of(face)} }}"
        for face in faces
    )
    return press.CSS(string=rules, url_fetcher=fetcher, font_config=press.fonts)


@cache
def _site_style(folder: str, faces: tuple[Face, ...]) -> Any:
    """What a site's own faces change in a letter: for all papers, and for its kind."""
    kinds = _KIND.findall((LETTERS / folder / "letter.css").read_text(encoding="utf-8"))
    sheets = [LETTERS / "base" / "licensed" / f"{kind}.css" for kind in ("common", *kinds)]
    rules = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.is_file())
    for face in faces:
        rules = rules.replace(f'"Site {face.role.capitalize()}"', f'"{_called(face.role, faces)}"')
    press = _press()
    return press.CSS(string=rules, url_fetcher=press.fetcher({}), font_config=press.fonts)


def _own(letter: Letter) -> frozenset[str]:
    """The families of a site that this letter may use."""
    faces = letter.typefaces.faces
    return frozenset(_called(face.role, faces) for face in faces)


def _called(role: str, faces: tuple[Face, ...]) -> str:
    """Another file is another face, though a process has seen one in this role before."""
    return f"Site {role} {next(face.sha256 for face in faces if face.role == role)[:12]}"


@dataclass(frozen=True)
class _Press:
    Page: Any
    CSS: Any
    Attachment: Any
    fonts: Any
    fetcher: Any


@cache
def _press() -> _Press:
    """Import the library once, when the first letter is drawn: it takes most of a second."""
    import weasyprint
    from weasyprint.layout import inline
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    quicker.install(weasyprint)
    inline.justify_line = _justifier(inline)
    atexit.register(_press.cache_clear)  # its fonts want to be let go while Python still stands
    ground = weasyprint.CSS(filename=LETTERS / "base" / "ground.css")
    return _Press(
        quicker.page_class(weasyprint, ground),
        weasyprint.CSS,
        weasyprint.Attachment,
        FontConfiguration(),
        _fetcher(URLFetcher, URLFetcherResponse),
    )


def _fetcher(base: Any, response: Any) -> Any:
    class Fetcher(base):  # type: ignore[misc]  # the library ships no types
        """Denies everything but our own files and the pictures in memory, and remembers it."""

        def __init__(self, assets: dict[str, bytes]) -> None:
            super().__init__(allowed_protocols=())
            self.assets, self.refused = assets, list[str]()

        def fetch(self, url: str, headers: object = None) -> Any:
            scheme, _, name = url.partition(":")
            if scheme == "asset" and name in self.assets:
                return response(url, self.assets[name], {"Content-Type": "image/png"})
            path = _ours(url)
            if path is None:
                self.refused.append(url)
                raise ValueError(f"refused: {url}")
            return response(url, path.read_bytes(), {"Content-Type": _TYPES[path.suffix]})

    return Fetcher


def _ours(url: str) -> Path | None:
    """The file of ours that an address names: a style, face or picture inside `letters/`."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return None
    path = Path(unquote(parts.path)).resolve()
    inside = path.is_relative_to(LETTERS.resolve()) and path.suffix in _TYPES
    return path if inside and path.is_file() else None


def _justifier(inline: Any) -> Any:
    """The library stretches blanks alone; Chinese lines are spread over all their characters."""
    plain = inline.justify_line

    def justify(context: Any, line: Any, extra: float) -> None:
        text = "".join(
            box.text for box in line.descendants() if isinstance(box, inline.boxes.TextBox)
        )
        chinese = sum("\u2e80" <= sign <= "\uffef" or sign >= "\U00020000" for sign in text)
        if len(text) < 2 or chinese * 4 < len(text):
            plain(context, line, extra)
        elif extra <= min(3.3, _WIDEST_GAP * (len(text) - 1)) * line.style["font_size"]:
            _spread(inline, line, extra / (len(text) - 1), 0.0)

    return justify


def _spread(inline: Any, box: Any, gap: float, moved: float) -> float:
    """Add `gap` behind every character of a box; returns how far the next box has to move."""
    boxes = inline.boxes
    if isinstance(box, boxes.TextBox):
        style = box.style.copy()
        spacing = style["letter_spacing"]
        style["letter_spacing"] = (0 if spacing == "normal" else spacing) + gap
        box.style = style  # it is read again, and the text shaped, when it is drawn
        box.pango_layout.text = box.text
        box.position_x += moved
        box.width += gap * len(box.text)
        return moved + gap * len(box.text)
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(moved, 0)
        return moved
    box.position_x += moved
    before = moved
    for child in box.children:
        if child.is_in_normal_flow():
            moved = _spread(inline, child, gap, moved)
    box.width += moved - before
    return moved
