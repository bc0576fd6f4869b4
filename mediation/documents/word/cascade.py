"""How a letter's own style sheet says that each of its elements looks: the few properties Word knows.

The letters are written once, in HTML and CSS. What the press draws from them is drawn by the
library; here the same rules are read for sizes, faces, margins, rules and widths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import cssselect2
import tinycss2

from mediation.paths import LETTERS

Sides = tuple[float, float, float, float]
_NONE: Sides = (0.0, 0.0, 0.0, 0.0)
_POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "px": 0.75}
_LENGTH = re.compile(r"(-?[\d.]+)(pt|mm|cm|px|em|rem|%)?")
_EDGES = ("top", "right", "bottom", "left")
# What every browser knows without being told.
_KNOWN = "b, strong { font-weight: 700 } th { text-align: center; font-weight: 700 }"
_BLOCKS = frozenset(
    {
        "html", "body", "main", "div", "p", "h1", "h2", "h3", "table", "colgroup", "col", "thead",
        "tbody", "tr", "td", "th",
    }
)  # fmt: skip
_NEVER = frozenset({"head", "title", "meta", "style", "img", "svg", "footer"})
_SONG, _KAI, _HEI = "song", "kai", "hei"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one element looks like; lengths in points, edges from the top, clockwise.

    The first part is handed on to what is inside it, the second is its own.
    """

    size: float = 12.0
    pitch: float = 18.0
    face: str = _SONG
    bold: bool = False
    align: str = "left"
    indent: float = 0.0
    letter_spacing: float = 0.0

    display: str = "inline"
    position: str = "static"
    left: float | None = None
    top: float | None = None
    width: str = ""
    height: float = 0.0
    margin: Sides = _NONE
    padding: Sides = _NONE
    border: Sides = _NONE
    upright: str = "center"
    new_page: bool = False
    whole: bool = False
    with_next: bool = False

    def wide(self, room: float) -> float | None:
        """The width it asks for, of the room there is; None where it takes what is left."""
        if self.width.endswith("%"):
            return room * float(self.width[:-1]) / 100
        return points(self.width, self.size) if self.width not in ("", "auto") else None

    @property
    def boxed(self) -> bool:
        return sum(1 for edge in self.border if edge) >= 3


@dataclass(frozen=True, slots=True)
class PageShape:
    """A sheet: wide, high and its margins, in points."""

    wide: float
    high: float
    margin: Sides


@dataclass(frozen=True)
class Sheet:
    """The rules of one letter, ready to be asked."""

    matcher: Any
    page: PageShape

    def look(self, wrapped: Any, parent: Look) -> Look:
        """The look of an element inside one that looks like `parent`."""
        said: dict[str, str] = {}
        for _, _, pseudo, rules in self.matcher.match(wrapped):
            if pseudo is None:
                said.update(rules)
        style = wrapped.etree_element.get("style")
        if style:
            said.update(_declared(tinycss2.parse_blocks_contents(style)))
        return _computed(wrapped.local_name, said, parent)

    def counted(self, wrapped: Any) -> str:
        """`page` or `pages` where the element shows that number, else nothing."""
        for _, _, pseudo, rules in self.matcher.match(wrapped):
            if pseudo == "before" and "counter(" in rules.get("content", ""):
                return str(rules["content"]).removeprefix("counter(").rstrip(")")
        return ""


def points(said: str, size: float) -> float:
    """A length in points; em is of `size`. 0 for what is no length."""
    hit = _LENGTH.fullmatch(said.strip())
    if hit is None:
        return 0.0
    number, unit = float(hit[1]), hit[2] or "pt"
    return number * (size if unit in ("em", "rem") else _POINTS.get(unit, 0.0))


@cache
def sheet_of(folder: str) -> Sheet:
    """The style sheet of a letter, with all it imports."""
    matcher, pages = cssselect2.Matcher(), dict([("size", "A4"), *_longhands("margin", "28mm")])
    _add(matcher, pages, tinycss2.parse_stylesheet(_KNOWN), LETTERS)
    path = LETTERS / folder / "letter.css"
    _add(matcher, pages, _read(path), path.parent)
    return Sheet(matcher, _page(pages))


def _read(path: Path) -> Any:
    text = path.read_text("utf-8")
    return tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)


def _add(matcher: Any, pages: dict[str, str], rules: Any, folder: Path) -> None:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            path = folder / next(t.value for t in rule.prelude if t.type in ("url", "string"))
            if path.name != "fonts.css":
                _add(matcher, pages, _read(path), path.parent)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "page":
            if not tinycss2.serialize(rule.prelude).strip():
                pages.update(_declared(tinycss2.parse_blocks_contents(rule.content)))
        elif rule.type == "qualified-rule":
            said = _declared(tinycss2.parse_blocks_contents(rule.content))
            for selector in cssselect2.compile_selector_list(rule.prelude):
                matcher.add_selector(selector, said)


