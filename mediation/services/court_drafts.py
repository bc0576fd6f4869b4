"""The draft of a ruling for the court's own use: facts and terms from the volume, nothing decided."""

from __future__ import annotations

from mediation.documents import casefile as c
from mediation.documents.render import render
from mediation.documents.volume_parts import Ruling
from mediation.errors import NotAllowed
from mediation.models import database, history, places
from mediation.permissions import Permission, may
from mediation.services import draft_press
from mediation.services.acts import Hand
from mediation.services.casefiles import footing, matter, people, settlement
from mediation.services.court_queue import Review, review
from mediation.services.draft_press import Waiting
from mediation.services.drafts import draft_printing
from mediation.services.paper_files import PDF, PaperFile
from mediation.workflow.documents import CourtDraft


def ruling_draft(reference: str, *, by: Hand) -> PaperFile | Waiting:
    """Raises NotFound for another court's application, NotAllowed, and Refused."""
    found = review(reference, by=by)
    dispute = found.volume.dispute
    verdict = may(by.actor, Permission.ANSWER_AS_COURT, dispute)
    if not verdict.allowed:
        raise NotAllowed(verdict.sentence)
    number, name = dispute.id, f"{CourtDraft.RULING_DRAFT.label.zh}{dispute.reference}.pdf"
    said, printing = _said(found, by), draft_printing(by, practice=dispute.practice)
    content = draft_press.drawn(lambda: render(said, printing), by=by)
    if isinstance(content, Waiting):
        return content
    with database.transaction():
        history.audit(_opened(number, by))
    return PaperFile(name, PDF, content)


def _opened(dispute_id: int, by: Hand) -> history.AuditEntry:
    return history.AuditEntry(
        at=by.now,
        account_id=by.actor.account_id,
        by_name=by.name,
        act="open_paper",
        dispute_id=dispute_id,
        subject=CourtDraft.RULING_DRAFT.folder,
    )


def _said(found: Review, by: Hand) -> c.Casefile:
    """The agreement that was applied for, whatever was agreed since; the findings are left blank."""
    volume, application = found.volume, found.application
    court = places.court(application.court_id)
    name = court.name if court else ""
    return c.Casefile(
        paper=c.Paper(kind=CourtDraft.RULING_DRAFT.folder),
        committee=people.committee(volume.dispute.committee),
        parties=people.parties(volume, by.today, names_only=False),
        dispute=matter.dispute(volume),
        agreement=settlement.agreement_of(volume, found.agreement),
        confirmation=c.Confirmation(court=name),
        ruling=Ruling(court=name, filed_on=application.accepted_on),
        ways=footing.ways(volume),
        basis=footing.basis(volume),
    )
