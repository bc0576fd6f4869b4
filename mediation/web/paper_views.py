"""From a case to its papers as a page shows them: there, missing, to be asked for, to be served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

from mediation.services.cases import CasePage
from mediation.wording import Text
from mediation.workflow import documents
from mediation.workflow.documents import Document, makes_sense
from mediation.workflow.words import PaperState

if TYPE_CHECKING:
    from mediation.models.papers import Paper


def papers(page: CasePage) -> list[dict[str, object]]:
    """Papers that are there, newest first, then those that are missing."""
    names = {p.id: p.name for p in page.volume.dispute.parties}
    there = [
        {
            "label": _whose(paper_label(p.kind, p.language), names.get(p.party_id or 0)),
            "there": p.state is PaperState.READY,
            "url": url_for("papers.show", public_id=p.public_id)
            if page.may_slip or p.kind != Document.CASE_SLIP.folder
            else None,
            "note": p.number if p.state is PaperState.READY else p.state.value,
        }
        for p in reversed(page.volume.papers)
    ]
    return [*there, *({"label": d.label, "there": False} for d in page.missing)]


def _whose(label: Text, name: str | None) -> Text:
    """A paper for one party says for whom it is."""
    return Text(f"{label.zh}（{name}）", f"{label.en} ({name})") if name else label


def paper_label(kind: str, language: str) -> Text:
    label = documents.paper_label(kind)
    if language == "en":
        return Text(f"{label.zh}（英文参考本）", f"{label.en} (English courtesy copy)")
    return label


def asked_for(page: CasePage) -> list[dict[str, object]]:
    """The papers that make sense to print now, each with what it is for."""
    reference = page.volume.dispute.reference
    return [
        {
            "text": d.label,
            "more": d.value.use,
            "url": url_for("paper_requests.ask", reference=reference, kind=d.slug),
        }
        for d in Document
        if page.may_record and makes_sense(d, page.facts)
    ]


def served(paper: Paper, name: str | None) -> Text:
    """A paper as it is chosen for service: what it is, whose, its number."""
    label = _whose(paper_label(paper.kind, paper.language), name)
    return Text(f"{label.zh} {paper.number}", f"{label.en} {paper.number}")


def holders(page: CasePage) -> list[dict[str, object]]:
    """Each disputant, with the way to a new slip."""
    reference = page.volume.dispute.reference
    return [
        {
            "text": Text(p.name, p.name),
            "url": url_for("papers.issue_slip", reference=reference, party_id=p.id),
        }
        for p in page.volume.disputants
    ]
