"""What templates and letters may hold: no inline script or style, nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mediation.paths import STATIC
from tests.house.rooms import ROOT, named, templates

COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.DOTALL)
INLINE = re.compile(
    r"\sstyle\s*=|<style\b|\son(?:click|change|submit|load|input|key\w+)\s*=|javascript:"
)
# Addresses somewhere else; the names of XML's own languages are no addresses.
ELSEWHERE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[\w-]+\.[\w.-]+")
LOADED = re.compile(r"url\(\s*[\"']?([^\"')]+)|src=\"([^\"]*)\"|@import\s+[\"']([^\"']+)")
OURS = sorted(p for kind in ("css", "js") for p in (STATIC / kind).rglob("*") if p.is_file())
LETTERS = sorted(p for p in (ROOT / "letters").rglob("*") if p.suffix in {".html", ".css", ".svg"})


def text_of(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", templates(), ids=named)
def test_a_page_holds_no_script_and_no_style(path: Path) -> None:
    text = text_of(path)
    assert INLINE.findall(text) == []
    assert [
        s for s in SCRIPT.findall(text) if "src=" not in s and "application/json" not in s
    ] == []


@pytest.mark.parametrize("path", [*templates(), *OURS], ids=named)
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    assert ELSEWHERE.findall(text_of(path)) == []


@pytest.mark.parametrize("path", templates(), ids=named)
def test_nothing_is_trusted_unseen(path: Path) -> None:
    """Escaping is never switched off: what people typed is shown as they typed it. The signs are
    drawings of our own.
    """
    if path.name == "icon.html":
        return
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", text_of(path))


@pytest.mark.parametrize("path", LETTERS, ids=named)
def test_a_letter_loads_nothing_from_outside_the_letters(path: Path) -> None:
    text = text_of(path)
    assert ELSEWHERE.findall(text) == []
    assert "<script" not in text
    for found in LOADED.findall(text):
        target = next(part for part in found if part)
        if target.startswith(("asset:", "data:")):
            continue
        beside = (path.parent / target).resolve()
        assert beside.is_file(), target
        assert beside.is_relative_to(ROOT / "letters"), target
