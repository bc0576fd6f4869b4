"""Obligations become clauses: payments of one kind together, sums added up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mediation.documents.casefile import Agreement, Clause, Obligation, Party
from mediation.documents.terms import SumsDiffer, duties_of, duties_of_others, terms
from tests.documents.paper import as_kind, example, letter, printed

DAY = date(2026, 12, 1)


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


def test_what_several_promise_alike_is_one_clause() -> None:
    both = tuple(Obligation(debtor=d, what="今后和睦相处", lasting=True) for d in ("甲方", "乙方"))
    (term,) = terms(Agreement(obligations=both))
    assert term.debtors == ("甲方", "乙方")
    case = example("mediation_agreement")
    agreement = replace(case.agreement, obligations=both, total_fen=None, clauses=())
    text = printed(letter(replace(case, agreement=agreement))).text
    assert text.count("今后和睦相处") == 1
    assert "双方今后和睦相处" in text
    english = as_kind(replace(case, agreement=agreement), "mediation_agreement_en")
    assert "PartyAandPartyBshall" in printed(letter(english)).text


def test_of_three_parties_two_are_named() -> None:
    case = example("mediation_agreement")
    owed = tuple(Obligation(debtor=d, what="清扫楼道", due_on=DAY) for d in ("甲方", "丙方"))
    agreement = replace(case.agreement, obligations=owed, total_fen=None, clauses=())
    three = replace(
        case, parties=(*case.parties, Party(label="丙方", name="周某")), agreement=agreement
    )
    assert "甲方、丙方于2026年12月1日前清扫楼道" in printed(letter(three)).text
