"""The mark on every page of a document that somebody else made: 草稿 or 样张, above and across it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml.ns import qn

from mediation.documents.word.parts import put_text
from mediation.paths import LETTERS

FRAME = LETTERS / "base" / "word" / "frame.docx"
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"


@dataclass(frozen=True, slots=True)
class Words:
    """`across` is one word, `above` a sentence."""

    across: str
    above: str


DRAFT = Words("草稿", "草稿　供修改用　不是正式文书，请勿签名、盖章")
SAMPLE = Words("样张", "样张　仅供看模板的样子　没有法律效力")


def mark(opened: Any, words: Words) -> None:
    """Put the mark into the head of every kind of page of every section."""
    line, defined = _line(words), set[str]()
    for section in opened.sections:
        for kind, head in _heads(section, opened.settings):
            # A head that is taken over from the section before is marked already, if there is one.
            if not head.is_linked_to_previous or kind not in defined:
                head.is_linked_to_previous = False
                head._element.insert(0, copy.deepcopy(line))  # noqa: SLF001 -- the library has no other way
                defined.add(kind)


def _heads(section: Any, settings: Any) -> Iterator[tuple[str, Any]]:
    yield "every", section.header
    if section.different_first_page_header_footer:
        yield "first", section.first_page_header
    if settings.odd_and_even_pages_header_footer:
        yield "even", section.even_page_header


def _line(words: Words) -> Any:
    """The paragraph of our own frame, with its words."""
    found = docx.Document(str(FRAME)).sections[0].header.paragraphs[0]._p  # noqa: SLF001 -- the same
    texts = list(found.iter(qn("w:t")))
    put_text(texts[0], words.above)
    for rest in texts[1:]:
        put_text(rest, "")
    for path in found.iter(_TEXT_PATH):
        if path.get("string"):
            path.set("string", words.across)
    return found
