"""From the rows of a volume to the frozen snapshot a letter is drawn from; nothing is typed twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mediation import identity
from mediation.clock import local
from mediation.documents import casefile as cf
from mediation.models import agreements as rows
from mediation.models import parties as people
from mediation.models import places
from mediation.models.applications import Application
from mediation.models.disputes import Dispute, Initiation
from mediation.models.notes import Note, NoteKind
from mediation.models.persuasions import Persuasion
from mediation.models.sittings import Sitting
from mediation.models.visits import Visit
from mediation.services import deadlines
from mediation.services.facts import due_date, overdue
from mediation.services.notes import ENDINGS, GROUNDS
from mediation.services.numbering import revision_number
from mediation.services.volumes import Volume
from mediation.workflow import dispute_types, law
from mediation.workflow.deadlines import Deadline
from mediation.workflow.documents import Document, Standing
from mediation.workflow.words import AgreementForm, Question

_STEMS = "甲乙丙丁戊己庚辛壬癸"
COPIES_KEPT = 1
_NO_SLIP = cf.Slip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One paper to be issued: which, under what number, on which day, to whom, about which item."""

    document: Document
    number: str
    issued_on: date
    by_name: str
    note: str = ""
    party: people.Party | None = None
    sitting: Sitting | None = None
    slip: cf.Slip = _NO_SLIP
    language: str = "zh"


def label_of(position: int) -> str:
    """甲方, 乙方 ... by the order in which the parties were written down."""
    return f"{_STEMS[position - 1]}方" if position <= len(_STEMS) else f"第{position}方"


def casefile_for(volume: Volume, issue: Issue) -> cf.Casefile:
    """The whole snapshot; letters take from it what they print."""
    dispute = volume.dispute
    labels = {p.id: label_of(p.position) for p in dispute.parties}
    sitting = issue.sitting or (volume.sittings[-1] if volume.sittings else None)
    standing = issue.document.value.standing
    return cf.Casefile(
        paper=cf.Paper(
            kind=issue.document.folder,
            language=issue.language,
            number=issue.number,
            issued_on=issue.issued_on,
            standing=standing.value.zh if standing is Standing.SUPPLEMENTARY else "",
        ),
        committee=_committee(dispute.committee),
        parties=tuple(_party(p, volume.today) for p in dispute.parties),
        addressee=labels.get(issue.party.id, "") if issue.party else "",
        dispute=_dispute(volume),
        staff=_staff(volume, issue.by_name, sitting),
        persuasions=tuple(_persuasion(volume, p, labels) for p in volume.persuasions),
        sitting=_sitting(volume, sitting) if sitting else cf.Sitting(),
        agreement=_agreement(volume, labels),
        non_acceptance=_non_acceptance(volume.note(NoteKind.NON_ACCEPTANCE)),
        termination=_termination(volume, issue),
        confirmation=_confirmation(volume),
        visit=_visit(volume, labels),
        move=_move(volume, issue, labels),
        urging=_urging(volume, labels),
        slip=issue.slip,
        ways=_ways(dispute),
        basis=_basis(),
    )


def _committee(row: places.Committee) -> cf.Committee:
    return cf.Committee(
        name=row.name,
        short_name=row.short_name,
        address=row.address,
        phone=row.phone,
        seal_mm=row.seal_mm,
    )


def _party(row: people.Party, today: date) -> cf.Party:
    age = identity.age_on(row.born_on, today) if row.born_on else row.age
    return cf.Party(
        label=label_of(row.position),
        name=row.name,
        kind=row.kind.name.lower(),
        sex=row.sex,
        ethnicity=row.ethnicity,
        born_on=row.born_on,
        age=age,
        occupation=row.occupation,
        phone=row.phone or "",
        address=row.address or "",
        head_name=row.head_name,
        head_post=row.head_post,
        representatives=tuple(
            cf.Representative(
                kind=r.kind.value.zh,
                name=r.name,
                tie=r.tie,
                phone=r.phone or "",
                authority=r.authority,
            )
            for r in row.representatives
        ),
    )


def _dispute(volume: Volume) -> cf.Dispute:
    dispute = volume.dispute
    kind = dispute_types.dispute_type(dispute.dispute_type)
    application = dispute.initiation is Initiation.APPLICATION
    opened = volume.events[0].recorded_at if volume.events else None
    told = [volume.answer(p, Question.MEDIATION) for p in volume.disputants]
    return cf.Dispute(
        reference=dispute.reference,
        number=dispute.number or "",
        title=dispute.title,
        type_label=kind.label.zh,
        type_labels=tuple(t.label.zh for t in dispute_types.OFFICIAL),
        source=cf.APPLICATION if application else cf.OWN_MOTION,
        channel_label=dispute.channel.value.zh,
        registered_on=dispute.registered_on,
        registered_time=f"{local(opened).hour}时{local(opened):%M}分" if opened else "",
        accepted_on=dispute.accepted_on,
        facts=dispute.facts,
        claims=tuple(line.strip() for line in dispute.claims.splitlines() if line.strip()),
        rights_told=tuple(f"{c.given_on}：{c.answer.value.zh}" for c in told if c),
        court_invited=dispute.court_invited,
    )


