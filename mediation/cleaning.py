"""Words from outside, made safe to keep and to print: one Unicode form, nothing invisible in them."""

from __future__ import annotations

import re
import unicodedata

from mediation.wording import Text

NAME_LIMIT = 60
LINE_LIMIT = 200
TEXT_LIMIT = 20_000

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Not of the class of format characters, and yet nothing is seen where they stand.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_NEWLINES = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANKS = re.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")
# A variation selector only chooses how the same character is drawn; without it the word is the same.
_VARIATIONS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# All of these are typed for the dot in names of many peoples (阿依古丽·买买提).
_NAME_DOTS = re.compile(r"[•・‧∙⋅･﹒．]")

_TURNED = Text(
    "第 {n} 个字旁边有一个看不见的、会让文字倒着显示的符号，多半是复制时带进来的。"
    "请删掉那几个字重新打一遍，别的内容都还在",
    "Beside character {n} there is an invisible sign that turns text around, probably from copying."
    " Delete and type those few characters again; everything else is kept",
)
_HIDDEN = Text(
    "第 {n} 个字旁边有一个看不见的符号，多半是复制时带进来的。"
    "请删掉那几个字重新打一遍，别的内容都还在",
    "Beside character {n} there is an invisible sign, probably from copying."
    " Delete and type those few characters again; everything else is kept",
)
_PRIVATE = Text(
    "第 {n} 个字是某台电脑自己造的字，别处显示和打印不出来。"
    "请换成标准字，或先用拼音代替，别的内容都还在",
    "Character {n} was made up on one computer and cannot be shown or printed elsewhere."
    " Use the standard character, or pinyin for now; everything else is kept",
)
_BROKEN = Text(
    "第 {n} 个字没有传完整。请删掉它重新打一遍，别的内容都还在",
    "Character {n} did not arrive whole. Delete it and type it again; everything else is kept",
)
_TOO_LONG = Text(
    "这里最多写 {limit} 个字，现在有 {length} 个。请删短一些，您写的都还在",
    "At most {limit} characters fit here; there are {length}. Shorten it; what you wrote is kept",
)


class Unclean(ValueError):
    """Words that cannot be kept as they are; `text` says what to do, and that nothing was lost."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.zh)


def clean_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Several lines, at most `limit` characters: composed (NFC), trimmed, lines ended by \\n alone.

    Raises Unclean for what cannot be seen or printed: controls, text-turning and zero-width signs,
    half characters, private-use characters. Rare Han characters of every plane are welcome.
    """
    # Normalising may lengthen a text, so an absurd one is refused before any work is done on it.
    if len(text) > limit * 4 + 1_000:
        raise Unclean(_TOO_LONG.with_(limit=limit, length=len(text)))
    said = _BLANKS.sub(" ", _NEWLINES.sub("\n", text))
    said = unicodedata.normalize("NFC", _VARIATIONS.sub("", said)).strip()
    for place, sign in enumerate(said, start=1):
        reason = _objection(sign)
        if reason:
            raise Unclean(reason.with_(n=place))
    if len(said) > limit:
        raise Unclean(_TOO_LONG.with_(limit=limit, length=len(said)))
    return "\n".join(line.rstrip() for line in said.split("\n"))


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """The same for one line: line breaks and runs of spaces become one space."""
    return re.sub(r"[ \n]{2,}|\n", " ", clean_text(text, limit))


def clean_name(text: str, limit: int = NAME_LIMIT) -> str:
    """A person's name: one line, with the one dot (·) of the standard between its parts."""
    return re.sub(r"\s*·\s*", "·", _NAME_DOTS.sub("·", clean_line(text, limit)))


def _objection(sign: str) -> Text | None:
    if sign in _BIDI:
        return _TURNED
    if sign == "\n" or (sign.isascii() and sign.isprintable()):
        return None
    kind = unicodedata.category(sign)
    if kind == "Co":
        return _PRIVATE
    # An unassigned number may be a Han character younger than this Python; a noncharacter is none.
    if kind == "Cs" or _is_noncharacter(sign) or sign == "\ufffd":
        return _BROKEN
    return _HIDDEN if kind in ("Cc", "Cf") or sign in _BLANK_LETTERS else None


def _is_noncharacter(sign: str) -> bool:
    return 0xFDD0 <= ord(sign) <= 0xFDEF or ord(sign) & 0xFFFE == 0xFFFE
