"""Obligations become clauses: payments of one kind together, sums added up."""

from __future__ import annotations

from datetime import date

import pytest

from mediation.documents.casefile import Agreement, Clause, Obligation
from mediation.documents.terms import SumsDiffer, duties_of, duties_of_others, terms


def pay(fen: int, on: date | None = None, what: str = "修复费用") -> Obligation:
    return Obligation(debtor="乙方", creditor="甲方", what=what, amount_fen=fen, due_on=on)


def test_payments_of_one_kind_are_one_clause_with_instalments() -> None:
    made = terms(Agreement(obligations=(pay(100), pay(200)), total_fen=300))
    assert [term.total_fen for term in made] == [300]


def test_payments_of_another_kind_stand_alone() -> None:
    made = terms(Agreement(obligations=(pay(100), pay(200, what="误工费"))))
    assert [len(term.instalments) for term in made] == [0, 0]


def test_duties_without_money_are_never_put_together() -> None:
    same = Obligation(debtor="乙方", what="道歉")
    assert len(terms(Agreement(obligations=(same, same)))) == 2


def test_free_clauses_follow() -> None:
    made = terms(Agreement(obligations=(pay(1),), clauses=(Clause(text="了结"),)))
    assert [term.clause is None for term in made] == [True, False]


def test_rows_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(SumsDiffer, match="不符"):
        terms(Agreement(obligations=(pay(100), pay(200)), total_fen=301))


def test_each_side_sees_its_duties_by_date() -> None:
    late, early = pay(1, date(2027, 1, 1)), pay(2, date(2026, 1, 1))
    agreement = Agreement(obligations=(late, pay(3), early))
    assert [row.amount_fen for row in duties_of(agreement, "乙方")] == [2, 1, 3]
    assert duties_of_others(agreement, "乙方") == ()