def _staff(volume: Volume, by_name: str, sitting: Sitting | None) -> cf.Staff:
    mediator = volume.dispute.mediator
    chosen = volume.assignments[-1].chosen_by_party if volume.assignments else None
    opener = volume.events[0].by_name if volume.events else by_name
    return cf.Staff(
        mediators=(mediator.name,) if mediator else (),
        chosen=chosen,
        recorder=sitting.recorder if sitting else "",
        registrar=opener,
        open_session=sitting.open_session if sitting else None,
        phone=volume.dispute.committee.phone,
    )


def _persuasion(volume: Volume, row: Persuasion, labels: dict[int, str]) -> cf.Persuasion:
    said = [(p, volume.answer(p, Question.PERSUASION)) for p in volume.disputants]
    return cf.Persuasion(
        held_on=row.held_on,
        persuader=row.persuader,
        tie=row.tie,
        spot=row.spot,
        theme=row.theme.value.zh,
        clause=row.clause,
        consents=tuple(
            f"{labels[p.id]}{c.answer.value.zh}，{c.way.value.zh}" for p, c in said if c
        ),
        said=row.said,
        promise=row.promise,
        result=row.result.value.zh,
        next_on=row.next_on,
        recorder=row.recorded_by,
    )


def _sitting(volume: Volume, row: Sitting) -> cf.Sitting:
    reading = volume.note(NoteKind.RIGHTS_READING)
    told = "已告知" if row.rights_told or reading else ""
    return cf.Sitting(
        ordinal=volume.sittings.index(row) + 1,
        held_on=row.held_on,
        begins=row.begins,
        ends=row.ends,
        spot=row.spot,
        present=tuple(part for part in row.present.replace("，", "、").split("、") if part),
        invited=tuple(part for part in row.invited.replace("，", "、").split("、") if part),
        rights_told=told,
        lines=tuple(cf.MinuteLine(speaker=line.speaker, text=line.text) for line in row.lines),
        result=row.result.value.zh,
        outcome=row.outcome,
        read_aloud=row.read_back or None,
    )


def _agreement(volume: Volume, labels: dict[int, str]) -> cf.Agreement:
    row = volume.agreement
    if row is None:
        return cf.Agreement()
    return cf.Agreement(
        number=revision_number(volume.dispute.number or "", row.revision),
        revision=row.revision,
        facts=row.facts,
        issues=row.issues,
        responsibility=row.responsibility,
        obligations=tuple(_obligation(o, labels) for o in row.obligations),
        manner=row.manner,
        spot=row.spot,
        copies=len(volume.disputants) + COPIES_KEPT,
        made_on=row.made_on,
        effective_on=row.effective_on,
        confirm_by_on=deadlines.due_on(volume, Deadline.CONFIRMATION),
        performed_on_spot=row.form is AgreementForm.ORAL
        and bool(row.obligations)
        and all(o.performances for o in row.obligations if not o.lasting),
    )


def _obligation(row: rows.Obligation, labels: dict[int, str]) -> cf.Obligation:
    return cf.Obligation(
        debtor=labels[row.debtor_id],
        creditor=labels[row.creditor_id] if row.creditor_id else "",
        what=row.what,
        amount_fen=row.amount_fen,
        how=row.how,
        due_on=row.due_on,
        lasting=row.lasting,
        condition=row.condition,
    )


def _non_acceptance(note: Note | None) -> cf.NonAcceptance:
    if note is None:
        return cf.NonAcceptance()
    ground = GROUNDS[note.choice].zh if note.choice in GROUNDS else ""
    reason = "，".join(part for part in (ground, note.text.rstrip("。")) if part)
    return cf.NonAcceptance(
        decided_on=note.noted_on, reason=reason, go_to=tuple(note.addressee.splitlines())
    )


def _termination(volume: Volume, issue: Issue) -> cf.Termination:
    note = volume.note(NoteKind.TERMINATION)
    reason = issue.note
    if note is not None and not reason:
        said = ENDINGS[note.choice].zh if note.choice in ENDINGS else ""
        reason = "，".join(part for part in (said, note.text) if part)
    return cf.Termination(
        ended_on=issue.issued_on,
        reason=(reason or "一方当事人表示不再调解").rstrip("。"),
        claimed_on=volume.dispute.registered_on,
    )


