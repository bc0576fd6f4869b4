"""Evidence 证据: kept as it was given, with who gave it and when; set aside with a reason, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation import cleaning, uploads
from mediation.errors import Invalid, NotAllowed, NotFound, Refused
from mediation.models import database, evidence, history
from mediation.models.database import db
from mediation.models.evidence import Evidence
from mediation.permissions import Permission, may
from mediation.services import site
from mediation.services.acts import Hand, act, past_day, reach_of
from mediation.services.paper_files import PaperFile
from mediation.store import FileLost
from mediation.wording import Text
from mediation.workflow.documents import VolumeItem
from mediation.workflow.records import Record

MOST_FILES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAnswers:
    """`file_name` is what the sender called it: never trusted, only shown."""

    name: str
    source: str
    file_name: str
    content: bytes
    received_on: date | None = None
    item: VolumeItem = VolumeItem.EVIDENCE


@dataclass(frozen=True, slots=True)
class EvidencePage:
    reference: str
    version: int
    title: str
    party_names: str
    pieces: tuple[Evidence, ...]
    may_add: bool
    may_open: bool


def page(reference: str, *, by: Hand) -> EvidencePage:
    dispute = reach_of(by, reference)
    found = tuple(evidence.evidence_of(dispute.id))
    return EvidencePage(
        dispute.reference,
        dispute.version,
        dispute.title,
        dispute.party_names,
        found,
        may(by.actor, Permission.RECORD_FACTS, dispute).allowed
        and dispute.stage in Record.EVIDENCE.value.open_in,
        may(by.actor, Permission.OPEN_EVIDENCE, dispute).allowed,
    )


def add(reference: str, answers: EvidenceAnswers, *, limit: int, by: Hand) -> None:
    """Keep one file. Raises Invalid with a sentence for what is not kept, StorageFull."""
    try:
        found = uploads.examine(answers.file_name, answers.content, limit=limit)
        name = cleaning.clean_line(answers.name, 100) or found.name
    except uploads.BadUpload as bad:
        raise Invalid("file", bad.text) from bad
    kept = site.here().store.put(found.content)
    with act(reference, by=by) as case:
        if case.dispute.stage not in Record.EVIDENCE.value.open_in:
            raise Refused(
                Text("这件事已经结束，不再收证据。", "The case is over; nothing is added.")
            )
        if len(evidence.evidence_of(case.dispute.id)) >= MOST_FILES:
            raise Refused(Text("一件案子最多两百份。", "Two hundred pieces at most."))
        db.session.add(
            Evidence(
                dispute_id=case.dispute.id,
                name=name,
                source=answers.source,
                pages=found.pages,
                received_on=past_day("received_on", answers.received_on, by=by),
                sha256=kept,
                media_type=found.media_type,
                size=len(found.content),
                item=answers.item,
                recorded_by=by.name,
                recorded_at=by.now,
            )
        )
        case.log(Record.EVIDENCE.name, note=name, detail=answers.source)


def set_aside(reference: str, evidence_id: int, reason: str, *, by: Hand) -> None:
    """It stays where it is, and says why it no longer counts."""
    with act(reference, by=by) as case:
        piece = evidence.evidence_by_id(case.dispute.id, evidence_id)
        if piece is None:
            raise NotFound
        piece.void_reason = reason[:200]
        case.log(Record.EVIDENCE.name, note=f"不作数：{piece.name}", detail=reason[:200])


def open_file(reference: str, evidence_id: int, *, by: Hand) -> PaperFile:
    """The bytes as they were given; every opening is on record."""
    dispute = reach_of(by, reference)
    verdict = may(by.actor, Permission.OPEN_EVIDENCE, dispute)
    if not verdict.allowed:
        raise NotAllowed(verdict.sentence)
    piece = evidence.evidence_by_id(dispute.id, evidence_id)
    if piece is None:
        raise NotFound
    try:
        content = site.here().store.get(piece.sha256)
    except FileLost as lost:
        raise Refused(
            Text(
                "这个文件坏了或不见了，请系统管理员从备份恢复。",
                "The file is damaged or gone; the administrator can restore it from a backup.",
            )
        ) from lost
    entry = history.AuditEntry(
        at=by.now,
        account_id=by.actor.account_id,
        by_name=by.name,
        act="open_evidence",
        dispute_id=dispute.id,
        subject=f"evidence {evidence_id}",
    )
    name, media_type = piece.name, piece.media_type
    with database.transaction():
        history.audit(entry)
    ending = uploads.KEPT[media_type]
    return PaperFile(name if name.endswith(ending) else f"{name}{ending}", media_type, content)
