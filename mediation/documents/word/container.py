"""What a text document brings with it besides words: nothing that acts, reaches out, or bursts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from mediation.wording import Text

LIMIT = 5 * 1024 * 1024
_MOST_PARTS, _MOST_UNPACKED, _MOST_TIMES = 300, 40 * 1024 * 1024, 200
_PARTS = (".xml", ".rels", ".png", ".jpg", ".jpeg", ".odttf")
_MAIN = "word/document.xml"
# Fields that only count pages. Every other kind fetches, runs, or changes by itself.
_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"})
_ACTING = ("altChunk", "object", "control", "subDoc", "movie", "ins", "del", "moveFrom", "moveTo")
_LINKS = re.compile(
    r"/(?:attachedTemplate|aFChunk|oleObject|package|control|vbaProject|wordVbaData|frame|subDocument|"
    r"mailMerge\w*|transform|externalLink\w*|ui/extensibility|ui/userCustomization|keyMapCustomizations)$"
)

_NO_WORD = Text(
    "这个文件打开看不是DOCX。在WPS或Word里“另存为”DOCX再传。",
    "This file is no DOCX inside. Save it as DOCX in WPS or Word, then send it again.",
)
_TOO_BIG = Text(
    "文件最大5兆，展开不超过40兆。把大图片删小再传。",
    "At most 5 MB, and 40 MB unpacked. Make large pictures smaller.",
)
_MACRO = Text(
    "文件里有宏（会自己运行的程序），不能收。另存为不带宏的DOCX再传。",
    "It carries macros, which run by themselves. Save it as DOCX without macros.",
)
_OUTSIDE = Text(
    "文件里有指向外面的东西（链接、外部模板或外部图片）：{what}。去掉再传。",
    "It points to something outside (a link, a remote template or picture): {what}. Remove that.",
)
_INSIDE = Text(
    "文件里嵌着别的东西：{what}。只能有文字、表格和PNG、JPG图片。",
    "It holds something else inside: {what}. Only words, tables and PNG or JPG pictures are kept.",
)
_FIELD = Text(
    "文件里有会自己变的域：{what}。只能有页码域，别的改成普通文字再传。",
    "It has a field that changes or fetches by itself: {what}. Only page numbers may be fields.",
)
_TRACKED = Text(
    "文件里有没处理的修订。全部接受或拒绝，再传。",
    "It has tracked changes. Accept or reject all of them, then send it again.",
)


class Unsafe(ValueError):
    """A document that is not kept; `text` says what it holds and what to do."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.zh)


def check(content: bytes) -> None:
    """Raises Unsafe, naming the first thing found."""
    if len(content) > LIMIT:
        raise Unsafe(_TOO_BIG)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = dict(_parts(archive))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        if isinstance(error, Unsafe):
            raise
        raise Unsafe(_NO_WORD) from error
    if _MAIN not in parts or "[Content_Types].xml" not in parts:
        raise Unsafe(_NO_WORD)
    for name, tree in parts.items():
        _check_part(name, tree)


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, Any]]:
    """Each part, XML ones as trees. Sizes are looked at before anything is unpacked."""
    entries = [e for e in archive.infolist() if not e.is_dir()]
    large = [e for e in entries if e.file_size > _MOST_TIMES * max(e.compress_size, 1024)]
    if len(entries) > _MOST_PARTS or sum(e.file_size for e in entries) > _MOST_UNPACKED or large:
        raise Unsafe(_TOO_BIG)
    if len({e.filename for e in entries}) != len(entries):
        raise Unsafe(_NO_WORD)
    for entry in entries:
        name = entry.filename
        if re.search(r"vba|macro", name, re.IGNORECASE):
            raise Unsafe(_MACRO)
        if not name.lower().endswith(_PARTS):
            raise Unsafe(_INSIDE.with_(what=name))
        yield name, _tree(archive.read(entry)) if name.endswith((".xml", ".rels")) else None


def _tree(content: bytes) -> Any:
    """XML without anything that unfolds or fetches."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unsafe(_NO_WORD) from error
    if tree.getroottree().docinfo.doctype or tree.getroottree().docinfo.internalDTD is not None:
        raise Unsafe(_INSIDE.with_(what="DTD"))
    return tree


def _check_part(name: str, tree: Any) -> None:
    if name == "[Content_Types].xml":
        _check_types(tree)
    elif name.endswith(".rels"):
        _check_links(tree)
    elif tree is not None and name.startswith("word/"):
        _check_words(tree)


def _check_types(tree: Any) -> None:
    said = " ".join(one.get("ContentType", "") for one in tree)
    if "macroEnabled" in said or "vba" in said.lower():
        raise Unsafe(_MACRO)
    if "wordprocessingml.document.main+xml" not in said:
        raise Unsafe(_NO_WORD)


def _check_links(tree: Any) -> None:
    for link in tree:
        kind, target = link.get("Type", ""), link.get("Target", "")
        if link.get("TargetMode") == "External":
            raise Unsafe(_OUTSIDE.with_(what=target[:60] or kind.rpartition("/")[2]))
        if _LINKS.search(kind):
            raise Unsafe(_INSIDE.with_(what=kind.rpartition("/")[2]))


def _check_words(tree: Any) -> None:
    for one in tree.iter(*(qn(f"w:{name}") for name in _ACTING)):
        tag = etree.QName(one).localname
        if tag in ("ins", "del", "moveFrom", "moveTo"):
            raise Unsafe(_TRACKED)
        raise Unsafe(_INSIDE.with_(what=tag))
    for said in _fields(tree):
        word = (said.split() or [""])[0].upper()
        if word not in _FIELDS:
            raise Unsafe(_FIELD.with_(what=word[:40] or "?"))


def _fields(tree: Any) -> Iterator[str]:
    """What each field says, however many runs it was cut into."""
    for simple in tree.iter(qn("w:fldSimple")):
        yield simple.get(qn("w:instr"), "")
    open_ones: list[list[str]] = []
    for one in tree.iter(qn("w:fldChar"), qn("w:instrText")):
        kind = one.get(qn("w:fldCharType"))
        if kind == "begin":
            open_ones.append([])
        elif kind == "end" and open_ones:
            yield "".join(open_ones.pop())
        elif kind is None:
            if not open_ones:
                open_ones.append([])
            open_ones[-1].append(one.text or "")
    yield from ("".join(left) for left in open_ones)
