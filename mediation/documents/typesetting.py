"""How text is set before it reaches the page: marks that share a body, figures kept with units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from markupsafe import Markup, escape

from mediation.documents.glyphs import in_every_face
from mediation.money import fen_upper, yuan

_CLOSING = "，。、；：）》〉〕】」』”’"
_OPENING = "（《〈〔【「『“‘"
_FOLLOWING = _CLOSING + "！？" + _OPENING
# Figures with the unit that follows, numbers of papers, and telephone numbers never break.
_KEPT = re.compile(
    r"第\s?\d+\s?号"
    r"|(?<![A-Za-z0-9])\d{2,4}(?:[- ]\d{3,4}){1,2}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])[\d][\d,.:]*(?:%|[年月日号元角分天时个次份页期人户条岁米亩楼室栋])"
)
# Tags that a line runs through. Pieces of a page alternate: text, tag, text, ...
_TAG = re.compile(r"(<[^>]*>)")
_INLINE = re.compile(r"</?(?:span|b|wbr)\b")
_PLACE_ENDS = re.compile("[省市州县区旗镇乡]|街道|社区|村(?!民)")
_HAN = "〇一二三四五六七八九"


def set_page(html: str) -> str:
    """A filled page with its text set: figures kept with their units, mark pairs closed up.

    Works on the whole page, so that words of the template and words from the case are set alike.
    """
    head, body = html.split("<body", 1)
    pieces = _TAG.split(body)
    english = 'lang="en"' in head
    for place in range(0, len(pieces), 2):
        text = pieces[place]
        if text.strip():
            pieces[place] = _set(
                text, "" if english else _next_sign(pieces, place), english=english
            )
    return head + "<body" + "".join(pieces)


def set_outside(html: str, names: Sequence[str]) -> str:
    """Names with a character that a site's own faces lack, wherever they stand, whole in an open one."""
    head, body = html.split("<body", 1)
    longest_first = sorted({str(escape(dotted(name))) for name in names}, key=len, reverse=True)
    parted = [name for name in longest_first if "·" in name]
    for name in parted:
        inside = "·<wbr>".join(
            f'(?:<span class="n">)?{part}(?:</span>)?' for part in name.split("·")
        )
        body = re.sub(inside, lambda hit: f'<span class="outside">{hit[0]}</span>', body)
    found = re.compile("|".join(map(re.escape, longest_first)))
    pieces = _TAG.split(body)
    for place in range(0, len(pieces), 2):
        pieces[place] = found.sub(r'<span class="outside">\g<0></span>', pieces[place])
    return head + "<body" + "".join(pieces)


def _next_sign(pieces: list[str], place: int) -> str:
    """The sign that stands next on the same line, looking through inline tags."""
    for tag, text in zip(pieces[place + 1 :: 2], pieces[place + 2 :: 2], strict=False):
        if not _INLINE.match(tag):
            return ""
        if text:
            return text[0]
    return ""


def _set(text: str, following: str, *, english: bool) -> str:
    out, end = [], 0
    for hit in _KEPT.finditer(text):
        out += [text[end : hit.start()] if english else _halved(text[end : hit.start()], hit[0][0])]
        out += [f'<span class="n">{hit[0]}</span>']
        end = hit.end()
    rest = text[end:]
    return "".join([*out, rest if english else _halved(rest, following)])


def _halved(text: str, following: str) -> str:
    halved = set()
    for place, (first, second) in enumerate(pairwise(text + following)):
        if first in _CLOSING and second in _FOLLOWING:
            halved.add(place)
        elif first in _OPENING and second in _OPENING:
            halved.add(place + 1)
    signs = (f'<span class="h">{s}</span>' if n in halved else s for n, s in enumerate(text))
    return "".join(signs)


def set_line(text: str) -> Markup:
    """One run of text, escaped; in the full face where the cut ones lack a character."""
    if in_every_face(text):
        return escape(text)
    return Markup('<span class="rare">{}</span>').format(text)


def last_words(text: str) -> Markup:
    """A clause of a poster: its last four signs stay together, so that no line ends on one."""
    return Markup('{}<span class="n">{}</span>').format(text[:-4], text[-4:])


def paragraphs(text: str) -> tuple[Markup, ...]:
    """Each line a person typed as one paragraph; blank lines are dropped."""
    lines = unicodedata.normalize("NFC", text).splitlines()
    return tuple(set_line(line.strip()) for line in lines if line.strip())


def name(text: str) -> Markup:
    """A person's name: long ones a size smaller, breaking after the dot or blank between its parts.

    A part that no cell could hold breaks wherever it must: better than running into the next cell.
    """
    kept = dotted(text)
    parts = kept.split("·")
    inside = Markup("·<wbr>").join(
        Markup('<span class="n">{}</span>').format(part) if _fits_a_cell(part) else escape(part)
        for part in parts
    )
    shape = "name long" if len(kept) > 6 else "name"
    if not in_every_face(kept):
        shape += " rare"
    return Markup('<span class="{}">{}</span>').format(shape, inside)


def dotted(text: str) -> str:
    """A name with the one dot that stands between its parts."""
    return re.sub(r"[•・･∙‧]", "·", text)


def _fits_a_cell(part: str) -> bool:
    return len(part) <= 6 or (len(part) <= 10 and part.isascii() and " " not in part)


def in_lines(text: str, most: int) -> list[str]:
    """The name of a place in lines of at most so many signs, cut behind a county, town or street."""
    lines, rest = [], text
    while len(rest) > most:
        ends = [hit.end() for hit in _PLACE_ENDS.finditer(rest) if hit.end() <= most]
        cut = ends[-1] if ends else most
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [*lines, rest] if rest else lines


def day(value: date | None) -> Markup:
    """`2026年11月12日`, or the blanks to write it in."""
    if value is None:
        gaps = (
            '<span class="w3"></span>年',
            '<span class="w2"></span>月',
            '<span class="w2"></span>日',
        )
        return Markup('<span class="n when">{}</span>').format(Markup("").join(map(Markup, gaps)))
    return set_line(f"{value.year}年{value.month}月{value.day}日")


def clock(value: str) -> str:
    """`14:30` as 14时30分; anything else stays as it was written."""
    hour, colon, minute = value.partition(":")
    return f"{int(hour)}时{minute}分" if colon and hour.isdigit() and minute.isdigit() else value


def day_en(value: date | None) -> str:
    return f"{value.day} {value:%B} {value.year}" if value else "__________"


def sum_in_words(fen: int) -> str:
    """`人民币8,600.00元（大写：捌仟陆佰元整）`."""
    return f"人民币{yuan(fen)}元（大写：{fen_upper(fen)}）"


def han(number: int) -> str:
    """1 to 99 as 一, 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _HAN[ones]
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")


def roman(number: int) -> str:
    return ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[number]


def spread(label: str) -> str:
    """Two signs to the width of four with ideographic blanks: 姓　　名."""
    return "　　".join(label) if len(label) == 2 else label
