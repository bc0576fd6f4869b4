"""Shorter ways through WeasyPrint 70 to the same paper. `documents.pdf` alone uses them.

The library reads a page as forgivingly as a browser, asks every rule for all of HTML of every
element, works out styles that nobody set, and reads whole typefaces for every paper. Each way here
gives what the library gives; tests hold a paper drawn with them against one drawn without, byte for
byte where compression is the same.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Callable, Set
from types import ModuleType, SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element, fromstring

# How a typeface begins.
_TYPEFACE = (b"\x00\x01\x00\x00", b"true", b"OTTO")
# What a letter's typeface does without: layout has been done, hinting is for screens of old.
_DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")


# Tags that end where they begin; and what HTML says shorter than XML does.
_VOID = re.compile(r"<(meta|col|br|img|wbr)\b([^>]*?)/?>")
_LONGER = (
    (" hidden>", ' hidden="">'),
    ("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '),
    ("&nbsp;", "\N{NO-BREAK SPACE}"),
)


def read(html: str) -> Element:
    """A filled letter as a tree, the one a browser makes of it. Our letters are well formed.

    Raises xml.etree.ElementTree.ParseError for one that is not.
    """
    page = _VOID.sub(r"<\1\2/>", html[html.index("<html") :])
    for short, long in _LONGER:
        page = page.replace(short, long)
    tree = fromstring(page)  # noqa: S314  # ours, every value escaped, no document type
    for table in tree.iter("table"):
        table[:] = _grouped(table)
    return tree


def _grouped(table: Element) -> list[Element]:
    """Rows that stand in a table by themselves are its body."""
    parts: list[Element] = []
    for part in table:
        if part.tag != "tr":
            parts.append(part)
            continue
        if not parts or parts[-1].tag != "tbody" or parts[-1] in list(table):
            parts.append(Element("tbody"))
        parts[-1].append(part)
    return parts


def page_class(library: ModuleType, ground: Any) -> type[Any]:
    """The library's HTML, read by `read`, on `ground` in place of its sheet for all of HTML."""
    wrapper = library.cssselect2.ElementWrapper

    class Page(library.HTML):  # type: ignore[misc, name-defined]  # the library ships no types
        def __init__(self, html: str, base_url: str, url_fetcher: Any) -> None:
            self.base_url, self.url_fetcher, self.media_type = base_url, url_fetcher, "print"
            self.wrapper_element = wrapper.from_html_root(read(html), content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: FBT001, FBT002
            return [ground]

    return Page


def install(library: ModuleType) -> None:
    """Put every shorter way in. `library` is weasyprint, with all its rooms imported."""
    import pydyf

    pydyf.zlib = SimpleNamespace(compress=deflate, compressobj=lambda **_: Deflate())
    _replace(library, pydyf, "_to_bytes", _to_bytes(pydyf._to_bytes))  # noqa: SLF001
    _fill_styles(library.css)
    percent = library.layout.percent
    _replace(library, percent, "resolve_percentages", _percentages(percent, library))
    fonts = library.pdf.fonts
    fonts.get_hb_object_data = _typeface(fonts)
    fonts.Font.subset = subset


class Deflate:
    """A compressor that is given everything at once, as this library does."""

    def compress(self, data: bytes) -> bytes:
        return deflate(data)

    def flush(self) -> bytes:
        return b""


def deflate(data: bytes) -> bytes:
    """Typefaces, which are most of it and mostly empty, by the fastest way; words by a better one."""
    from isal import isal_zlib

    packed: bytes = isal_zlib.compress(data, 2) if data[:4] in _TYPEFACE else zlib.compress(data, 6)
    return packed


def _replace(library: ModuleType, room: ModuleType, name: str, ours: Callable[..., Any]) -> None:
    """In the room it is made in, and in every room that has taken it over by name."""
    theirs = getattr(room, name)
    for module in [room, *sys.modules.values()]:
        inside = module is room or getattr(module, "__name__", "").startswith(library.__name__)
        if inside and getattr(module, name, None) is theirs:
            setattr(module, name, ours)


def _to_bytes(theirs: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    """Most of what a page is made of is text, whole numbers and bytes that are there already."""

    def to_bytes(item: Any) -> bytes:
        kind = type(item)
        if kind is bytes:
            return item  # type: ignore[no-any-return]
        if kind is str:
            return item.encode("ascii")  # type: ignore[no-any-return]
        if kind is int:
            return b"%d" % item
        return theirs(item)

    return to_bytes


def _fill_styles(css: ModuleType) -> None:
    """A property that no rule sets is the parent's or the initial one: nothing is to be worked out.

    What is initial stands in a style from the beginning; what is the parent's is taken when asked.
    """
    initial, physical = css.INITIAL_VALUES, css.PHYSICAL_FUNCTIONS
    odd = {"float", "display", "position", "page"}
    even = {k for k in initial if k not in odd and not k.startswith("text_decoration_")}
    plain = {
        k: initial[k]
        for k in even
        if k not in css.INHERITED
        and k not in css.INITIAL_NOT_COMPUTED
        and not css.check_math(initial[k])
    }
    inherited = frozenset(k for k in even if k in css.INHERITED and k not in physical)
    logical = frozenset(
        find(block="ttb", inline=way) for find in physical.values() for way in ("ltr", "rtl")
    )
    begin, begin_anonymous = css.ComputedStyle.__init__, css.AnonymousStyle.__init__
    find = css.ComputedStyle.__missing__

    def begin_filled(style: Any, parent: Any, cascaded: dict[str, Any], *others: Any) -> None:
        begin(style, parent, cascaded, *others)
        if logical.isdisjoint(cascaded):
            style.update(plain)
            for key in cascaded:
                style.pop(key, None)

    def begin_anonymous_filled(style: Any, parent: Any) -> None:
        style.update(plain)
        begin_anonymous(style, parent)

    def missing(style: Any, key: str) -> Any:
        if key in inherited and key not in style.cascaded and style.parent_style is not None:
            value = style[key] = style.parent_style[key]
            return value
        return find(style, key)

    css.ComputedStyle.__init__ = begin_filled
    css.AnonymousStyle.__init__ = begin_anonymous_filled
    css.ComputedStyle.__missing__ = missing


_SIDES = ("left", "right", "top", "bottom")
_SPACES = tuple(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES)
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)


def _percentages(percent: ModuleType, library: ModuleType) -> Callable[[Any, Any], None]:
    """Nearly every length of a box is in pixels, or `auto`, and nothing is to be worked out."""
    theirs, adjust = percent.resolve_percentages, percent.adjust_box_sizing
    page_box = library.formatting_structure.boxes.PageBox
    lengths = (
        *_SPACES, "width", "min_width", "max_width", "height",
        "min_height", "max_height",
    )  # fmt: skip

    def resolve(box: Any, containing_block: Any) -> None:
        style = box.style
        if isinstance(box, page_box):
            theirs(box, containing_block)
            return
        used = {}
        for name in lengths:
            value = style[name]
            unit = getattr(value, "unit", None)
            if unit == "px":
                used[name] = value.value
            elif value == "auto":
                used[name] = 0 if name in ("min_width", "min_height") else value
            else:
                theirs(box, containing_block)
                return
        settled = box.__dict__ if style["border_collapse"] == "collapse" else ()
        for name in _BORDERS:  # those of a collapsed table were settled between its cells
            if name not in settled:
                used[name] = style[name]
        box.__dict__.update(used)
        adjust(box, "width")
        adjust(box, "height")

    return resolve


def _typeface(fonts: ModuleType) -> Callable[[Any], bytes]:
    """The bytes of a typeface, copied out once: its head tells it, checksum of the whole included."""
    theirs, harfbuzz, ffi = fonts.get_hb_object_data, fonts.harfbuzz, fonts.ffi
    kept: dict[bytes, bytes] = {}
    size, tag = ffi.new("unsigned int *"), harfbuzz.hb_tag_from_string(b"head", -1)

    def typeface(face: Any) -> bytes:
        table = harfbuzz.hb_face_reference_table(face, tag)
        head = bytes(ffi.unpack(harfbuzz.hb_blob_get_data(table, size), size[0]))
        harfbuzz.hb_blob_destroy(table)
        if head not in kept:
            kept[head] = theirs(face)
        return kept[head]

    return typeface


def subset(font: Any, to_unicode: dict[int, str], _hinting: object) -> None:
    """The typeface cut down to the glyphs of one paper.

    The library cuts twice, to drop the empty places behind the last glyph too: for Chinese that
    takes nine tenths of the time and saves nothing.
    """
    if to_unicode:
        font.file_content = cut(font.file_content, set(to_unicode), outlines_nothing=font.missing)


def cut(face: bytes, glyphs: Set[int], *, outlines_nothing: object = False) -> bytes:
    """A typeface with these glyphs alone, which keep their numbers; by a wheel, from memory."""
    import uharfbuzz as hb

    flags = hb.SubsetFlags
    asked = hb.SubsetInput()
    asked.sets(hb.SubsetInputSets.GLYPH_INDEX).set(set(glyphs))
    drop = asked.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    for tag in _DROPPED:
        drop.add(int.from_bytes(tag.encode(), "big"))
    asked.flags = flags.RETAIN_GIDS | flags.PASSTHROUGH_UNRECOGNIZED | flags.NO_HINTING
    if outlines_nothing:
        asked.flags |= flags.NOTDEF_OUTLINE
    return bytes(hb.subset(_faces.of(face), asked).blob.data)


class Faces:
    """Typefaces kept in memory. One that is asked for again and again is made ready to be cut."""

    def __init__(self) -> None:
        self._plain: dict[bytes, Any] = {}
        self._ready: dict[bytes, Any] = {}

    def of(self, data: bytes) -> Any:
        import uharfbuzz as hb

        if data in self._ready:
            return self._ready[data]
        if data not in self._plain:
            self._plain[data] = hb.Face(data)
            return self._plain[data]
        self._ready[data] = hb.subset_preprocess(self._plain.pop(data))
        return self._ready[data]


_faces = Faces()
