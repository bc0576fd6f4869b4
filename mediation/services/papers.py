"""Issuing papers: numbered, frozen, put in line to be drawn; and handing them out again, byte for byte."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from mediation import codes, identity
from mediation.documents import casefile as cf
from mediation.documents import render
from mediation.errors import NotFound, Refused
from mediation.models import disputes, history, outbox
from mediation.models import papers as rows
from mediation.models.agreements import AgreementState
from mediation.models.database import db, keyring, transaction
from mediation.models.papers import Paper, PaperState
from mediation.models.parties import Party
from mediation.models.sittings import Sitting
from mediation.permissions import Actor, Permission, may
from mediation.services.acts import Hand
from mediation.services.casefiles import Issue, casefile_for
from mediation.services.facts import facts_of
from mediation.services.numbering import paper_number, revision_number
from mediation.services.volumes import Volume, open_volume
from mediation.store import Store
from mediation.wording import Text
from mediation.workflow.documents import Document
from mediation.workflow.transitions import Transition

DRAW = "draw_paper"


def issue_for(volume: Volume, transition: Transition, hand: Hand, on: date, note: str) -> None:
    """Issue every paper of a move, inside its transaction: they exist with it, or not at all."""
    db.session.flush()
    fresh = open_volume(volume.dispute, hand.today)
    facts = facts_of(fresh)
    for document in transition.value.papers:
        if document.value.when(facts):
            issue(fresh, document, hand, note=note)


def issue(volume: Volume, document: Document, hand: Hand, *, note: str = "") -> None:
    """Issue one document: to each party, for each session not yet printed, or once."""
    if document is Document.MEDIATION_RECORD:
        for sitting in volume.sittings[_printed(volume, document) :]:
            _issue_one(volume, document, hand, note=note, sitting=sitting)
    elif document.value.per_party:
        for party in volume.disputants:
            _issue_one(volume, document, hand, note=note, party=party)
    else:
        _issue_one(volume, document, hand, note=note)


def _printed(volume: Volume, document: Document) -> int:
    return len([p for p in volume.papers if p.kind == document.folder and p.language == "zh"])


def _issue_one(
    volume: Volume,
    document: Document,
    hand: Hand,
    *,
    note: str,
    party: Party | None = None,
    sitting: Sitting | None = None,
) -> None:
    slip = give_code(party, hand) if document is Document.CASE_SLIP and party else cf.Slip()
    number = _number(volume, document, hand)
    languages = ("zh", "en") if document.value.english else ("zh",)
    for language in languages:
        asked = Issue(
            document=document,
            number=number,
            issued_on=hand.today,
            by_name=hand.name,
            note=note,
            party=party,
            sitting=sitting,
            slip=slip,
            language=language,
        )
        paper = freeze(
            casefile_for(volume, asked),
            hand,
            dispute_id=volume.dispute.id,
            committee_id=volume.dispute.committee_id,
            party_id=party.id if party else None,
            agreement_id=volume.agreement.id if volume.agreement else None,
        )
        if language == "zh":
            _bind(volume, document, paper)


def _number(volume: Volume, document: Document, hand: Hand) -> str:
    dispute, agreement = volume.dispute, volume.agreement
    if not document.value.series:
        return revision_number(dispute.number or "", agreement.revision if agreement else 1)
    return paper_number(dispute.committee, hand.today.year, document.value.series)


def _bind(volume: Volume, document: Document, paper: Paper) -> None:
    """What people sign is the digest of the frozen copy, never of a draft."""
    agreement = volume.agreement
    if agreement is None:
        return
    signing = document is Document.MEDIATION_AGREEMENT and agreement.state is AgreementState.SIGNING
    if signing or document is Document.ORAL_AGREEMENT_REGISTER:
        agreement.digest = paper.digest


def freeze(
    casefile: cf.Casefile,
    hand: Hand,
    *,
    dispute_id: int | None = None,
    covenant_version_id: int | None = None,
    committee_id: int | None = None,
    party_id: int | None = None,
    agreement_id: int | None = None,
) -> Paper:
    """Store the snapshot with its digest and put the drawing in line. Inside a transaction."""
    digest = casefile.digest
    paper = Paper(
        public_id=codes.new_reference(),
        dispute_id=dispute_id,
        covenant_version_id=covenant_version_id,
        committee_id=committee_id,
        party_id=party_id,
        agreement_id=agreement_id,
        kind=casefile.paper.kind,
        language=casefile.paper.language,
        number=casefile.paper.number,
        issued_on=casefile.paper.issued_on or hand.today,
        issued_at=hand.now,
        issued_by=hand.name,
        snapshot=casefile.canonical(),
        letter_revision=render.revision_of(
            render.folder_of(casefile.paper.kind, casefile.paper.language)
        ),
        digest=digest,
        check_code=digest[:12],
        check_token=codes.new_check_token(),
        state=PaperState.WAITING,
    )
    paper.check_token_hash = keyring().keyed_hash(paper.check_token or "", kind="check token")
    db.session.add(paper)
    db.session.flush()
    outbox.put(DRAW, f"{DRAW}:{paper.public_id}", paper.id, hand.now)
    return paper


def give_code(party: Party, hand: Hand) -> cf.Slip:
    """A fresh case code for a party; an older one dies. Only hashes are kept (4.5)."""
    code = codes.new_case_code()
    look_up = f"{hand.public_address}/my" if hand.public_address else ""
    party.code_hash = keyring().keyed_hash(code, kind="case code")
    if party.phone:
        party.pin_hash = None
        tail = identity.phone_tail(party.phone)
        return cf.Slip(code=codes.print_case_code(code), phone_tail=tail, look_up=look_up)
    pin = codes.new_slip_pin()
    party.pin_hash = keyring().keyed_hash(pin, kind="slip pin")
    return cf.Slip(code=codes.print_case_code(code), pin=pin, look_up=look_up)


def draw(paper_id: int, *, store: Store, public_address: str, practice: bool) -> None:
    """Draw one waiting paper from its own snapshot; a paper once drawn is never drawn again."""
    from mediation.documents import pdf

    paper = rows.paper_by_id(paper_id)
    if paper is None or paper.sha256:
        return
    casefile = cf.from_plain(json.loads(paper.snapshot))
    if casefile.digest != paper.digest:
        raise Refused(Text("文书内容与编号对不上。", "The snapshot does not fit its digest."))
    address = f"{public_address}/V/{paper.check_token}".upper() if public_address else None
    mark = render.Mark.SAMPLE if practice else render.Mark.NONE
    letter = render.render(casefile, render.Printing(mark=mark, check_address=address))
    drawn = pdf.draw(letter)
    name = store.put(drawn.pdf)
    with transaction():
        paper = rows.paper_by_id(paper_id)
        if paper is not None and not paper.sha256:
            paper.sha256, paper.pages = name, drawn.pages
            if paper.state is not PaperState.WITHDRAWN:
                paper.state, paper.failure = PaperState.READY, ""


def mark_failed(paper_id: int, reason: str) -> None:
    """Say on the page why a paper could not be drawn."""
    with transaction():
        paper = rows.paper_by_id(paper_id)
        if paper is not None and not paper.sha256 and paper.state is PaperState.WAITING:
            paper.state, paper.failure = PaperState.FAILED, reason[:500]


def retry(public_id: int | str, *, by: Hand) -> None:
    """Put a failed paper in line again."""
    paper = find(str(public_id), by=by.actor)
    number = paper.id
    with transaction():
        again = rows.paper_by_id(number)
        if again is not None and again.state is PaperState.FAILED:
            again.state = PaperState.WAITING
            key = f"{DRAW}:{again.public_id}:{by.now:%Y%m%d%H%M%S%f}"
            outbox.put(DRAW, key, again.id, by.now)


def find(public_id: str, *, by: Actor) -> Paper:
    """The paper, if its case is within reach; a party sees their own and those without addressee."""
    paper = rows.paper_by_public_id(public_id)
    if paper is None or paper.dispute_id is None:
        raise NotFound
    found = disputes.find_by_id(paper.dispute_id, by=by)
    if found is None:
        raise NotFound
    if by.party_id is not None:
        if paper.party_id not in (None, by.party_id) or paper.kind not in _FOR_PARTIES:
            raise NotFound
        return paper
    if not may(by, Permission.DOWNLOAD_PAPERS, found).allowed:
        raise NotFound
    return paper


# What a party may hold: their own papers and those both sides share; offers stay in the minutes.
_FOR_PARTIES = {
    d.folder
    for d in Document
    if d not in (Document.MEDIATION_RECORD, Document.PERSUASION_RECORD, Document.HANDOVER_LIST)
}


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A drawn paper: a file name for people, and exactly the bytes that were drawn."""

    name: str
    content: bytes
    sha256: str


