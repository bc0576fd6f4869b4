"""Issuing papers: numbered, frozen and queued for drawing in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from mediation import codes
from mediation.documents.casefile import Casefile
from mediation.documents.render import Mark
from mediation.errors import Refused
from mediation.models import outbox
from mediation.models.database import db, keyring
from mediation.models.disputes import Dispute
from mediation.models.papers import Paper
from mediation.models.parties import Party
from mediation.services import site, slips
from mediation.services.acts import Hand, act
from mediation.services.casefiles import casefile_for, moves, settlement
from mediation.services.casefiles.occasion import Occasion
from mediation.services.casefiles.people import on_paper
from mediation.services.facts import facts_of, last_event
from mediation.services.frozen import Frozen, thaw
from mediation.services.numbering import paper_number
from mediation.services.paper_files import (
    PaperFile,
    PaperPage,
    draw,
    file_of,
    give_up,
    kind_label,
    open_file,
    paper_page,
    try_again,
)
from mediation.services.papers_due import missing_papers
from mediation.services.parties import party_of
from mediation.services.volumes import Volume, open_volume
from mediation.wording import Language, Text
from mediation.workflow.documents import Document as D
from mediation.workflow.records import Record
from mediation.workflow.transitions import Transition
from mediation.workflow.words import PaperState, Side

__all__ = [
    "JOB", "PaperFile", "PaperPage", "draw", "file_of", "freeze", "give_up",
    "issue_for", "issue_missing", "issue_one", "issue_recorded", "issue_slip", "kind_label",
    "open_file", "paper_page", "try_again",
]  # fmt: skip

JOB = "draw_paper"
# What people sign is bound to the digest of exactly this paper.
_SIGNED = (D.MEDIATION_AGREEMENT, D.ORAL_AGREEMENT_REGISTER)
_OF_AGREEMENT = (
    *_SIGNED,
    D.SETTLEMENT_LETTER,
    D.CONFIRMATION_APPLICATION,
    D.URGING_LETTER,
    D.MEDIATION_PROOF,
    D.PERFORMANCE_SHEET,
)


def issue_for(volume: Volume, transition: Transition, hand: Hand, on: date, note: str) -> None:
    """Issue the papers of a move, after its effects; the caller holds the transaction."""
    facts = facts_of(volume)
    for document in transition.value.papers:
        if document.value.when(facts):
            _issue_all(
                volume,
                Occasion(document=document, hand=hand, on=on, transition=transition, note=note),
            )


def issue_recorded(dispute: Dispute, record: Record, hand: Hand, on: date) -> None:
    """Issue the papers that come with a record itself; the caller holds the transaction."""
    volume = open_volume(dispute, hand.today)
    for document in record.value.papers:
        _issue_all(volume, Occasion(document=document, hand=hand, on=on))


def issue_one(volume: Volume, occasion: Occasion) -> Paper:
    """Exactly this paper, as somebody asked for it; the caller holds the transaction."""
    _issue(volume, occasion)
    return volume.papers[-1]


def issue_missing(reference: str, *, by: Hand) -> int:
    """Issue what the volume should hold and does not; returns how many papers were made.

    A session written down late, or talks that ended before its record was due, leave such gaps.
    """
    with act(reference, by=by) as case:
        volume = open_volume(case.dispute, by.today)
        before = len(volume.papers)
        for document in missing_papers(volume):
            _issue_all(volume, _as_it_was(volume, document, by))
        made = len(volume.papers) - before
        if made:
            case.log("PAPERS", detail=str(made))
        return made


def _as_it_was(volume: Volume, document: D, by: Hand) -> Occasion:
    """The occasion that history tells: the newest move whose paper this is."""
    names = [t.name for t in Transition if document in t.value.papers]
    event = last_event(volume, *names)
    if event is None:
        return Occasion(document=document, hand=by, on=by.today)
    return Occasion(
        document=document, hand=by, on=event.happened_on,
        transition=Transition[event.act], note=event.note,
    )  # fmt: skip


def issue_slip(reference: str, party_id: int, *, by: Hand) -> str:
    """A new slip for a party who has none or lost it; the old code no longer opens anything.

    Returns the paper's public id.
    """
    with act(reference, by=by) as case:
        party = party_of(case, party_id)
        if party.side is Side.THIRD:
            raise Refused(
                Text(
                    "案件码只给当事人双方。", "Case codes are for the parties of the dispute only."
                )
            )
        volume = open_volume(case.dispute, by.today)
        for paper in volume.papers:
            if paper.kind == D.CASE_SLIP.folder and paper.party_id == party.id:
                paper.state, paper.withdrawn_on = PaperState.WITHDRAWN, by.today
        occasion = Occasion(document=D.CASE_SLIP, hand=by, on=by.today, party=party)
        _issue(volume, replace(occasion, slip=slips.give_code(party)))
        case.log("SLIP", note=party.name)
        return volume.papers[-1].public_id


def _issue_all(volume: Volume, occasion: Occasion) -> None:
    for one in _occasions(volume, occasion):
        _issue(volume, one)


def _occasions(volume: Volume, base: Occasion) -> Iterator[Occasion]:
    """One for each paper to be made: a party, a session, a visit, or the dispute as a whole."""
    printed = len(_issued(volume, base.document))
    match base.document:
        case D.MEDIATION_RECORD:
            yield from (replace(base, sitting=row) for row in volume.sittings[printed:])
        case D.INQUIRY_RECORD:
            yield from (replace(base, inquiry=row) for row in volume.inquiries[printed:])
        case D.RETURN_VISIT_RECORD:
            yield from (replace(base, visit=row) for row in volume.visits[printed:])
        case D.PERSUASION_RECORD:
            rows = tuple(volume.persuasions[_persuasions_printed(volume) :])
            yield from (replace(base, persuasions=rows) for _ in rows[:1])
        case D.CASE_SLIP:
            slip = slips.give_code
            yield from (replace(base, party=p, slip=slip(p)) for p in volume.disputants)
        case D.URGING_LETTER:
            late = [p for p in on_paper(volume) if settlement.overdue_of(volume, p.id)]
            yield from (replace(base, party=party) for party in late)
        case D.HANDOVER_LIST:
            yield replace(base, committee=moves.sender(volume))
        case D.MEDIATION_APPLICATION | D.WITHDRAWAL_REQUEST:
            yield replace(base, party=_asker(volume, base.hand))
        case document if document.value.per_party:
            yield from (replace(base, party=party) for party in volume.disputants)
        case _:
            yield base


def _issued(volume: Volume, document: D) -> list[Paper]:
    return [p for p in volume.papers if p.kind == document.folder and p.language == "zh"]


def _persuasions_printed(volume: Volume) -> int:
    papers = _issued(volume, D.PERSUASION_RECORD)
    return sum(len(thaw(p.snapshot).casefile.persuasions) for p in papers)


def _asker(volume: Volume, hand: Hand) -> Party | None:
    """Who asks: the party who acts, else the first applicant."""
    own = [p for p in volume.disputants if p.id == hand.actor.party_id]
    applicants = [p for p in volume.disputants if p.side is Side.APPLICANT]
    return next(iter([*own, *applicants]), None)


def _issue(volume: Volume, occasion: Occasion) -> None:
    """One paper, and its courtesy copy under the same number where the row has one."""
    number = _number(volume, occasion)
    languages: tuple[Language, ...] = ("zh", "en") if occasion.document.value.english else ("zh",)
    for language in languages:
        said = casefile_for(volume, replace(occasion, number=number, language=language))
        paper = _blank(volume, occasion)
        freeze(said, paper, hand=occasion.hand, practice=volume.dispute.practice)
        volume.papers.append(paper)
        if occasion.document in _SIGNED and language == "zh" and volume.agreement:
            volume.agreement.digest = paper.digest


def _number(volume: Volume, occasion: Occasion) -> str:
    """The agreement carries the volume's number; every other paper has a series of its own."""
    series = occasion.document.value.series
    if not series and volume.agreement is not None:
        return settlement.number(volume, volume.agreement)
    committee = occasion.committee or volume.dispute.committee
    return paper_number(committee, occasion.hand.today.year, series)