def _page(said: dict[str, str]) -> PageShape:
    sizes = {"A4": "210mm 297mm", "A3": "297mm 420mm", "A5": "148mm 210mm"}
    words = said["size"].replace("landscape", "").replace("portrait", "").strip()
    wide, high = (points(one, 12) for one in sizes.get(words.upper(), words).split())
    if "landscape" in said["size"]:
        wide, high = high, wide
    return PageShape(wide, high, _edges(said, "margin-{}", 12))


def _declared(rules: Any) -> dict[str, str]:
    """Longhands with their values; shorthands are taken apart."""
    said: dict[str, str] = {}
    for rule in rules:
        if rule.type == "declaration":
            value = tinycss2.serialize(rule.value).strip()
            said.update(_longhands(rule.lower_name, value))
    return said


def _longhands(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name in ("margin", "padding"):
        parts = value.split()
        four = [parts[0], parts[1 % len(parts)], parts[2 % len(parts)], parts[-1]]
        if len(parts) == 2:
            four = [parts[0], parts[1], parts[0], parts[1]]
        elif len(parts) == 3:
            four = [parts[0], parts[1], parts[2], parts[1]]
        yield from ((f"{name}-{edge}", one) for edge, one in zip(_EDGES, four, strict=True))
    elif name == "border":
        yield from ((f"border-{edge}", value) for edge in _EDGES)
    elif name == "font":
        yield from _font(value)
    else:
        yield name, value


def _font(value: str) -> Iterator[tuple[str, str]]:
    """`700 14pt/24pt "Wusong Hei", ...`."""
    hit = re.match(r"(?:(\d00|bold|normal)\s+)?([\d.]+\w+|[\d.]+%)(?:/([\d.]+\w*))?\s+(.*)", value)
    if hit:
        yield "font-weight", hit[1] or "400"
        yield "font-size", hit[2]
        yield "line-height", hit[3] or "1.5"
        yield "font-family", hit[4]


def _computed(tag: str, said: dict[str, str], parent: Look) -> Look:
    size = parent.size
    if "font-size" in said and said["font-size"] != "inherit":
        size = points(said["font-size"], parent.size) or parent.size
    look = replace(
        Look(),
        size=size,
        pitch=_pitch(said.get("line-height", ""), size, parent),
        face=_face(said.get("font-family", ""), parent.face),
        bold=_bold(said.get("font-weight", ""), inherited=parent.bold),
        align=said.get("text-align", parent.align),
        indent=points(said["text-indent"], size) if "text-indent" in said else parent.indent,
        letter_spacing=_or(said, "letter-spacing", size, parent.letter_spacing),
        display=_display(tag, said.get("display", "")),
        position=said.get("position", "static"),
        width=said.get("width", said.get("min-width", "")),
        height=max(points(said.get(n, ""), size) for n in ("height", "min-height")),
    )
    return replace(
        look,
        left=points(said["left"], size) if "left" in said else None,
        top=points(said["top"], size) if "top" in said else None,
        margin=_edges(said, "margin-{}", size),
        padding=_edges(said, "padding-{}", size),
        border=_edges(said, "border-{}", size),
        upright=said.get("vertical-align", "middle"),
        new_page=said.get("break-before") == "page",
        whole=said.get("break-inside") == "avoid",
        with_next=said.get("break-after") == "avoid",
    )


def _or(said: dict[str, str], name: str, size: float, otherwise: float) -> float:
    return points(said[name], size) if name in said else otherwise


def _edges(said: dict[str, str], name: str, size: float) -> Sides:
    top, right, bottom, left = (_edge(said.get(name.format(edge), ""), size) for edge in _EDGES)
    return top, right, bottom, left


def _edge(value: str, size: float) -> float:
    """A margin, or the width of a border such as `.5pt solid #000`."""
    return points(value.split()[0], size) if value and "none" not in value else 0.0


def _pitch(said: str, size: float, parent: Look) -> float:
    if not said or said == "inherit":
        return parent.pitch
    bare = re.fullmatch(r"[\d.]+", said)
    return float(said) * size if bare else points(said, size)


def _face(said: str, inherited: str) -> str:
    first = said.split(",")[0].strip("\"' ")
    if not first or first == "inherit":
        return inherited
    return {"Wusong Kai": _KAI, "Wusong Hei": _HEI}.get(first, _SONG)


def _bold(said: str, *, inherited: bool) -> bool:
    return inherited if not said or said == "inherit" else said in ("700", "bold", "600")


def _display(tag: str, said: str) -> str:
    if tag in _NEVER or said == "none":
        return "none"
    if said:
        return said
    return "block" if tag in _BLOCKS else "inline"
