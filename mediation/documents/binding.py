"""Binding: sheets and papers become one volume, with its numbers, labels and contents.

It runs in the bindery's own process alone (`bindery_child`).
"""

from __future__ import annotations

import io
from copy import copy
from dataclasses import dataclass
from typing import Any

import pikepdf

from mediation.documents.sheets import written


@dataclass(frozen=True, slots=True)
class Leaf:
    """One bound part: which of those that were added. `kind` is cover, index, content or back;
    `name`, under `item` where it has one, stands in the reader's list of contents."""

    part: int
    kind: str
    name: str
    item: str = ""


class Volume:
    """Parts that are put together at the end. Papers are copied page by page, as issued."""

    def __init__(self) -> None:
        self._parts: list[pikepdf.Pdf] = []

    def add(self, content: bytes) -> int:
        """Take one more part in; how many pages it has."""
        part = pikepdf.open(io.BytesIO(content))
        if "/AcroForm" in part.Root:
            _leave_fields(part)
        self._parts.append(part)
        return len(part.pages)

    def bound(self, leaves: list[Leaf], numbers: bytes, title: str) -> bytes:
        """The volume: `numbers` has one sheet for every content page, with its number on it."""
        with pikepdf.new() as made, pikepdf.open(io.BytesIO(numbers)) as marks:
            starts: list[int] = []
            content: list[int] = []
            for leaf in leaves:
                starts.append(len(made.pages))
                made.pages.extend(self._parts[leaf.part].pages)
                if leaf.kind == "content":
                    content += range(starts[-1], len(made.pages))
            for at, mark in zip(content, marks.pages, strict=True):
                _stamp(made, made.pages[at], mark)
            _describe(made, title)
            _label(made, leaves, starts)
            _list_contents(made, leaves, starts)
            return written(made).pdf


def _leave_fields(part: pikepdf.Pdf) -> None:
    """What a field shows stays on its page; a signing key's mark holds for its own file alone."""
    part.flatten_annotations("print")
    for page in part.pages:
        if "/Annots" in page:
            others = [a for a in page.Annots if a.get("/Subtype") != pikepdf.Name.Widget]
            page.Annots = pikepdf.Array(others)


def _stamp(made: pikepdf.Pdf, page: pikepdf.Page, mark: pikepdf.Page) -> None:
    """Lay the number over the page's own corner; what the page says is not touched."""
    form = made.copy_foreign(mark.as_form_xobject())
    _own_resources(page)
    name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name.WusongNumber)
    own, its = pikepdf.Rectangle(pikepdf.Array(page.mediabox)), form.BBox
    right, up = float(own.urx) - float(its[2]), float(own.ury) - float(its[3])
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q 1 0 0 1 {right:.3f} {up:.3f} cm {name} Do Q".encode())


def _own_resources(page: pikepdf.Page) -> None:
    """The pages of one paper share what they name; a number belongs to its own page alone."""
    own = copy(page.resources)
    if pikepdf.Name.XObject in own:
        own.XObject = copy(own.XObject)
    page.obj.Resources = own


def _describe(made: pikepdf.Pdf, title: str) -> None:
    root = made.Root
    root.Lang = pikepdf.String("zh-CN")
    root.PageMode = pikepdf.Name.UseOutlines
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    root.OpenAction = pikepdf.Array([made.pages[0].obj, pikepdf.Name.Fit])
    made.docinfo["/Title"] = pikepdf.String(title)


def _label(made: pikepdf.Pdf, leaves: list[Leaf], starts: list[int]) -> None:
    """What a reader shows as the number of each page: that of the volume, as printed."""
    labels: list[Any] = []
    kind = ""
    for leaf, start in zip(leaves, starts, strict=True):
        if leaf.kind != kind:
            kind = leaf.kind
            how = {
                "content": pikepdf.Dictionary(S=pikepdf.Name.D),
                "index": pikepdf.Dictionary(S=pikepdf.Name.D, P=pikepdf.String("目录")),
            }.get(kind, pikepdf.Dictionary(P=pikepdf.String(leaf.name)))
            labels += [start, how]
    made.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))


def _list_contents(made: pikepdf.Pdf, leaves: list[Leaf], starts: list[int]) -> None:
    with made.open_outline() as outline:
        item = None
        for leaf, start in zip(leaves, starts, strict=True):
            line = pikepdf.OutlineItem(leaf.name, start, "Fit")
            if not leaf.item:
                outline.root.append(line)
                continue
            if item is None or item.title != leaf.item:
                item = pikepdf.OutlineItem(leaf.item, start, "Fit")
                item.is_closed = False
                outline.root.append(item)
            item.children.append(line)
