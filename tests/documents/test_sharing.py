"""Typefaces kept once in a bound file: the pages look and read as before, and strangers are left alone."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from mediation.documents import merging, pdf, sharing
from mediation.documents.merging import Part
from tests.documents.paper import example, letter, pages_of

FOLDERS = ("settlement_letter", "termination_notice", "mediation_agreement", "settlement_letter_en")


def _parts() -> list[Part]:
    found = []
    for n, folder in enumerate(FOLDERS * 2):
        case = example(folder)
        paper = replace(case.paper, number=f"（2026）桂花人调信字第{n:03}号")
        found.append(Part(str(n), pdf.draw(letter(replace(case, paper=paper))).pdf))
    return found


@pytest.fixture(scope="module")
def parts() -> list[Part]:
    return _parts()


@pytest.fixture(scope="module")
def apart(parts: list[Part]) -> bytes:
    """The same papers bound with each its own typefaces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharing, "share", lambda _: None)
        return merging.merge(parts, title="卷").pdf


@pytest.fixture(scope="module")
def shared(parts: list[Part]) -> bytes:
    return merging.merge(parts, title="卷").pdf


def _pictures(data: bytes, folder: Path) -> list[bytes]:
    folder.mkdir()
    command = ["pdftoppm", "-r", "80", "-gray", "-", str(folder / "page")]
    subprocess.run(command, input=data, check=True)
    return [path.read_bytes() for path in sorted(folder.iterdir())]


def test_not_one_dot_is_another(apart: bytes, shared: bytes, tmp_path: Path) -> None:
    assert _pictures(shared, tmp_path / "shared") == _pictures(apart, tmp_path / "apart")


def test_the_words_are_read_as_before(apart: bytes, shared: bytes) -> None:
    assert pages_of(shared) == pages_of(apart)


def test_each_face_is_there_once(apart: bytes, shared: bytes) -> None:
    assert len(_faces(shared)) == len({used.name for used in _used(shared)})
    assert len(_faces(apart)) > 2 * len(_faces(shared))
    assert len(shared) < len(apart) / 2


def test_a_face_with_another_outline_stays_with_its_paper(parts: list[Part]) -> None:
    """A paper drawn years ago with another cut of a face must not change its looks."""
    strange = Part("strange", _with_another_outline(parts[0].pdf))
    bound = merging.merge([*parts, strange], title="卷").pdf
    names = {used.name for used in _used(bound)}
    assert len(_faces(bound)) == len(names) + 1


def test_a_paper_by_itself_keeps_its_own(parts: list[Part]) -> None:
    assert merging.merge(parts[:1], title="卷").pdf.count(b"FontFile2") <= 5
    own = {len(face) for face in _faces(parts[0].pdf)}
    assert {len(face) for face in _faces(merging.merge(parts[:1], title="卷").pdf)} == own


def _used(data: bytes) -> list[sharing._Used]:
    with pikepdf.open(io.BytesIO(data)) as made:
        return [replace(used, descriptor=pikepdf.Dictionary()) for used in sharing._fonts(made)]


def _faces(data: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as made:
        streams = [o for o in made.objects if isinstance(o, pikepdf.Stream) and "/Length1" in o]
        return [stream.read_bytes() for stream in streams]


def _with_another_outline(data: bytes) -> bytes:
    """One glyph of one face with one byte changed: another typeface under the same name."""
    with pikepdf.open(io.BytesIO(data)) as made:
        used = next(iter(sharing._fonts(made)))
        face = bytearray(used.descriptor.FontFile2.read_bytes())
        outlines = sharing._outlines(bytes(face))
        glyph = next(g for g in used.glyphs if outlines.of(g))
        face[outlines.begin + outlines.offsets[glyph + 1] - 1] ^= 1
        used.descriptor.FontFile2 = made.make_stream(bytes(face), Length1=len(face))
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()
