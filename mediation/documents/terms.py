"""The terms of an agreement as they are printed: obligations grouped into clauses, sums checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from mediation.documents.casefile import Agreement, Clause, Obligation
from mediation.documents.glyphs import PaperRefused
from mediation.money import yuan
from mediation.wording import Text


class SumsDiffer(PaperRefused):
    """The rows do not add up to the total that was stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One clause: an obligation (the first of its rows), its instalments if several, or free words.

    `debtors` are the labels of all who owe the same.
    """

    duty: Obligation | None = None
    debtors: tuple[str, ...] = ()
    instalments: tuple[Obligation, ...] = ()
    clause: Clause | None = None

    @property
    def total_fen(self) -> int:
        return sum(row.amount_fen or 0 for row in self.instalments)


def terms(agreement: Agreement) -> tuple[Term, ...]:
    """Obligations in order, payments of one kind together, then the free clauses.

    Raises SumsDiffer where the rows do not add up to `total_fen`.
    """
    stated, found = agreement.total_fen, total_of(agreement.obligations)
    if stated is not None and stated != found:
        raise SumsDiffer(
            Text(
                "各期金额合计{found}元，与总额{stated}元不符，文书不能生成",
                "The payments add up to {found} yuan and not to the total of {stated} yuan",
            ).with_(found=yuan(found), stated=yuan(stated))
        )
    grouped = groupby(enumerate(agreement.obligations), key=_kin)
    duties = [term for _, rows in grouped for term in _terms(tuple(row for _, row in rows))]
    return (*duties, *(Term(clause=clause) for clause in agreement.clauses))


def _kin(numbered: tuple[int, Obligation]) -> tuple[object, ...]:
    """Rows with the same key are instalments of one payment, or one promise of several parties."""
    number, row = numbered
    if row.text:
        return (number,)
    if row.amount_fen is None:
        return (row.what, row.how, row.condition, row.due_on, row.lasting)
    return (row.debtor, row.creditor, row.what, row.how, row.condition)


def _terms(rows: tuple[Obligation, ...]) -> Iterator[Term]:
    """One clause for instalments and for what several parties owe alike; else one for each row."""
    debtors = tuple(dict.fromkeys(row.debtor for row in rows))
    if rows[0].amount_fen is not None:
        yield Term(duty=rows[0], debtors=debtors, instalments=rows if len(rows) > 1 else ())
    elif len(debtors) == len(rows):
        yield Term(duty=rows[0], debtors=debtors)
    else:
        yield from (Term(duty=row, debtors=(row.debtor,)) for row in rows)


def total_of(rows: Iterable[Obligation]) -> int:
    return sum(row.amount_fen or 0 for row in rows)


def by_date(rows: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """The earliest first; what has no date, or is owed for good, last."""
    return tuple(sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max)))


def duties_of(agreement: Agreement, label: str) -> tuple[Obligation, ...]:
    return by_date(row for row in agreement.obligations if row.debtor == label)


def duties_of_others(agreement: Agreement, label: str) -> tuple[Obligation, ...]:
    return by_date(row for row in agreement.obligations if row.debtor != label)
