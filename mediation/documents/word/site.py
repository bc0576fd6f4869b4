"""A site's own template: looked through before it is used, then filled with what a paper says."""

from __future__ import annotations

import copy as copies
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import docx
from docx.oxml.ns import qn

from mediation.documents.casefile import Casefile
from mediation.documents.word import marking, parts
from mediation.documents.word.placeholders import COURT, FREE, must_have, names_on, placeholder
from mediation.wording import Text
from mediation.workflow.documents import Document

_NAME = re.compile(r"【([^【】]*)】")
_LANGUAGE = ("{{", "}}", "{%", "%}", "{#", "#}", "${", "<%")
_SMALLEST = 16  # half points
_WHITE = ("FFFFFF", "FEFEFE")

_NO_LANGUAGE = Text(
    "{place}：有“{what}”。模板里只能写【甲方姓名】这样的名字，不能写程序。",
    "{place}: there is “{what}”. A template holds names in square brackets only, no program.",
)
_UNKNOWN = Text(
    "{place}：没有“{name}”这个名字。{hint}", "{place}: there is no name “{name}”. {hint}"
)
_PERHAPS = Text("是不是“【{name}】”？", "Did you mean “【{name}】”?")
_SEE_LIST = Text("看页面上的名字表。", "See the list of names on the page.")
_ELSEWHERE = Text(
    "{place}：“【{name}】”不属于这种文书，印出来总是空的。",
    "{place}: “【{name}】” is not of this paper: it would always be blank.",
)
_OPEN = Text(
    "{place}：【和】没有成对。一个名字要写在同一段里。",
    "{place}: 【 and 】 do not pair. A name stands within one paragraph.",
)
_SPLIT = Text(
    "{place}：“【{name}】”被软件拆成了几截，填的时候会自动接上，不用改。",
    "{place}: “【{name}】” was cut into pieces by the program; it is joined when it is filled.",
)
_MISSING = Text(
    "正文里没有“【{name}】”。给当事人的文书必须有，不能启用。",
    "“【{name}】” is not in the text. A paper for parties must have it, so it cannot be used.",
)
_HIDDEN = Text(
    "{place}：“【{name}】”设成了看不见或太小的字。改成正常的字。",
    "{place}: “【{name}】” is set invisible or too small. Give it ordinary type.",
)
_NOT_THERE = Text(
    "脚注、尾注或批注里有【】。这些地方填不了，移到正文里。",
    "There is 【】 in a footnote or comment, where nothing is filled. Move it into the text.",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a template; what is `serious` must be put right before it is used."""

    text: Text
    serious: bool = True


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One paragraph, where it is for people, and the pieces its text was cut into."""

    node: Any
    place: Text
    in_body: bool
    pieces: tuple[Any, ...]

    @property
    def text(self) -> str:
        return "".join(one.text or "" for one in self.pieces)


def look_through(content: bytes, document: Document) -> tuple[Finding, ...]:
    """Everything about the words of a template, serious things first. The file itself was checked."""
    opened = docx.Document(io.BytesIO(content))
    paragraphs = list(_paragraphs(opened))
    found = [f for one in paragraphs for f in _about(one, document)]
    there = {name for one in paragraphs if one.in_body for name in _names(one.text)}
    found += [Finding(_MISSING.with_(name=n)) for n in must_have(document) if n not in there]
    if any(b"\xe3\x80\x90" in blob for blob in _unreached(opened)):
        found.append(Finding(_NOT_THERE))
    return tuple(sorted(found, key=lambda f: not f.serious))


def _unreached(opened: Any) -> Iterator[bytes]:
    for part in opened.part.package.iter_parts():
        if re.search(r"/(?:footnotes|endnotes|comments)\w*\.xml$", str(part.partname)):
            yield part.blob


def _about(one: _Paragraph, document: Document) -> Iterator[Finding]:
    for sign in _LANGUAGE:
        if sign in one.text:
            yield Finding(_NO_LANGUAGE.with_(place=one.place, what=sign))
    left = _NAME.sub("", one.text)
    if "【" in left or "】" in left:
        yield Finding(_OPEN.with_(place=one.place))
    for hit in _NAME.finditer(one.text):
        yield from _about_name(one, hit, document)


def _about_name(one: _Paragraph, hit: re.Match[str], document: Document) -> Iterator[Finding]:
    name = _bare(hit[1])
    known = placeholder(name)
    if known is None:
        yield Finding(_UNKNOWN.with_(place=one.place, name=hit[0], hint=_nearest(name, document)))
        return
    if not known.stands_on(document):
        yield Finding(_ELSEWHERE.with_(place=one.place, name=name))
    first, last = _piece_at(one, hit.start()), _piece_at(one, hit.end() - 1)
    if first != last:
        yield Finding(_SPLIT.with_(place=one.place, name=name), serious=False)
    if name in (COURT, FREE) and any(_unseen(piece) for piece in one.pieces[first : last + 1]):
        yield Finding(_HIDDEN.with_(place=one.place, name=name))


def _nearest(name: str, document: Document) -> Text:
    names = [known.name for known in names_on(document)]
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    return _PERHAPS.with_(name=near[0]) if near else _SEE_LIST


def _unseen(piece: Any) -> bool:
    looks = piece.getparent().find(qn("w:rPr"))
    if looks is None:
        return False
    vanish, colour, size = (looks.find(qn(f"w:{name}")) for name in ("vanish", "color", "sz"))
    small = size is not None and int(float(size.get(qn("w:val"), "99"))) < _SMALLEST
    white = colour is not None and colour.get(qn("w:val"), "").upper() in _WHITE
    return vanish is not None or small or white


def _bare(name: str) -> str:
    return "".join(name.split())


def _names(text: str) -> list[str]:
    return [_bare(hit) for hit in _NAME.findall(text)]


def _piece_at(one: _Paragraph, place: int) -> int:
    """Which piece holds this sign of the paragraph's text."""
    for number, piece in enumerate(one.pieces):
        place -= len(piece.text or "")
        if place < 0:
            return number
    return len(one.pieces) - 1


def _paragraphs(opened: Any) -> Iterator[_Paragraph]:
    yield from _inside(opened.element.body, Text("正文", "text"), in_body=True)
    for part in opened.part.package.iter_parts():
        hit = re.search(r"/(header|footer)\d*\.xml$", str(part.partname))
        if hit:
            where = Text("页眉", "head") if hit[1] == "header" else Text("页脚", "foot")
            yield from _inside(part.element, where, in_body=False)


def _inside(root: Any, where: Text, *, in_body: bool) -> Iterator[_Paragraph]:
    for number, node in enumerate(root.iter(qn("w:p")), start=1):
        pieces = tuple(t for t in node.iter(qn("w:t")) if _own(t, node))
        place = Text(f"{where.zh}第{number}段", f"{where.en}, paragraph {number}")
        yield _Paragraph(node, place, in_body, pieces)


def _own(piece: Any, node: Any) -> bool:
    """Not of a box of text that hangs in the paragraph: that has paragraphs of its own."""
    return next(piece.iterancestors(qn("w:p"))) is node


def filled(content: bytes, case: Casefile, mark: marking.Words, *, title: str) -> bytes:
    """The template with every name replaced, marked on every page of every section."""
    opened = docx.Document(io.BytesIO(content))
    for one in list(_paragraphs(opened)):
        _fill(one, case)
    marking.mark(opened, mark)
    properties = opened.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "", ""
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def _fill(one: _Paragraph, case: Casefile) -> None:
    whole = _NAME.fullmatch(one.text.strip())
    if whole and (lines := _said(whole, case).splitlines())[1:]:
        _as_paragraphs(one, lines)
        return
    for hit in reversed(list(_NAME.finditer(one.text))):
        _replace(one, hit, _said(hit, case))
    for piece in one.pieces:
        _break_lines(piece)


def _said(hit: re.Match[str], case: Casefile) -> str:
    known = placeholder(_bare(hit[1]))
    return parts.sound(known.fill(case)) if known else hit[0]


def _replace(one: _Paragraph, hit: re.Match[str], said: str) -> None:
    """Into the first piece; what the name had of the others goes."""
    place = 0
    for piece in one.pieces:
        text = piece.text or ""
        begin, end = hit.start() - place, hit.end() - place
        if begin < len(text) and end > 0:
            here = said if begin >= 0 else ""
            parts.put_text(piece, text[: max(begin, 0)] + here + text[max(end, 0) :])
        place += len(text)


def _as_paragraphs(one: _Paragraph, lines: list[str]) -> None:
    """A list of things that stands alone becomes as many paragraphs of the same look."""
    last = one.node
    for number, line in enumerate(lines):
        node = one.node if number == 0 else copies.deepcopy(one.node)
        if number:
            last.addnext(node)
        pieces = [t for t in node.iter(qn("w:t")) if _own(t, node)]
        for place, piece in enumerate(pieces):
            parts.put_text(piece, line if place == 0 else "")
        last = node


def _break_lines(piece: Any) -> None:
    lines = (piece.text or "").split("\n")
    parts.put_text(piece, lines[0])
    after = piece
    for line in lines[1:]:
        turn, rest = parts.element("br"), parts.element("t")
        parts.put_text(rest, line)
        after.addnext(turn)
        turn.addnext(rest)
        after = rest
