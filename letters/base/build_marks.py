"""Draw the marks 草稿, 样张, 已撤回, 副本 as outlines: `python build_marks.py`, after the fonts."""

from __future__ import annotations

from math import exp, sin
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


def ridge() -> None:
    """Three ranges in pure line for the poster; white under each hides what lies behind it."""
    wide, high = 254.8, 64.0
    ranges = (
        (27.0, ((56, 17, 19), (112, 2, 14), (178, 5, 28)), 9, 2.3, "#8d9494", 0.13),
        (40.0, ((24, 8, 30), (134, 12, 22), (225, 6, 30)), 8, 2.1, "#7c8484", 0.2),
        (52.0, ((60, 2, 40), (182, 7, 34), (20, 3, 26)), 6, 2.0, "#6b7373", 0.42),
    )
    out = []
    for base, hills, lines, step, ink, thick in ranges:
        for line in range(lines):
            fade = 1 - line / (lines + 4)
            points = [
                _height(x * 1.3, base, hills, fade) + step * line
                for x in range(int(wide / 1.3) + 1)
            ]
            path = " ".join(f"{x * 1.3:.1f},{y:.1f}" for x, y in enumerate(points))
            if line == 0:
                out.append(f'<polygon points="0,{high} {path} {wide},{high}" fill="#fff"/>')
            width = thick + (0.42 - thick) * (1 - line / lines) * 0.5
            out.append(f'<polyline points="{path}" stroke="{ink}" stroke-width="{width:.2f}"/>')
    body = "\n  ".join(out)
    (HERE / "marks" / "ridge.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" fill="none">\n  '
        f"{body}\n</svg>\n",
        encoding="utf-8",
    )


def _height(x: float, base: float, hills: tuple[tuple[int, int, int], ...], fade: float) -> float:
    bumps = sum(tall * exp(-(((x - at) / wide) ** 2)) for at, tall, wide in hills)
    return base + 1.2 * sin(x / 19) - bumps * fade


ridge()
