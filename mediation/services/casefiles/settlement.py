"""What was agreed, on a paper: the terms, the application to the court, the urging letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mediation.documents import casefile as c
from mediation.models import places
from mediation.models.agreements import Agreement, Obligation
from mediation.services import deadlines, facts
from mediation.services.casefiles.occasion import Occasion
from mediation.services.casefiles.people import label_of, labels, on_paper
from mediation.services.numbering import revision_number
from mediation.services.volumes import Volume
from mediation.workflow.deadlines import Deadline
from mediation.workflow.transitions import Transition
from mediation.workflow.words import AgreementForm, AnswerKind, PartyKind, RepresentativeKind

# How long the committee waits for word after an urging; a house rule, no law sets it.
ANSWER_WITHIN = timedelta(days=10)
# A clause is headed by a word that stands in it, or by none of these: nothing is interpreted.
_HEADS = (
    ("赔偿", "Compensation"), ("补偿", "Compensation"), ("工资", "Wages"), ("货款", "Goods"),
    ("借款", "Loan"), ("租金", "Rent"), ("赡养费", "Maintenance"), ("抚养费", "Child support"),
    ("道歉", "Apology"), ("修复", "Repair"), ("修理", "Repair"), ("改装", "Alteration"),
    ("拆除", "Removal"), ("清理", "Clearing"), ("搬离", "Moving out"), ("归还", "Return"),
)  # fmt: skip
_TURNED_ROUND = "不免未无放弃"
_ABOUT_THINGS = ("homestead", "land", "demolition")


def agreement(volume: Volume, occasion: Occasion) -> c.Agreement:
    """The live revision. Raises AssertionError where there is none."""
    row = volume.agreement
    assert row is not None, "no paper about an agreement without one"
    return agreement_of(volume, row, performed_on_spot=_on_the_spot(volume, occasion))


def agreement_of(volume: Volume, row: Agreement, *, performed_on_spot: bool = False) -> c.Agreement:
    """Any revision, in its own words."""
    named = labels(volume)
    return c.Agreement(
        number=number(volume, row),
        revision=row.revision,
        facts=row.facts,
        issues=row.issues,
        responsibility=row.responsibility,
        obligations=tuple(_obligation(o, named) for o in row.obligations),
        manner=row.manner,
        spot=row.spot,
        made_on=row.made_on,
        effective_on=row.effective_on,
        confirm_by_on=deadlines.due_on(volume, Deadline.CONFIRMATION),
        oral=row.form is AgreementForm.ORAL,
        performed_on_spot=performed_on_spot,
    )


def number(volume: Volume, row: Agreement) -> str:
    return revision_number(volume.dispute.number, row.revision) if volume.dispute.number else ""


def _on_the_spot(volume: Volume, occasion: Occasion) -> bool:
    done = facts.last_event(volume, Transition.PERFORM_ON_SPOT.name)
    return done is not None or occasion.transition is Transition.PERFORM_ON_SPOT


def _obligation(row: Obligation, named: dict[int, str]) -> c.Obligation:
    head, head_en = _head(row.what)
    return c.Obligation(
        debtor=named.get(row.debtor_id, ""),
        creditor=named.get(row.creditor_id or 0, ""),
        head=head,
        head_en=head_en,
        what=row.what,
        amount_fen=row.amount_fen,
        how=row.how,
        due_on=row.due_on,
        lasting=row.lasting,
        condition=row.condition,
    )


def _head(what: str) -> tuple[str, str]:
    """Empty where no plain word fits; the letter then says 付款, 约定 or 履行."""
    if any(sign in what for sign in _TURNED_ROUND):
        return "", ""
    return next((pair for pair in _HEADS if pair[0] in what), ("", ""))


def confirmation(volume: Volume) -> c.Confirmation:
    application = volume.application
    if application is None:
        return c.Confirmation()
    court = places.court(application.court_id)
    return c.Confirmation(
        court=court.name if court else "",
        competence=application.competence.value.zh,
        attachments=tuple(_attachments(volume)),
    )


def _attachments(volume: Volume) -> Iterator[str]:
    """What the court asks for with the application (INT 354)."""
    row, people = volume.agreement, on_paper(volume)
    written = row is not None and row.form is AgreementForm.WRITTEN
    yield "人民调解协议书原件一份" if written else "各方签名的口头协议登记表一份"
    yield "人民调解委员会主持调解的证明一份"
    kinds = {p.kind for p in people}
    if PartyKind.PERSON in kinds:
        yield "申请人身份证复印件各一份"
    if PartyKind.ENTITY in kinds:
        yield "营业执照复印件、法定代表人身份证明各一份"
    acting = {r.kind for p in people for r in p.representatives}
    if RepresentativeKind.AGENT in acting:
        yield "授权委托书（写明代为申请司法确认）一份"
    if RepresentativeKind.GUARDIAN in acting:
        yield "监护关系证明一份"
    if volume.dispute.dispute_type in _ABOUT_THINGS:
        yield "与协议有关的财产权利证明复印件一份"
    yield "送达地址确认书各一份"


def enforcement(volume: Volume) -> c.Enforcement:
    """The ruling that holds; empty where there is none."""
    if volume.application is None or not facts.confirmed_by_court(volume):
        return c.Enforcement()
    answers = [a for a in volume.application.answers if a.kind is AnswerKind.CONFIRMED]
    court = places.court(volume.application.court_id)
    return c.Enforcement(
        court=court.name if court else "",
        number=answers[-1].number if answers else "",
        ruled_on=answers[-1].answered_on if answers else None,
        apply_by_on=deadlines.due_on(volume, Deadline.ENFORCEMENT),
    )


def urging(volume: Volume, occasion: Occasion) -> c.Urging:
    """What the addressed party owes and has let pass, by the newest date both agreed on."""
    rows = overdue_of(volume, occasion.party.id if occasion.party else 0)
    named = labels(volume)
    return c.Urging(
        overdue=tuple(_overdue(volume, row, named) for row in rows),
        answer_by_on=occasion.hand.today + ANSWER_WITHIN,
    )


def _overdue(volume: Volume, row: Obligation, named: dict[int, str]) -> c.Obligation:
    return c.Obligation(
        debtor=named.get(row.debtor_id, ""),
        creditor=label_of(volume, row.creditor_id),
        what=row.what,
        amount_fen=_still_owed(row),
        how=row.how,
        due_on=facts.due_date(volume, row),
    )


def _still_owed(row: Obligation) -> int | None:
    """What is left after part payments."""
    if row.amount_fen is None:
        return None
    return row.amount_fen - sum(p.amount_fen or 0 for p in row.performances)


def overdue_of(volume: Volume, debtor_id: int) -> list[Obligation]:
    items = volume.agreement.obligations if volume.agreement else []
    return [o for o in items if o.debtor_id == debtor_id and facts.overdue(volume, o)]
