"""The pieces a text document is made of: runs, paragraphs, cells, in the words of its format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from mediation.documents.word.cascade import Look

TITLE, BODY, SONG, KAI, HEI = "方正小标宋简体", "仿宋_GB2312", "宋体", "楷体_GB2312", "黑体"
LATIN = "Times New Roman"
# What 14 pt of the open face is in the licensed one.
_BODY_FROM, _BODY_SIZE = 14.0, 15.0
_HEADINGS = {"h1": "Title", "h2": "Heading1", "h3": "Heading2"}
_SAID = f" {nsdecls('w')}"
_BLANK = "\u3000"
# A quarter as wide in a Latin face.
_UNPARTED = "\xa0"
_BLANKS = re.compile(r"[ \t\r\n]+")


def element(name: str, *inside: Any, **attributes: Any) -> Any:
    """`element("jc", val="center")` is `<w:jc w:val="center"/>`."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(one for one in inside if one is not None)
    return made


def as_text(block: Any) -> str:
    """The piece as it is written inside a document, which has said what `w` means."""
    said: str = etree.tostring(block, encoding="unicode")
    return said.replace(_SAID, "")


def is_table(block: Any) -> bool:
    return bool(block.tag == qn("w:tbl"))


def paragraphs(block: Any) -> list[Any]:
    """A paragraph itself, or all those of a table."""
    return list(block.iter(qn("w:p")))


def texts(one: Any) -> list[Any]:
    return list(one.iter(qn("w:t")))


def twips(points: float) -> int:
    return round(points * 20)


def eighths(points: float) -> int:
    """The width of a rule."""
    return max(round(points * 8), 2) if points else 0


def sound(text: str) -> str:
    """Without what no text document may hold or nobody can see; a private sign becomes 〓."""
    return "".join(_sound(sign) for sign in text)


