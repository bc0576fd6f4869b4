"""Writing the terms, and signing them 调解协议."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from mediation.errors import Invalid, Refused
from mediation.models.agreements import Agreement, Obligation, Signature
from mediation.models.database import db
from mediation.models.parties import Party
from mediation.services.acts import Case, Hand, act, past_day
from mediation.services.volumes import Volume, open_volume
from mediation.wording import Text
from mediation.workflow.records import Record
from mediation.workflow.words import AgreementForm, AgreementState, SignerKind, SigningWay


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationAnswers:
    """One item: party ids, what, fen, how, by when. `lasting` has no day and nothing to tick off."""

    debtor_id: int
    creditor_id: int | None = None
    what: str
    amount_fen: int | None = None
    how: str = ""
    due_on: date | None = None
    lasting: bool = False
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAnswers:
    facts: str = ""
    issues: str = ""
    responsibility: str = ""
    manner: str = ""
    spot: str = ""
    declares_status: bool = False
    obligations: tuple[ObligationAnswers, ...] = field(default=())


def write_terms(reference: str, answers: TermsAnswers, *, by: Hand) -> None:
    """Keep what was agreed, item by item. A signing copy is not touched: take it back first."""
    with act(reference, by=by) as case:
        volume = open_volume(case.dispute, by.today)
        agreement = _draft(volume, by)
        _check_people(volume, answers)
        _write(agreement, answers)
        case.log(Record.TERMS.name, detail=f"{len(answers.obligations)}")


def _draft(volume: Volume, by: Hand) -> Agreement:
    agreement = volume.agreement
    if agreement is None:
        agreement = _new(volume, by)
    if agreement.state is not AgreementState.DRAFT:
        raise Refused(
            Text(
                "协议已经印出签字稿或生效，不能改。要改先撤回签字稿。",
                "The agreement is out for signature or in effect. Take the signing copy back first.",
            )
        )
    return agreement


def _new(volume: Volume, by: Hand) -> Agreement:
    revision = max((a.revision for a in volume.agreements), default=0) + 1
    agreement = Agreement(
        dispute_id=volume.dispute.id,
        revision=revision,
        form=AgreementForm.WRITTEN,
        state=AgreementState.DRAFT,
        recorded_by=by.name,
        recorded_at=by.now,
        obligations=[],
        signatures=[],
    )
    db.session.add(agreement)
    return agreement


def _check_people(volume: Volume, answers: TermsAnswers) -> None:
    known = {p.id for p in volume.dispute.parties}
    for item in answers.obligations:
        if item.debtor_id not in known or item.creditor_id not in known | {None}:
            raise Invalid(
                "obligations",
                Text("请从名单里选当事人。", "Choose the parties from the list."),
            )
        if item.debtor_id == item.creditor_id:
            raise Invalid(
                "obligations",
                Text("同一个人不能给自己履行。", "A party cannot owe something to themselves."),
            )


def _write(agreement: Agreement, answers: TermsAnswers) -> None:
    agreement.facts, agreement.issues = answers.facts, answers.issues
    agreement.responsibility, agreement.manner = answers.responsibility, answers.manner
    agreement.spot, agreement.declares_status = answers.spot, answers.declares_status
    agreement.obligations = [
        Obligation(
            position=position,
            debtor_id=item.debtor_id,
            creditor_id=item.creditor_id,
            what=item.what,
            amount_fen=item.amount_fen,
            how=item.how,
            due_on=item.due_on,
            lasting=item.lasting,
            condition=item.condition,
            performances=[],
        )
        for position, item in enumerate(answers.obligations, start=1)
    ]


def next_revision(agreement: Agreement, fate: AgreementState, by: Hand) -> Agreement:
    """The old revision keeps its frozen copy and signatures; its terms go on in a new draft."""
    agreement.state = fate
    db.session.flush()
    copy = Agreement(
        dispute_id=agreement.dispute_id,
        revision=agreement.revision + 1,
        form=AgreementForm.WRITTEN,
        recorded_by=by.name,
        recorded_at=by.now,
        obligations=[],
        signatures=[],
    )
    db.session.add(copy)
    _write(copy, terms_of(agreement))
    return copy


def terms_of(agreement: Agreement) -> TermsAnswers:
    """The terms as they would be typed: what a form shows and a new revision starts from."""
    return TermsAnswers(
        facts=agreement.facts,
        issues=agreement.issues,
        responsibility=agreement.responsibility,
        manner=agreement.manner,
        spot=agreement.spot,
        declares_status=agreement.declares_status,
        obligations=tuple(
            ObligationAnswers(
                debtor_id=o.debtor_id,
                creditor_id=o.creditor_id,
                what=o.what,
                amount_fen=o.amount_fen,
                how=o.how,
                due_on=o.due_on,
                lasting=o.lasting,
                condition=o.condition,
            )
            for o in agreement.obligations
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureAnswers:
    """Who signed the frozen copy, how and when. A lone fingerprint needs a named witness."""

    kind: SignerKind
    party_id: int | None = None
    way: SigningWay
    witness: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody whose signature the copy still lacks, or the seal; `key` names them in a form."""

    kind: SignerKind
    party_id: int | None
    label: Text

    @property
    def key(self) -> str:
        return f"{self.kind.name.lower()}_{self.party_id or 0}"


