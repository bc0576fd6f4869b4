"""Make the fonts of the letters from their open sources: `python build.py WORK_FOLDER`.

Downloads two npm packages and two Debian packages into WORK_FOLDER (with `npm pack` and
`apt-get download`), cuts each face to the characters our papers need, drops the hinting, gives it
a name of our own, as the licence asks of changed fonts with reserved names, and writes the faces
and `fonts.json` beside this file. The same inputs give the same bytes.
"""

from __future__ import annotations

import bz2
import hashlib
import json
import re
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
NPM = ("@expo-google-fonts/noto-serif-sc@0.4.3", "@expo-google-fonts/noto-sans-sc@0.4.3")
DEBS = ("fonts-lxgw-wenkai", "unicode-data")
SERIF = "expo-google-fonts-noto-serif-sc-0.4.3.tgz"
SANS = "expo-google-fonts-noto-sans-sc-0.4.3.tgz"
KAI = "usr/share/fonts/truetype/lxgw-wenkai"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"


@dataclass(frozen=True)
class Face:
    """One file we ship. `whole` keeps every ideograph of the source, for rare names."""

    file: str
    family: str
    weight: int
    package: str
    member: str
    whole: bool = False
    han_only: bool = False


FACES = (
    Face("WusongSong-Regular.ttf", "Wusong Song", 400, SERIF, "400Regular/NotoSerifSC_400Regular"),
    Face("WusongSong-Bold.ttf", "Wusong Song", 700, SERIF, "700Bold/NotoSerifSC_700Bold"),
    Face("WusongHei-Regular.ttf", "Wusong Hei", 400, SANS, "400Regular/NotoSansSC_400Regular"),
    Face("WusongHei-Bold.ttf", "Wusong Hei", 700, SANS, "700Bold/NotoSansSC_700Bold"),
    Face("WusongKai-Regular.ttf", "Wusong Kai", 400, DEBS[0], "Regular", han_only=True),
    Face("WusongKai-Bold.ttf", "Wusong Kai", 700, DEBS[0], "Bold", han_only=True),
    Face(
        "WusongSongFull-Regular.ttf",
        "Wusong Song Full",
        400,
        SERIF,
        "400Regular/NotoSerifSC_400Regular",
        whole=True,
    ),
)

# Latin with the marks of pinyin, general punctuation, ✓, arrows, ordinals in circles, full width.
BLOCKS = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x1CD, 0x1DC),
    (0x2010, 0x2027),
    (0x2030, 0x203B),
    (0x2070, 0x209C),
    (0x20AC, 0x20AC),
    (0x2103, 0x2116),
    (0x2150, 0x217F),
    (0x2190, 0x2199),
    (0x2200, 0x226F),
    (0x2460, 0x249B),
    (0x25A0, 0x25CF),
    (0x2605, 0x2606),
    (0x2713, 0x2713),
    (0x3000, 0x303F),
    (0x3200, 0x3243),
    (0x3300, 0x33FF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
)


def gb2312() -> set[int]:
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    found = (row.decode("gb2312", "ignore") for row in rows)
    return {ord(character) for character in found if character}


def standard_list(work: Path) -> set[int]:
    """The 8 105 characters of 通用规范汉字表, rare characters of names among them."""
    lines = bz2.decompress((work / "deb" / UNIHAN).read_bytes()).decode().splitlines()
    found = (re.match(r"U\+(\w+)\tkTGH\t", line) for line in lines)
    return {int(hit[1], 16) for hit in found if hit}


def is_han(code: int) -> bool:
    return code == 0x3007 or 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF


def fetch(work: Path) -> None:
    work.mkdir(parents=True, exist_ok=True)
    if not (work / SERIF).exists():
        subprocess.run(["npm", "pack", "--silent", *NPM], cwd=work, check=True)
    for package in DEBS:
        if not list(work.glob(f"{package}_*.deb")):
            subprocess.run(["apt-get", "download", package], cwd=work, check=True)
        found = next(work.glob(f"{package}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", found.name, "deb"], cwd=work, check=True)


def source(face: Face, work: Path) -> bytes:
    if face.package == DEBS[0]:
        return (work / "deb" / KAI / f"LXGWWenKai-{face.member}.ttf").read_bytes()
    with tarfile.open(work / face.package) as pack:
        inside = pack.extractfile(f"package/{face.member}.ttf")
        assert inside is not None
        return inside.read()


def wanted(face: Face, codes: set[int], repertoire: set[int]) -> set[int]:
    blocks = {code for first, last in BLOCKS for code in range(first, last + 1)}
    if face.whole:
        return {code for code in codes if is_han(code)} | (blocks & codes)
    if face.han_only:
        return {code for code in repertoire & codes if is_han(code)} | {0x20, 0x3000}
    return (repertoire | blocks) & codes


def cut(data: bytes, codes: set[int]) -> bytes:
    asked = hb.SubsetInput()
    asked.sets(hb.SubsetInputSets.UNICODE).set(codes)
    for feature in ("halt", "pwid"):  # two marks sharing one body; curly quotes in English
        asked.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG).add(
            int.from_bytes(feature.encode(), "big")
        )
    asked.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    return bytes(hb.subset(hb.Face(data), asked).blob.data)


def rename(data: bytes, face: Face) -> bytes:
    """Our own name in every record that carries one; copyright and licence stay."""
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    style = "Bold" if face.weight == 700 else "Regular"
    script = f"{face.family.replace(' ', '')}-{style}"
    names = {1: face.family, 2: style, 3: script, 4: f"{face.family} {style}", 6: script}
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in (0, 5, 13, 14) and n.platformID == 3]
    table.names = [n for n in table.names if n.langID == 0x409]
    for number, words in names.items():
        table.setName(words, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = face.weight
    out = BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def build(work: Path) -> None:
    fetch(work)
    repertoire = gb2312() | standard_list(work)
    rows = []
    for face in FACES:
        data = source(face, work)
        original = TTFont(BytesIO(data), lazy=True)
        made = rename(cut(data, wanted(face, set(original.getBestCmap()), repertoire)), face)
        (HERE / face.file).write_bytes(made)
        codes = TTFont(BytesIO(made), lazy=True).getBestCmap()
        rows.append(
            {
                "file": face.file,
                "family": face.family,
                "weight": face.weight,
                "source": face.package.removesuffix(".tgz"),
                "source_version": original["name"].getDebugName(5),
                "source_sha256": hashlib.sha256(data).hexdigest(),
                "licence": "OFL-1.1",
                "characters": len(codes),
                "ideographs": sum(map(is_han, codes)),
                "sha256": hashlib.sha256(made).hexdigest(),
            }
        )
    text = json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    (HERE / "fonts.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