def _blank(volume: Volume, occasion: Occasion) -> Paper:
    about_agreement = occasion.document in _OF_AGREEMENT and volume.agreement is not None
    committee = occasion.committee or volume.dispute.committee
    return Paper(
        dispute_id=volume.dispute.id,
        party_id=occasion.party.id if occasion.party else None,
        agreement_id=volume.agreement.id if about_agreement and volume.agreement else None,
        committee_id=committee.id,
    )


def freeze(said: Casefile, paper: Paper, *, hand: Hand, practice: bool = False) -> Paper:
    """Freeze what a paper says into its row, and queue the drawing; inside a transaction.

    The row brings what it belongs to (a dispute or a covenant's version); the rest is filled here.
    """
    here = site.here()
    token = codes.new_check_token() if here.public_address else ""
    frozen = Frozen(
        casefile=said,
        mark=(Mark.SAMPLE if practice or here.practice else Mark.NONE).name,
        check_address=_address(said, token),
    )
    paper.public_id = codes.new_reference()
    paper.kind, paper.language = said.paper.kind, said.paper.language
    paper.number, paper.issued_on = said.paper.number, hand.today
    paper.issued_at, paper.issued_by = hand.now, hand.name
    paper.snapshot, paper.digest = frozen.text(), said.digest
    paper.check_code = said.digest[:12].upper()
    paper.check_token_hash = keyring().keyed_hash(token, kind="check_token") if token else None
    paper.state = PaperState.WAITING
    db.session.add(paper)
    db.session.flush()
    outbox.put(JOB, f"draw:{paper.public_id}", paper.id, hand.now)
    return paper


def _address(said: Casefile, token: str) -> str:
    """A slip leads to the page where its code is typed; every other paper to its own check."""
    here = site.here()
    if said.paper.kind == D.CASE_SLIP.folder:
        return here.look_up_code
    return here.check_address(token) if token else ""
