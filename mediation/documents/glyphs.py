"""Which characters our faces hold, and which may not stand on a paper at all."""

from __future__ import annotations

import json
import unicodedata
from functools import cache

import uharfbuzz

from mediation.paths import LETTERS
from mediation.wording import Text

FONTS = LETTERS / "base" / "fonts"
_LAID_OUT = {"\n", "\t"}
_REFUSED = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")


class PaperRefused(Exception):
    """A paper that must not be drawn; `said` says why, in both languages."""

    def __init__(self, said: Text) -> None:
        self.said = said
        super().__init__(said.zh)


class GlyphMissing(PaperRefused):
    """A character that no face of ours can draw: a box in a name is a legal defect."""

    def __init__(self, character: str) -> None:
        self.character = character
        super().__init__(
            Text(
                "字库里没有这个字，文书不能生成：{sign}（{code}）",
                "Our fonts do not hold this character, so the paper is not drawn: {sign} ({code})",
            ).with_(sign=character, code=_called(character))
        )


class SignRefused(PaperRefused):
    """A control, direction or private sign, which can make a paper read otherwise than it is."""

    def __init__(self, character: str) -> None:
        self.character = character
        super().__init__(
            Text(
                "文字里有看不见的控制符，文书不能生成：{code}",
                "The text holds a sign that cannot be seen, so the paper is not drawn: {code}",
            ).with_(code=_called(character))
        )


def _called(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


@cache
def _held(file: str) -> frozenset[int]:
    return frozenset(uharfbuzz.Face((FONTS / file).read_bytes()).unicodes)


def families() -> frozenset[str]:
    """The families a paper may embed; any other in a PDF means a missing glyph."""
    rows = json.loads((FONTS / "fonts.json").read_text(encoding="utf-8"))
    return frozenset(row["family"] for row in rows)


def in_every_face(text: str) -> bool:
    """Whether each sign is in the cut faces; a name of which one is not is set whole in the full one."""
    held = _held("WusongSong-Regular.ttf")
    return all(ord(sign) in held for sign in text)


def check(text: str) -> None:
    """Raise SignRefused or GlyphMissing for the first character that cannot be printed."""
    first, full = _held("WusongSong-Regular.ttf"), _held("WusongSongFull-Regular.ttf")
    for sign in sorted(set(text) - _LAID_OUT):
        if unicodedata.category(sign) in _REFUSED or sign == "\N{REPLACEMENT CHARACTER}":
            raise SignRefused(sign)
        if ord(sign) not in first and ord(sign) not in full:
            raise GlyphMissing(sign)