def open_file(public_id: str, *, by: Hand, store: Store) -> PaperFile:
    """The bytes as drawn, on record. Raises NotFound, or Refused while it is not drawn yet."""
    paper = find(public_id, by=by.actor)
    if not paper.sha256:
        raise Refused(
            Text(
                "这份文书正在生成，过一会儿再来。",
                "This paper is being drawn; come back in a moment.",
            )
        )
    label = Document[paper.kind.upper()].label.zh
    content = store.get(paper.sha256)
    name, dispute_id, number = f"{label}{paper.number}.pdf", paper.dispute_id, paper.number
    with transaction():
        history.audit(
            history.AuditEntry(
                at=by.now,
                account_id=by.actor.account_id,
                party_id=by.actor.party_id,
                by_name=by.name,
                act="download_paper",
                dispute_id=dispute_id,
                subject=number,
            )
        )
    return PaperFile(name, content, paper.sha256)


def draft_of(volume: Volume, hand: Hand, *, practice: bool) -> bytes:
    """The agreement as a draft for reading: marked, without number or signature block, not kept."""
    from mediation.documents import pdf

    asked = Issue(
        document=Document.MEDIATION_AGREEMENT,
        number="",
        issued_on=hand.today,
        by_name=hand.name,
    )
    printing = render.Printing(
        mark=render.Mark.DRAFT,
        printed_at=f"{hand.today}",
        practice=practice,
    )
    return pdf.draw(render.render(casefile_for(volume, asked), printing)).pdf