def _sound(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Co":
        return "〓"
    broken = ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF
    return "" if broken or (kind in ("Cc", "Cf", "Cs", "Zl", "Zp") and sign not in "\n\t") else sign


def folded(text: str) -> str:
    """Runs of white space as one blank, as a browser folds them; the wide blank stays."""
    return _BLANKS.sub(" ", text)


def run_looks(look: Look, tag: str, *, in_table: bool, english: bool) -> Any:
    """Face, size and weight of a run."""
    face, size, bold = _face(look, tag, in_table=in_table, english=english)
    latin = LATIN if english or face in (TITLE, BODY, SONG) else face
    faces = element("rFonts", ascii=latin, hAnsi=latin, eastAsia=face, cs=LATIN)
    if not english:
        faces.set(qn("w:hint"), "eastAsia")
    spacing = twips(look.letter_spacing)
    return element(
        "rPr",
        faces,
        element("b") if bold else None,
        element("spacing", val=spacing) if spacing else None,
        element("sz", val=round(size * 2)),
        element("szCs", val=round(size * 2)),
    )


def _face(look: Look, tag: str, *, in_table: bool, english: bool) -> tuple[str, float, bool]:
    """The licensed face in the place of the open one, its size, and whether it is bold.

    小标宋 and 黑体 are heavy by themselves; a heading in them is not made bold again.
    """
    if english:
        return SONG, look.size, look.bold
    heading = tag in _HEADINGS
    if look.face == "kai":
        return KAI, look.size, look.bold
    if look.face == "hei":
        return HEI, look.size, look.bold and not heading
    if tag == "h1":
        return TITLE, look.size, False
    if look.size == _BODY_FROM and not in_table:
        return BODY, _BODY_SIZE, look.bold
    return SONG, look.size, look.bold


def run(text: str, looks: Any) -> Any:
    said = element("t")
    put_text(said, text)
    return element("r", looks, said)


def put_text(piece: Any, text: str) -> None:
    """Every blank of it kept."""
    piece.text = text
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def gap(points: float, look: Look, looks: Any, *, ruled: bool) -> Any:
    """Room to write in: wide blanks; where there is a rule, underlined ones that no line may part."""
    ems = max(points / look.size, 1)
    if not ruled:
        return run(_BLANK * round(ems), looks)
    looks.insert(list(looks).index(looks.find(qn("w:szCs"))) + 1, element("u", val="single"))
    looks.find(qn("w:rFonts")).attrib.pop(qn("w:hint"), None)
    return run(_UNPARTED * round(ems * 4), looks)


def box(ticked: str, looks: Any) -> Any:
    """A square to tick: one sign in a frame."""
    frame = element("bdr", val="single", sz=5, space=0, color="000000")
    looks.insert(list(looks).index(looks.find(qn("w:szCs"))) + 1, frame)
    return run(ticked or _BLANK, looks)


def number(kind: str, looks: Any) -> Any:
    """The page's number, or how many there are, as the program counts them."""
    field = element("fldSimple", instr=" PAGE " if kind == "page" else " NUMPAGES ")
    field.append(run("1", looks))
    return field


def line_break() -> Any:
    return element("r", element("br"))


def paragraph(
    runs: Iterable[Any], look: Look, tag: str = "", *, flush: bool = False, frame: Any = None
) -> Any:
    """A paragraph. `flush` ones have no rules and margins of their own: the rest of a cell's text."""
    before, after = (0.0, 0.0) if flush else (look.margin[0], look.margin[2])
    exact = "exact" if tag == "rule" else "atLeast"
    keep = look.with_next
    looks = element(
        "pPr",
        element("pStyle", val=_HEADINGS[tag]) if tag in _HEADINGS else None,
        element("keepNext") if keep else None,
        element("keepLines") if look.whole and not flush else None,
        element("pageBreakBefore") if look.new_page and not flush else None,
        frame,
        element("widowControl"),
        None if flush else _rules(look),
        element("snapToGrid", val=0),
        element(
            "spacing", before=twips(before), after=twips(after), line=twips(look.pitch),
            lineRule=exact,
        ),
        _indent(look, flush=flush),
        element("jc", val=_ALIGNED.get(look.align, "left")),
    )  # fmt: skip
    return element("p", looks, *runs)


_ALIGNED = {"center": "center", "right": "right", "justify": "both"}


def _rules(look: Look) -> Any:
    """Word draws the rule of paragraphs that look alike once, below the last, unless told otherwise."""
    sides = dict(zip(("top", "left", "bottom", "right"), _turned(look.border), strict=True))
    if sides["bottom"] and not sides["top"]:
        sides["between"] = sides["bottom"]
    edges = [
        element(edge, val="single", sz=eighths(wide), space=1, color="000000")
        for edge, wide in sides.items()
        if wide
    ]
    return element("pBdr", *edges) if edges else None


def _turned(sides: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Word says top, left, bottom, right."""
    top, right, bottom, left = sides
    return top, left, bottom, right


def _indent(look: Look, *, flush: bool) -> Any:
    right = 0.0 if flush else look.padding[1] + look.margin[1]
    left = 0.0 if flush else look.padding[3] + look.margin[3]
    if look.align == "center":
        left = right = 0.0
    if not (left or right or look.indent):
        return None
    first = {"firstLine": twips(look.indent)} if look.indent > 0 else {}
    if look.indent > 0 and not left:
        first["firstLineChars"] = round(look.indent / look.size * 100)
    return element("ind", left=twips(left), right=twips(right), **first)


def cell(blocks: list[Any], look: Look, wide: float, *, across: int = 1, down: str = "") -> Any:
    """`down` is `restart` for the first cell of several rows, `continue` for those below it."""
    looks = element(
        "tcPr",
        element("tcW", w=twips(wide), type="dxa"),
        element("gridSpan", val=across) if across > 1 else None,
        element("vMerge", **({"val": "restart"} if down == "restart" else {})) if down else None,
        element("tcBorders", *edges(look)),
        element("tcMar", *_inner(look)),
        element("vAlign", val=_UPRIGHT.get(look.upright, "center")),
    )
    return element("tc", looks, *blocks)


_UPRIGHT = {"top": "top", "baseline": "top", "bottom": "bottom"}


def edges(look: Look) -> list[Any]:
    return [
        element(edge, val="single" if wide else "nil", sz=eighths(wide), space=0, color="000000")
        for edge, wide in zip(("top", "left", "bottom", "right"), _turned(look.border), strict=True)
    ]


def _inner(look: Look) -> list[Any]:
    return [
        element(edge, w=twips(wide), type="dxa")
        for edge, wide in zip(
            ("top", "left", "bottom", "right"), _turned(look.padding), strict=True
        )
    ]


def table(
    rows: list[Any], widths: list[float], look: Look | None = None, *, ruled: bool = False
) -> Any:
    """A table of fixed columns; `look` brings the outer rules."""
    looks = element(
        "tblPr",
        element("tblW", w=twips(sum(widths)), type="dxa"),
        element("tblInd", w=0, type="dxa"),
        element("tblBorders", *edges(look)) if look and ruled else None,
        element("tblLayout", type="fixed"),
        element(
            "tblCellMar",
            *(element(edge, w=0, type="dxa") for edge in ("top", "left", "bottom", "right")),
        ),
    )
    grid = element("tblGrid", *(element("gridCol", w=twips(wide)) for wide in widths))
    return element("tbl", looks, grid, *rows)


def row(cells: list[Any], *, high: float = 0.0, whole: bool = False, head: bool = False) -> Any:
    looks = element(
        "trPr",
        element("cantSplit") if whole else None,
        element("trHeight", val=twips(high), hRule="atLeast") if high else None,
        element("tblHeader") if head else None,
    )
    return element("tr", looks, *cells)


def thin() -> Any:
    """The paragraph that must stand behind a table; as low as one can be."""
    looks = element(
        "pPr",
        element("snapToGrid", val=0),
        element("spacing", before=0, after=0, line=20, lineRule="exact"),
        element("rPr", element("sz", val=2)),
    )
    return element("p", looks)


def keep_together(blocks: list[Any]) -> None:
    """All of them on one page: each paragraph stays with the next, but for the last block's."""
    for block in blocks[:-1]:
        for one in paragraphs(block):
            keep_with_next(one)
    if blocks and is_table(blocks[-1]):
        for line in list(blocks[-1].iterchildren(qn("w:tr")))[:-1]:
            for one in paragraphs(line):
                keep_with_next(one)


def keep_with_next(one: Any) -> None:
    looks = one.find(qn("w:pPr"))
    if looks is not None and looks.find(qn("w:keepNext")) is None:
        style = looks.find(qn("w:pStyle"))
        looks.insert(0 if style is None else 1, element("keepNext"))


_BEFORE_BREAK = ("pStyle", "keepNext", "keepLines")


def start_page(one: Any) -> None:
    """A paragraph that begins a new page."""
    looks = one.find(qn("w:pPr"))
    if looks is not None and looks.find(qn("w:pageBreakBefore")) is None:
        place = sum(1 for name in _BEFORE_BREAK if looks.find(qn(f"w:{name}")) is not None)
        looks.insert(place, element("pageBreakBefore"))
