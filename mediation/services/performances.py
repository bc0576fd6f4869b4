"""Recording what was performed 履行, item by item, with its proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.errors import Invalid
from mediation.models.agreements import Obligation, Performance
from mediation.models.database import db
from mediation.services.acts import Case, Hand, act, past_day
from mediation.services.volumes import open_volume
from mediation.wording import Text
from mediation.workflow.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceAnswers:
    """`amount_fen` where money was paid; `proof` names the receipt or who saw it."""

    obligation_id: int
    proof: str
    done_on: date | None = None
    amount_fen: int | None = None


def record_performance(reference: str, answers: PerformanceAnswers, *, by: Hand) -> None:
    with act(reference, by=by) as case:
        item = _item(case, answers.obligation_id)
        day = past_day("done_on", answers.done_on, by=by, not_before=case.dispute.registered_on)
        paid = sum(p.amount_fen or 0 for p in item.performances) + (answers.amount_fen or 0)
        _check_amount(item, answers, paid)
        db.session.add(
            Performance(
                obligation_id=item.id,
                done_on=day,
                amount_fen=answers.amount_fen,
                complete=item.amount_fen is None or paid >= item.amount_fen,
                proof=answers.proof,
                recorded_by=by.name,
                recorded_at=by.now,
            )
        )
        case.log(Record.PERFORMANCE.name, on=day, note=item.what[:120], detail=answers.proof)


def _item(case: Case, obligation_id: int) -> Obligation:
    agreement = open_volume(case.dispute, case.hand.today).agreement
    for item in agreement.obligations if agreement else []:
        if item.id == obligation_id and not item.lasting:
            return item
    raise Invalid("obligation_id", Text("请选是哪一条。", "Choose the item."))


def _check_amount(item: Obligation, answers: PerformanceAnswers, paid: int) -> None:
    if item.amount_fen is not None and answers.amount_fen is None:
        raise Invalid("amount_fen", Text("写付了多少钱。", "Write how much was paid."))
    if item.amount_fen is not None and paid > item.amount_fen:
        raise Invalid(
            "amount_fen", Text("比约定的多了，再看一看。", "That is more than was agreed.")
        )