def _confirmation(volume: Volume) -> cf.Confirmation:
    application: Application | None = volume.application
    if application is None:
        return cf.Confirmation()
    court = places.court(application.court_id)
    return cf.Confirmation(
        court=court.name if court else "",
        competence=application.competence.value.zh,
        facts=volume.agreement.facts if volume.agreement else "",
        attachments=(
            "人民调解协议书原件",
            "人民调解委员会主持调解的证明",
            "双方当事人身份证明复印件",
            "送达地址确认书",
        ),
    )


def _visit(volume: Volume, labels: dict[int, str]) -> cf.Visit:
    if not volume.visits:
        return cf.Visit()
    row: Visit = volume.visits[-1]
    said = {"yes": "是", "no": "不是"}
    names = {p.id: p.name for p in volume.dispute.parties}
    return cf.Visit(
        visited_on=row.visited_on,
        visited=names.get(row.party_id or 0, ""),
        way=row.way,
        reason=row.reason or "了解协议履行情况",
        findings=row.findings,
        performed=said.get(row.performed, ""),
        heard=said.get(row.heard, ""),
        respected=said.get(row.respected, ""),
        visitor=row.visitor,
    )


def _move(volume: Volume, issue: Issue, labels: dict[int, str]) -> cf.Move:
    """Referral, handover or extension, whichever this paper tells of."""
    if issue.document is Document.EXTENSION_CONSENT:
        return _extension(volume, issue, labels)
    kind = NoteKind.REFERRAL if issue.document is Document.REFERRAL_LETTER else NoteKind.ESCALATION
    note = volume.note(kind)
    if note is None:
        return cf.Move(reason=issue.note, on=issue.issued_on)
    receiver = places.committee(note.target_id) if note.target_id else None
    question = Question.ESCALATION if kind is NoteKind.ESCALATION else Question.MEDIATION
    return cf.Move(
        to=receiver.name if receiver else note.addressee,
        reason=note.text,
        on=issue.issued_on,
        items=tuple(_items(volume)),
        consents=tuple(_consents(volume, question, labels)),
        contact=volume.dispute.committee.phone,
    )


def _extension(volume: Volume, issue: Issue, labels: dict[int, str]) -> cf.Move:
    return cf.Move(
        reason=issue.note,
        on=issue.issued_on,
        due_on=next((d.due_on for d in volume.deadlines if d.met_on is None), None),
        until_on=deadlines.mediation_due(volume),
        consents=tuple(_consents(volume, Question.MORE_TIME, labels)),
    )


def _consents(volume: Volume, question: Question, labels: dict[int, str]) -> list[str]:
    said = [(p, volume.answer(p, question)) for p in volume.disputants]
    return [f"{labels[p.id]}{c.answer.value.zh}，{c.way.value.zh}" for p, c in said if c]


def _items(volume: Volume) -> list[cf.Item]:
    """What changes hands: the papers issued so far and the evidence."""
    papers = [
        cf.Item(name=Document[p.kind.upper()].label.zh, pages=p.pages or None, note=p.number)
        for p in volume.papers
        if p.kind.upper() in Document.__members__ and p.language == "zh"
    ]
    kept = [cf.Item(name=e.name, pages=e.pages) for e in volume.evidence if not e.void_reason]
    return [*papers, *kept]


def _urging(volume: Volume, labels: dict[int, str]) -> cf.Urging:
    agreement = volume.agreement
    late = [o for o in (agreement.obligations if agreement else []) if overdue(volume, o)]
    return cf.Urging(
        overdue=tuple(replace(_obligation(o, labels), due_on=due_date(volume, o)) for o in late)
    )


def _ways(dispute: Dispute) -> cf.Ways:
    found = places.courts(dispute.county_id)
    kind = dispute_types.dispute_type(dispute.dispute_type)
    court = found[0] if found else None
    return cf.Ways(
        court=court.name if court else "人民法院",
        court_address=court.address if court else "",
        court_phone=court.phone if court else "",
        arbitration=kind.arbitration.zh if kind.arbitration else "",
        arbitration_en=kind.arbitration.en if kind.arbitration else "",
    )


def _basis() -> cf.Basis:
    """Every article the letters lean on, by key, from the one table."""

    def said(*keys: str) -> str:
        return law.basis_in_full(keys).zh

    return cf.Basis(
        principles=said("PML_3"),
        rights=said("PML_23"),
        duties=said("PML_24"),
        agreement=said("PML_29"),
        oral=said("PML_30"),
        effect=said("PML_31"),
        confirmation=said("PML_33", "CPL_205"),
        termination=said("PML_26"),
        non_acceptance=said("PML_17"),
        limitation=said("CC_188", "LIM_12"),
        concessions=said("SPC16_22"),
        free_of_charge=said("PML_4"),
        referral=said("PML_25"),
        extension=said("PML_23"),
    )