def yet_to_sign(volume: Volume) -> tuple[Signer, ...]:
    """The three layers of PML 29 as far as they are missing: parties, mediator, seal."""
    agreement, mediator = volume.agreement, volume.dispute.mediator
    done = {(s.kind, s.party_id) for s in agreement.signatures} if agreement else set()
    name = mediator.name if mediator else ""
    everybody = (
        *(Signer(SignerKind.PARTY, p.id, Text(p.name, p.name)) for p in volume.disputants),
        Signer(SignerKind.MEDIATOR, None, Text(f"调解员{name}", f"Mediator {name}")),
        Signer(SignerKind.SEAL, None, Text("调委会的章", "The committee's seal")),
    )
    return tuple(s for s in everybody if (s.kind, s.party_id) not in done)


def record_signature(reference: str, answers: SignatureAnswers, *, by: Hand) -> None:
    """Record one signature or the seal, bound to the digest of the copy that was signed."""
    record_signatures(reference, (answers,), by=by)


def record_signatures(reference: str, signed: tuple[SignatureAnswers, ...], *, by: Hand) -> None:
    """Record what was signed in one sitting: all of it, or nothing."""
    with act(reference, by=by) as case:
        agreement = open_volume(case.dispute, by.today).agreement
        if agreement is None or not agreement.digest:
            raise Refused(Text("先印出签字稿，再签字。", "Issue the signing copy before signing."))
        if not signed:
            raise Invalid("", Text("至少记一个人签的。", "Record at least one signature."))
        for answers in signed:
            _sign(case, agreement, answers)


def _sign(case: Case, agreement: Agreement, answers: SignatureAnswers) -> None:
    signer, day = _checked_signer(case, agreement, answers)
    assert agreement.digest is not None, "asked before"
    agreement.signatures.append(
        Signature(
            agreement_id=agreement.id,
            kind=answers.kind,
            party_id=answers.party_id,
            signer=signer,
            way=answers.way,
            witness=answers.witness,
            signed_on=day,
            digest=agreement.digest,
            recorded_by=case.hand.name,
            recorded_at=case.hand.now,
        )
    )
    case.log(Record.SIGNATURE.name, on=day, note=signer, detail=answers.way.value.zh)


def _checked_signer(
    case: Case, agreement: Agreement, answers: SignatureAnswers
) -> tuple[str, date]:
    day = past_day("signed_on", answers.signed_on, by=case.hand, not_before=agreement.made_on)
    signer = _signer_name(case, answers)
    same = [s for s in agreement.signatures if s.kind is answers.kind]
    if any(s.party_id == answers.party_id for s in same):
        raise Invalid("party_id", Text(f"{signer}已经签过了。", f"{signer} has signed already."))
    if answers.way is SigningWay.FINGERPRINT:
        _check_witness(case, answers)
    return signer, day


def _signer_name(case: Case, answers: SignatureAnswers) -> str:
    if answers.kind is SignerKind.PARTY:
        return _party(case, answers.party_id).name
    if answers.kind is SignerKind.MEDIATOR:
        return case.dispute.mediator.name if case.dispute.mediator else case.hand.name
    return case.dispute.committee.name


def _party(case: Case, party_id: int | None) -> Party:
    for party in case.dispute.parties:
        if party.id == party_id:
            return party
    raise Invalid("party_id", Text("请选是谁签的。", "Choose who signed."))


def _check_witness(case: Case, answers: SignatureAnswers) -> None:
    mediator = case.dispute.mediator.name if case.dispute.mediator else ""
    if not answers.witness or answers.witness in (mediator, case.hand.name):
        raise Invalid(
            "witness",
            Text(
                "只按指印的，要写一位见证人，不能是调解员。",
                "A fingerprint alone needs a named witness who is not the mediator.",
            ),
        )


def terms_as_typed(agreement: Agreement) -> dict[str, Any]:
    """The draft as the form shows it again."""
    return asdict(terms_of(agreement))
