"""Stored papers put behind one another in one file: their pages as they were drawn, never drawn anew."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf

from mediation.documents import sharing


@dataclass(frozen=True, slots=True)
class Part:
    """One finished paper, and what its bookmark says."""

    name: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Merged:
    """All parts in one file."""

    pdf: bytes
    pages: int


def merge(parts: Iterable[Part], *, title: str) -> Merged:
    """One file with a bookmark a part, typefaces shared. The same parts give the same bytes."""
    made = pikepdf.new()
    starts: list[tuple[str, int]] = []
    for part in parts:
        starts.append((part.name, len(made.pages)))
        _append(made, part)
    sharing.share(made)
    with made.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(name, page) for name, page in starts)
    made.docinfo["/Title"] = title
    made.Root.PageMode = pikepdf.Name.UseOutlines
    made.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    written = io.BytesIO()
    made.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Merged(written.getvalue(), len(made.pages))


def _append(made: pikepdf.Pdf, part: Part) -> None:
    """The structure of a tagged paper stays behind, so what points into it goes too; and the mark of
    a signature, which holds for a paper's own file alone.
    """
    with pikepdf.open(io.BytesIO(part.pdf)) as opened:
        for page in opened.pages:
            made.pages.append(page)
            if "/StructParents" in made.pages[-1]:
                del made.pages[-1]["/StructParents"]
            if "/Annots" in made.pages[-1]:
                kept = [a for a in made.pages[-1].Annots if a.Subtype != pikepdf.Name.Widget]
                made.pages[-1].Annots = pikepdf.Array(kept)
