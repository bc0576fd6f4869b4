"""Stand-ins for a site's licensed faces: our own, cut down to GB2312 and called as those are."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from mediation.documents.glyphs import FONTS

FACES = {
    "xbs.ttf": ("WusongSong-Bold.ttf", "方正小标宋简体"),
    "fs.ttf": ("WusongSong-Regular.ttf", "FangSong_GB2312"),
    "hei.ttf": ("WusongHei-Bold.ttf", "SimHei"),
    "kai.TTF": ("WusongKai-Regular.ttf", "KaiTi_GB2312"),
    "song.ttf": ("WusongSong-Regular.ttf", "SimSun"),
}


@cache
def _gb2312() -> frozenset[int]:
    """The 6763 ideographs of GB 2312, and what else is in it."""
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    signs = "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)
    return frozenset(map(ord, signs)) | frozenset(range(0x20, 0x7F))


@cache
def face(name: str, *, embeds: bool = True) -> bytes:
    file, family = FACES[name]
    asked = hb.SubsetInput()
    asked.sets(hb.SubsetInputSets.UNICODE).set(set(_gb2312()))
    cut = hb.subset(hb.Face((FONTS / file).read_bytes()), asked)
    with TTFont(io.BytesIO(bytes(cut.blob.data))) as font:
        ascii_name = family.encode("ascii", errors="ignore").decode() or "FZXBS"
        font["name"].names = []
        for number, said in ((1, family), (2, "Regular"), (4, family), (6, ascii_name)):
            font["name"].setName(said, number, 3, 1, 0x804)
            font["name"].setName(said, number, 3, 1, 0x409)
        font["OS/2"].usWeightClass = 400
        font["OS/2"].fsSelection = 0x40
        font["head"].macStyle = 0
        font["OS/2"].fsType = 0 if embeds else 2
        made = io.BytesIO()
        font.save(made)
    return made.getvalue()


def lay_down(folder: Path, *, but: str = "") -> Path:
    """All of them into a folder, without the one that is named."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FACES:
        if name != but:
            (folder / name).write_bytes(face(name))
    return folder
