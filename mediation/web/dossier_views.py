"""From what a volume holds to what its page shows: a line an item, with the way to what is missing."""

from __future__ import annotations

from typing import Any

from flask import url_for

from mediation.services.dossiers import DossierPage, Line
from mediation.services.volume_contents import Piece
from mediation.wording import Text
from mediation.workflow.documents import Document, VolumeItem
from mediation.workflow.records import Record

_THERE, _MISSING = Text("有", "there"), Text("缺", "missing")
_IF_NEEDED = Text("按需", "if needed")
_UNDRAWN = Text("{name}（还没有生成）", "{name} (not drawn yet)")
# Where an item is made that is not simply issued with the rest.
_PRINTED = {VolumeItem.IDENTITY: Document.IDENTITY_SHEET}
_RECORDED = {VolumeItem.MINUTES: Record.SITTING, VolumeItem.AGREEMENT: Record.TERMS}


def parts(page: DossierPage) -> dict[str, Any]:
    newest = page.bound[0] if page.bound else None
    return {
        "items": [_item(page, line) for line in page.lines],
        "todo": [_todo(page, line) for line in page.missing],
        "beside": "、".join(piece.name for piece in page.beside),
        "newest": newest,
        "older": page.bound[1:6],
    }


def _item(page: DossierPage, line: Line) -> list[Any]:
    """The item, whether it is there, and what lies under it."""
    state: Any = _THERE if line.pieces else {"text": _IF_NEEDED, "second": True}
    if line.missing:
        state = {"text": _MISSING, "missing": True}
    names = [_name(piece) for piece in line.pieces]
    said = Text("；".join(n.zh for n in names), "; ".join(n.en for n in names))
    return [line.item.label, state, said if names else None]


def _name(piece: Piece) -> Text:
    if not piece.sha256:
        return _UNDRAWN.with_(name=piece.name)
    return Text(f"{piece.name}（{piece.note}）" if piece.mark else piece.name, piece.name)


def _todo(page: DossierPage, line: Line) -> dict[str, Any]:
    """What is missing, and the page that makes it, for who may."""
    return {
        "text": line.item.label,
        "more": line.sentence,
        "url": _way_to(page, line.item) if page.may_record else None,
    }


def _way_to(page: DossierPage, item: VolumeItem) -> str:
    reference = page.reference
    if item in _PRINTED:
        kind = _PRINTED[item].slug
        return url_for("paper_requests.ask", reference=reference, kind=kind)
    if page.issuable:
        return url_for("papers.issue_missing", reference=reference)
    if item in _RECORDED:
        return url_for("records.record", reference=reference, slug=_RECORDED[item].slug)
    return url_for("disputes.case", reference=reference)
