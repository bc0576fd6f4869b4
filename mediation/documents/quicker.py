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
from collections.abc import Callable
from functools import cache
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
    library.css.ComputedStyle.__missing__ = _missing(library.css)
    percent = library.layout.percent
    _replace(library, percent, "resolve_one_percentage", _one_percentage(percent))
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


def _missing(css: ModuleType) -> Callable[[Any, str], Any]:
    """A property that no rule sets is the parent's or the initial one: nothing is to be worked out."""
    theirs = css.ComputedStyle.__missing__
    initial, computed = css.INITIAL_VALUES, css.INITIAL_NOT_COMPUTED
    physical = css.PHYSICAL_FUNCTIONS
    logical = frozenset(
        find(block="ttb", inline=way) for find in physical.values() for way in ("ltr", "rtl")
    )
    odd = {"float", "display", "position", "page"}
    even = {
        key
        for key in initial
        if key not in odd and not key.startswith("text_decoration_") and key[:2] != "__"
    }
    inherited = frozenset(k for k in even if k in css.INHERITED and k not in physical)
    plain = {
        k: initial[k]
        for k in even
        if k not in css.INHERITED and k not in computed and not css.check_math(initial[k])
    }

    def missing(style: Any, key: str) -> Any:
        if key not in style.cascaded:
            if key in inherited and style.parent_style is not None:
                value = style[key] = style.parent_style[key]
                return value
            if key in plain and (key not in physical or logical.isdisjoint(style.cascaded)):
                value = style[key] = plain[key]
                return value
        return theirs(style, key)

    return missing


def _one_percentage(percent: ModuleType) -> Callable[[Any, str, Any], None]:
    """Nearly every length is in pixels by now, or `auto`."""
    theirs = percent.resolve_one_percentage

    def resolve(box: Any, name: str, refer_to: Any) -> None:
        value = box.style[name]
        if getattr(value, "unit", None) == "px":
            setattr(box, name, value.value)
        else:
            theirs(box, name, refer_to)

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
    """The typeface cut down to the glyphs of one paper, by a wheel and a face kept in memory.

    Twice as the library does it: first the glyphs keep their numbers, then the empty ones behind
    the last one used are dropped.
    """
    import uharfbuzz as hb

    if not to_unicode:
        return
    flags = hb.SubsetFlags
    always = flags.PASSTHROUGH_UNRECOGNIZED | flags.DESUBROUTINIZE
    if font.missing:
        always |= flags.NOTDEF_OUTLINE
    asked = hb.SubsetInput()
    asked.sets(hb.SubsetInputSets.GLYPH_INDEX).set(set(to_unicode))
    drop = asked.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    for tag in _DROPPED:
        drop.add(int.from_bytes(tag.encode(), "big"))
    asked.flags = always | flags.RETAIN_GIDS
    first = hb.subset(_face(font.file_content), asked)
    asked.sets(hb.SubsetInputSets.GLYPH_INDEX).set(set(range(max(to_unicode) + 1)))
    asked.flags = always | flags.NO_HINTING
    font.file_content = bytes(hb.subset(first, asked).blob.data)


@cache
def _face(data: bytes) -> Any:
    """A typeface made ready to be cut many times."""
    import uharfbuzz as hb

    return hb.subset_preprocess(hb.Face(data))
