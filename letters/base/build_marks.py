"""Draw the marks 草稿, 样张, 已撤回, 副本 as outlines: `python build_marks.py`, after the fonts."""

from __future__ import annotations

from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
WIDE, HIGH, TALL = 150, 190, 66.0
MARKS = {"draft": "草稿", "sample": "样张", "withdrawn": "已撤回", "copy": "副本"}


def outline(words: str) -> str:
    """One path a character, along a line that rises by 30 degrees through the middle."""
    font = TTFont(HERE / "fonts" / "WusongHei-Bold.ttf", lazy=True)
    glyphs, cmap, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
    size = TALL if len(words) == 2 else 52.0
    step, scale = size * (1.3 if len(words) == 2 else 1.08), size / em
    left = -(step * (len(words) - 1) + size) / 2
    paths = []
    for place, sign in enumerate(words):
        pen = SVGPathPen(glyphs, ntos=lambda n: f"{n:.2f}")
        move = (scale, 0, 0, -scale, left + step * place, size * 0.38)
        glyphs[cmap[ord(sign)]].draw(TransformPen(pen, move))
        paths.append(f'    <path d="{pen.getCommands()}"/>')
    return "\n".join(paths)


for name, words in MARKS.items():
    (HERE / "marks" / f"{name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}">\n'
        f'  <g transform="translate({WIDE / 2} {HIGH / 2}) rotate(-30)"'
        ' fill="none" stroke="#9c9c9c" stroke-width="0.3">\n'
        f"{outline(words)}\n  </g>\n</svg>\n",
        encoding="utf-8",
    )
