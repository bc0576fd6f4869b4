"""Typefaces: the open faces we ship, or a site's own licensed ones where all of them are there.

A size cannot hang on which face happened to be found: the whole column of sizes goes with the
profile, and one face that is missing means the open profile, and a sentence about it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from mediation.documents.faces import LIST
from mediation.documents.glyphs import FONTS
from mediation.wording import Text

OPEN, LICENSED = "open", "licensed"
# What each role is set in, the first that is there: the name a face calls itself by.
ROLES: dict[str, tuple[str, ...]] = {
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    "body": (
        "FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "Zhuque Fangsong"
    ),
    "head": ("SimHei", "黑体", "STHeiti"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti"),
    "song": ("SimSun", "宋体", "NSimSun", "STSong"),
}  # fmt: skip
_FILES = (".ttf", ".otf")
_FAMILY_IDS = (1, 16, 4)
_NOT_TO_EMBED = 0x0002
_MISSING = Text(
    "本站选了自有字体，但{folder}里缺：{what}。现在用随附的开放字体，字号也跟着换",
    "this site chose its own typefaces, but {folder} lacks: {what}. The open ones are used instead, "
    "with their sizes",
)
_UNKNOWN = Text(
    "字体设置“{said}”不认识，只有 open 和 licensed。现在用 open",
    "the typefaces “{said}” are not known, only open and licensed. Open is used",
)
_IN_USE = {
    OPEN: Text("随附的开放字体", "the open ones that are shipped"),
    LICENSED: Text("本站自有字体：{what}", "this site's own: {what}"),
}
_ROLE_NAMES = {
    "title": Text("小标宋（标题）", "title face"),
    "body": Text("仿宋（正文）", "body face"),
    "head": Text("黑体", "black face"),
    "kai": Text("楷体", "kai face"),
    "song": Text("宋体", "song face"),
}
_Seen = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Face:
    """A licensed face in its role; `family` is what a file made with it calls it."""

    role: str
    family: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Typefaces:
    """What papers are set in. `held` are the characters that every licensed face has; `trouble`
    says why the open ones are used though others were asked for.
    """

    profile: str = OPEN
    faces: tuple[Face, ...] = ()
    held: frozenset[int] = frozenset()
    trouble: Text | None = None

    @property
    def said(self) -> Text:
        named = "、".join(dict.fromkeys(face.family for face in self.faces))
        return self.trouble or _IN_USE[self.profile].with_(what=named)

    @property
    def files(self) -> str:
        """A line a file, name and SHA-256: what is kept beside papers drawn with them."""
        named = [(Path(face.path).name, face.sha256) for face in self.faces] + _shipped()
        return "\n".join(f"{name} {digest}" for name, digest in sorted(set(named)))

    @property
    def digest(self) -> str:
        """One figure for the profile and all its files."""
        return hashlib.sha256(f"{self.profile}\n{self.files}".encode()).hexdigest()

    def lacks(self, text: str) -> bool:
        """Whether some character of it is in no licensed face: a name is then set whole in an open one."""
        return bool(self.faces) and any(ord(sign) not in self.held for sign in text)


def _shipped() -> list[tuple[str, str]]:
    rows = json.loads((FONTS / LIST).read_text(encoding="utf-8"))
    return [(row["file"], row["sha256"]) for row in rows]


def resolve(asked: str, folder: Path) -> Typefaces:
    """The licensed faces of a folder where every role has one; else the open ones and why."""
    if asked == OPEN:
        return Typefaces()
    if asked != LICENSED:
        return Typefaces(trouble=_UNKNOWN.with_(said=asked))
    return _resolved(folder, tuple(_files(folder)))


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Every file that may be a face, with what changes when somebody replaces it."""
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix.lower() in _FILES:
            found = path.stat()
            yield path.name, found.st_size, found.st_mtime_ns


@lru_cache(maxsize=4)
def _resolved(folder: Path, seen: _Seen) -> Typefaces:
    named: dict[str, tuple[Path, str, frozenset[int]]] = {}
    for name, _, _ in seen:
        for family, real, held in _names(folder / name):
            named.setdefault(family, (folder / name, real, held))
    found = {
        role: next((named[name] for name in names if name in named), None)
        for role, names in ROLES.items()
    }
    lacking = [_ROLE_NAMES[role] for role, face in found.items() if face is None]
    if lacking:
        what = Text("、".join(t.zh for t in lacking), ", ".join(t.en for t in lacking))
        return Typefaces(trouble=_MISSING.with_(folder=folder, what=what))
    there = {role: face for role, face in found.items() if face is not None}
    faces = tuple(
        Face(role, real, str(path), hashlib.sha256(path.read_bytes()).hexdigest())
        for role, (path, real, _) in there.items()
    )
    held = frozenset.intersection(*(cmap for _, _, cmap in there.values()))
    return Typefaces(LICENSED, faces, held)


def _names(path: Path) -> Iterator[tuple[str, str, frozenset[int]]]:
    """Each name a file calls itself by, the one a program takes, and the characters it has.

    What is no typeface, or one whose maker forbids that papers carry it, has no name here.
    """
    try:
        with path.open("rb") as opened, TTFont(opened, lazy=True) as font:
            if "OS/2" in font and font["OS/2"].fsType & 0x000F == _NOT_TO_EMBED:
                return
            names = [r for r in font["name"].names if r.nameID in _FAMILY_IDS]
            held = frozenset(font.getBestCmap() or ())
            real = font["name"].getBestFamilyName() or path.stem
            said = list(dict.fromkeys(record.toUnicode() for record in names))
    except (TTLibError, OSError, KeyError, UnicodeDecodeError, AssertionError):
        return
    yield from ((name, real, held) for name in said)


def ideographs_of(face: Face) -> str:
    """The ideographs that a face really has, as ranges of a style sheet: the library takes a range at
    its word, and prints nothing for a character that is not there.
    """
    with TTFont(face.path, lazy=True) as font:
        held = sorted(code for code in font.getBestCmap() if _is_ideograph(code))
    ranges: list[list[int]] = []
    for code in held:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ", ".join(f"U+{first:X}-{last:X}" for first, last in ranges)


def _is_ideograph(code: int) -> bool:
    return code == 0x3007 or 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF


_asked: tuple[str, Path] = (OPEN, Path())


def use(asked: str, folder: Path) -> Typefaces:
    """What this site chose; the application says it at start. Returns what is in use."""
    global _asked
    _asked = (asked, folder)
    return in_use()


def in_use() -> Typefaces:
    """Looked up anew whenever a file of the folder has changed."""
    return resolve(*_asked)
